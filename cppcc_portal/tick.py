"""The clock without Celery: runs what the schedule says is due, and remembers when in a small file."""

import contextlib
import fcntl
import json
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from .celery import app
from .schedule import SCHEDULE

logger = logging.getLogger("cppcc_portal.tick")


def due(last_runs: dict[str, datetime]) -> list[str]:
    """Return the names of the tasks that are due; one that never ran is due at once."""
    return [name for name, when in SCHEDULE if name not in last_runs or when.is_due(last_runs[name]).is_due]


def run_due() -> list[str]:
    """Run each task that is due, one after the other, and return the names of those that succeeded.

    A task that fails is logged and stays due; it holds up none of the others.
    """
    app.autodiscover_tasks(force=True)  # otherwise Celery looks for tasks only when a worker starts
    last_runs, done = _read(), []
    for name in due(last_runs):
        start = timezone.now()
        try:
            app.tasks[name].run()
        except Exception:
            logger.exception("The task %s failed", name)
            continue
        done.append(name)
        last_runs[name] = start
        _write(last_runs)
    return done


@contextlib.contextmanager
def only_one() -> Iterator[bool]:
    """Yield True when no other tick works on this folder at the moment; the lock goes with the process."""
    with Path(settings.VAR_DIR / "tick.lock").open("w") as lock:
        alone = True
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            alone = False
        yield alone


def _read() -> dict[str, datetime]:
    """Return when each task last ran; a missing or broken file only means that everything is due."""
    try:
        kept = json.loads((settings.VAR_DIR / "tick.json").read_text(encoding="utf-8"))
        return {name: datetime.fromisoformat(at) for name, at in kept.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _write(last_runs: dict[str, datetime]) -> None:
    """Replace the file in one step, so that a crash leaves the old or the new one."""
    fresh = settings.VAR_DIR / "tick.json.new"
    fresh.write_text(json.dumps({name: at.isoformat() for name, at in last_runs.items()}), encoding="utf-8")
    fresh.replace(settings.VAR_DIR / "tick.json")
