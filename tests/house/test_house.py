"""House rules, as tests: what every file must keep to, whoever writes it."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

from kit.tenancy import ScopedManager
from members.models import Committee, CommitteeOwned, User

ROOT = Path(settings.BASE_DIR)
ROOMS = ("kit", "members", "followups", "stations", "consultations", "proposals", "cppcc_portal")
GLOBAL_MODELS = {Committee, User}
FOREIGN_APPS = {"auth", "contenttypes", "sessions", "axes"}


def tracked(*endings):
    """Return the project's own files with these endings: known to git, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if name.endswith(endings) and (ROOT / name).exists()]


def python_files(*, tests):
    """Return the rooms' Python files, with or without their tests, without migrations."""
    files = [
        path for path in tracked(".py") if path.relative_to(ROOT).parts[0] in ROOMS and "migrations" not in path.parts
    ]
    return [path for path in files if tests or "tests" not in path.parts]


def views(resolver=None, prefix=""):
    """Yield (address, name, callable) of every URL pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.name, entry.callback


def bare(found):
    """Return the addresses whose view says neither its door nor, for the API, its permission."""
    missing = []
    for address, _name, view in found:
        cls = getattr(view, "cls", None)
        if cls is not None:
            if "permission_classes" not in vars(cls) and not any(
                "permission_classes" in vars(base) for base in cls.__mro__[:3]
            ):
                missing.append(address)
        elif not hasattr(view, "door") or (view.door == "public" and not view.because):
            missing.append(address)
    return missing


def test_every_view_has_a_door():
    assert bare(views()) == []


def test_a_view_without_a_door_is_found():
    assert bare([("planted/", "planted", lambda request: None)]) == ["planted/"]


def test_every_pattern_has_a_name():
    assert [address for address, name, _view in views() if not name] == []


def state_assignments(source):
    """Return the lines that write a state past the one door: `x.state = …`, or `update(state=…)`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [node.lineno for target in targets if isinstance(target, ast.Attribute) and target.attr == "state"]
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("update", "bulk_update")
        ):
            found += [node.lineno for keyword in node.keywords if keyword.arg == "state"]
    return found


def test_a_state_is_written_only_by_the_workflow():
    # ImportRun is a file, not a thing with a way: its state is set with the rows it brought, in members/.
    allowed = {"kit/workflow.py"}
    guilty = {
        str(path.relative_to(ROOT)): lines
        for path in python_files(tests=False)
        if str(path.relative_to(ROOT)) not in allowed and (lines := state_assignments(path.read_text(encoding="utf-8")))
    }
    assert guilty == {}


def test_a_state_written_elsewhere_is_found():
    assert state_assignments("a.state = 'x'\nq.update(state='y')\n") == [1, 2]


@pytest.mark.parametrize("ending", [".py", ".html", ".css", ".js"])
def test_no_file_is_longer_than_400_lines(ending):
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked(ending)
        if "migrations" not in path.parts and (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_every_module_says_what_lives_in_it():
    silent = [
        str(path.relative_to(ROOT))
        for path in python_files(tests=True)
        if (text := path.read_text(encoding="utf-8")).strip() and not ast.get_docstring(ast.parse(text))
    ]
    assert silent == []


def undocumented(path):
    """Return the public functions and classes of a module that say nothing of themselves."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [
        node.name
        for node in tree.body
        if isinstance(node, kinds) and node.name[0] != "_" and not ast.get_docstring(node)
    ]


def test_every_public_function_and_class_says_what_it_does():
    silent = {str(path.relative_to(ROOT)): names for path in python_files(tests=False) if (names := undocumented(path))}
    assert silent == {}


def test_every_business_row_belongs_to_a_committee():
    strangers = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label not in FOREIGN_APPS
        and model not in GLOBAL_MODELS
        and not issubclass(model, CommitteeOwned)
    ]
    assert strangers == []


def test_every_business_row_is_read_through_a_scope():
    unscoped = [
        model._meta.label
        for model in apps.get_models()
        if issubclass(model, CommitteeOwned) and not isinstance(model._default_manager, ScopedManager)
    ]
    assert unscoped == []


TEMPLATES = [path for path in tracked(".html", ".txt") if path.is_relative_to(ROOT / "templates")]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_the_template_parses_and_keeps_to_the_content_security_policy(path):
    get_template(str(path.relative_to(ROOT / "templates")))
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"""<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|<style|\son[a-z]+=["']|javascript:""", text) == []
    assert re.findall(r"https?://(?!www\.w3\.org/)[^\s\"']+", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_every_form_that_posts_carries_the_csrf_token(path):
    text = path.read_text(encoding="utf-8")
    forms = re.findall(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", text, re.S | re.I)
    assert [form[:80] for form in forms if "csrf_token" not in form] == []


def test_a_part_extends_nothing():
    assert [
        str(path)
        for path in TEMPLATES
        if path.name.startswith("_") and "{% extends" in path.read_text(encoding="utf-8")
    ] == []
