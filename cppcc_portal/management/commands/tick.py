"""`manage.py tick`: do what the schedule says is due, once or for ever; for installations without Redis."""

import os
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from cppcc_portal import tick
from cppcc_portal.schedule import SWEEP_SECONDS


class Command(BaseCommand):
    """Runs the schedule in this process."""

    help = "Run every scheduled task that is due, once; with --forever again and again until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--forever", action="store_true", help="stay and look again every sweep")

    def handle(self, *args, **options):
        if not options["forever"]:
            with tick.only_one() as alone:
                self.stdout.write(" ".join(tick.run_due()) if alone else "another tick is at work")
            return
        stop, parent = threading.Event(), os.getppid()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        # Ends by itself when the server that started it is gone.
        while not stop.is_set() and os.getppid() == parent:
            with tick.only_one() as alone:
                if alone:
                    close_old_connections()
                    tick.run_due()
            stop.wait(SWEEP_SECONDS)
