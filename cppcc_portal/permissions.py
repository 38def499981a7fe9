"""Permissions, printed: doors of every address and the MAY tables, as docs/permissions.md."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

ROOMS = ("members", "followups", "stations", "consultations", "proposals")
HEAD = """# Who may do what

Printed from the code by `python manage.py permissions`; a test keeps it current. *Room door*: who may enter an address
at all; everybody else is answered 403 before any object is looked at. *Object rules*: who may do a verb to an object;
one rule that holds is enough. What a person may not see is answered 404, as if it did not exist. When a verb is open
is said by the moves in each room's `states.py`.
"""


def document() -> str:
    """Return the whole document."""
    return "\n".join([HEAD, "## Room doors", "", *_doors(), "", "## Object rules", "", *_rules()]) + "\n"


def _doors() -> Iterator[str]:
    yield "| Address | Name | Door |"
    yield "| --- | --- | --- |"
    for address, name, view in sorted(_views(get_resolver())):
        yield f"| `/{address}` | `{name}` | {view} |"


def _views(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield (address, name, door) of every pattern."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from _views(entry, prefix + str(entry.pattern), space + inner)
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), f"{space}{entry.name}", _door(entry.callback)


def _door(view: object) -> str:
    """Say which door a view has."""
    door = getattr(view, "door", "")
    if door == "public":
        return f"public: {getattr(view, 'because', '')}"
    if door:
        return door.replace("_", " ")
    classes = getattr(getattr(view, "cls", None), "permission_classes", [])
    return "API: " + ", ".join(rule.__name__ for rule in classes)


def _rules() -> Iterator[str]:
    for room in ROOMS:
        access = importlib.import_module(f"{room}.access")
        for name in sorted(vars(access)):
            if name.endswith("_MAY"):
                yield f"### {room}: {name.removesuffix('_MAY').replace('_', ' ').lower()}"
                yield ""
                yield "| Verb | Who |"
                yield "| --- | --- |"
                for verb, rules in vars(access)[name].items():
                    yield f"| {verb} | {' or '.join(_words(rule) for rule in rules)} |"
                yield ""


def _words(rule: object) -> str:
    """Return the first sentence of a rule's docstring: it says who."""
    return (getattr(rule, "__doc__", "") or "?").strip().splitlines()[0].rstrip(".")
