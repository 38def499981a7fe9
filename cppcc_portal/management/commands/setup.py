"""`manage.py setup`: bring translations, static files and the database to where this version wants them."""

import hashlib
import subprocess
import sys
import time
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from members.models import Committee

STEPS = ("translations", "static", "database", "demo")
TITLES = {
    "translations": "Translations",
    "static": "Static files",
    "database": "Database",
    "demo": "Demo data",
}


class Command(BaseCommand):
    """Runs the steps that are out of date; a second run takes a moment."""

    help = "Compile translations, collect static files, migrate the database; with --demo fill an empty one."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="put demo data into a database without a committee")
        parser.add_argument("--only", nargs="+", choices=STEPS, help="run these steps only, without a word")
        parser.add_argument("--first-step", type=int, default=1, help="number of the first step in the progress lines")

    def handle(self, *args, **options):
        if options["only"]:
            for step in options["only"]:
                getattr(self, f"_{step}")()
            return
        steps = [step for step in STEPS if step != "demo" or options["demo"]]
        first = options["first_step"]
        for number, step in enumerate(steps, first):
            self.stdout.write(f"{number}/{first + len(steps) - 1} {TITLES[step]} ", ending="")
            self.stdout.flush()
            start = time.monotonic()
            worked = getattr(self, f"_{step}")()
            self.stdout.write(f"{time.monotonic() - start:.1f} s" if worked else "already done")

    def _translations(self):
        """Compile every catalogue; without gettext, and without the entries marked fuzzy."""
        sources = sorted(path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po"))
        stale = [path for path in sources if not _is_fresh(path)]
        for path in stale:
            with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source), use_fuzzy=False)
        return bool(stale)

    def _static(self):
        """Collect when a source changed since the last time."""
        stamp = settings.VAR_DIR / "stamps" / "static"
        wanted = _digest(
            [
                *settings.STATICFILES_DIRS,
                settings.BASE_DIR / "package-lock.json",
                settings.BASE_DIR / "requirements.txt",
            ]
        )
        if stamp.exists() and stamp.read_text() == wanted and settings.STATIC_ROOT.exists():
            return False
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(wanted)
        return True

    def _database(self):
        call_command("migrate", interactive=False, verbosity=0)
        return True

    def _demo(self):
        if Committee._base_manager.exists():
            return False
        self.stdout.write("")  # the demo tells its own progress
        self.stdout.flush()
        # In a process of its own: this one has looked for the translations before they were compiled.
        subprocess.run([sys.executable, settings.BASE_DIR / "manage.py", "demo"], check=True)
        return True


def _is_fresh(source):
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


def _digest(roots):
    """Return one checksum over the names and contents of all files in `roots`."""
    total = hashlib.sha256()
    for root in map(Path, roots):
        for path in [root] if root.is_file() else sorted(root.rglob("*")):
            if path.is_file():
                total.update(str(path.relative_to(settings.BASE_DIR)).encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
