"""Runs the portal under fire: `python -m tests.faults.run --mode live|embedded --kills 300`.

Ends with 0 when every invariant holds, with 3 when one is violated, and prints the report either way.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from . import topology
from .apps import PLANTS
from .processes import Supervisor
from .sink import Sink

VIOLATED = 3  # not 1, which is how a run ends that broke down itself


def main() -> int:
    """Read the command line, run, report; returns what the process ends with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", choices=["live", "embedded"], default="embedded")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=20, help="stop killing after so long, done or not")
    parser.add_argument("--plant", choices=PLANTS, default="", help="negative control: this run must fail")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--report", action=argparse.BooleanOptionalAction, default=True, help="keep it in report.md")
    parser.add_argument("--logs", action="store_true", help="keep the folder with the processes' logs")
    options = parser.parse_args()
    # Asked to end, it still ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
    folder = Path(tempfile.mkdtemp(prefix="portal-faults-"))
    sink = Sink()
    try:
        return _run(options, folder, sink)
    finally:
        sink.close()
        if options.logs:
            sys.stdout.write(f"logs: {folder}\n")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _run(options: argparse.Namespace, folder: Path, sink: Sink) -> int:
    place = getattr(topology, options.mode)(folder, sink_port=sink.port, plant=options.plant)
    with Supervisor(place.database):
        topology.prepare(place)
        # From here on this process reads the same database as the portal.
        os.environ.update(place.env | {topology.PLANT: ""})
        import django  # noqa: PLC0415 -- the settings are known only now

        django.setup()
        from . import battle, report  # noqa: PLC0415 -- they read the portal's models

        outcome = battle.fight(options, place, sink)
    sys.stdout.write(report.text_of(outcome))
    if options.report:
        report.keep(outcome)
    return VIOLATED if outcome.violated else 0


if __name__ == "__main__":
    sys.exit(main())
