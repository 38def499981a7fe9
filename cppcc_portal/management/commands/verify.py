"""`manage.py verify`: every night, count again what must agree; print what does not."""

from importlib import import_module
from importlib.util import find_spec

from django.core.management.base import BaseCommand

from kit.tenancy import every_committee

ROOMS = ("members", "followups", "stations", "consultations", "proposals")


def differences() -> list[str]:
    """Return what does not agree in any room, each with the room's name; changes nothing."""
    found = []
    for room in ROOMS:
        if find_spec(f"{room}.verify"):
            with every_committee(because="the nightly check looks at everybody's rows"):
                found += [f"{room}: {line}" for line in import_module(f"{room}.verify").differences()]
    return found


class Command(BaseCommand):
    """Each room says what must agree in its `verify.py`."""

    help = "Check that states, numbers, figures and reminders agree; exits 1 and prints every difference."

    def handle(self, *args, **options):
        found = differences()
        for line in found:
            self.stdout.write(line)
        self.stdout.write(f"{len(found)} differences")
        if found:
            raise SystemExit(1)
