"""`manage.py catalogue`: bring the translation catalogues up to date, or check that nothing is left untranslated."""

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

SOURCES = ("cppcc_portal", "proposals", "consultations", "stations", "followups", "members", "kit", "templates")


class Command(BaseCommand):
    """Needs gettext; works on a copy, so that a check changes nothing."""

    help = "Update locale/*/LC_MESSAGES/django.po from the sources; with --check only tell what is not translated."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing; fail when a text has no translation")

    def handle(self, *args, **options):
        if not shutil.which("xgettext"):
            raise CommandError("gettext is not installed; type: apt-get install gettext")
        source = settings.LOCALE_PATHS[0]
        with tempfile.TemporaryDirectory() as folder:
            missing = []
            for fresh in _extract(Path(folder)):
                place = fresh.relative_to(Path(folder) / "locale")
                catalogue = _merged(fresh, source / place)
                if not options["check"]:
                    with (source / place).open("wb") as target:
                        write_po(target, catalogue, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
                missing += [f"{place.parts[0]}: {message.id!r}" for message in catalogue if not _is_translated(message)]
        for line in missing:
            self.stdout.write(line)
        if missing and options["check"]:
            raise CommandError(f"{len(missing)} texts are not translated.")


def _extract(folder):
    """Copy sources and catalogues to `folder`, run Django's extraction there, and return the catalogues it made."""
    unwanted = shutil.ignore_patterns("tests", "migrations", "__pycache__", "*.mo", "*.po")
    for name in SOURCES:
        if (settings.BASE_DIR / name).exists():
            shutil.copytree(settings.BASE_DIR / name, folder / name, ignore=unwanted)
    languages = []
    for path in sorted(settings.LOCALE_PATHS[0].glob("*/LC_MESSAGES")):
        languages += ["--locale", path.parent.name]
        (folder / "locale" / path.parent.name / "LC_MESSAGES").mkdir(parents=True)
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "--no-location",
        "--extension",
        "html,txt,py",
        *languages,
    ]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"}
    )
    if done.returncode:
        raise CommandError(done.stderr)
    return sorted(folder.glob("locale/*/LC_MESSAGES/django.po"))


def _merged(fresh, known):
    """Return the catalogue of all texts in the sources, with the translations known so far."""
    # gettext leaves room for two plural forms; Chinese has one, and Babel would complain of the second.
    words = fresh.read_text(encoding="utf-8").replace('msgstr[1] ""\n', "")
    catalogue = read_po(io.StringIO(words), ignore_obsolete=True)
    with known.open("rb") as file:
        translated = read_po(file)
    catalogue.fuzzy = False
    catalogue.header_comment = ""
    catalogue.locale = translated.locale
    for message in catalogue:
        old = translated.get(message.id, message.context)
        if message.id and old and not old.fuzzy:
            message.string = old.string
    return catalogue


def _is_translated(message):
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return not message.id or (all(strings) and not message.fuzzy)
