"""Real services for tests marked `services`: a private Redis, a Celery worker and a Celery beat as processes."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from .databases import free_port

ROOT = Path(__file__).resolve().parents[2]


def wait_until(happened, *, seconds=20, what="it"):
    """Ask `happened()` ten times a second until it says yes and return its answer; fail after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = happened()
        if answer:
            return answer
        time.sleep(0.1)
    pytest.fail(f"{what} did not happen within {seconds} s")


@contextlib.contextmanager
def process(command, *, log: Path, env=None):
    """Run a program in its own process group with its output in `log`; SIGTERM ends it, SIGKILL after 20 s."""
    with log.open("w") as out:
        started = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield started
    finally:
        if started.poll() is None:
            started.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                started.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def shows(running, log: Path, words: str) -> bool:
    """Tell whether the log holds `words`; fail at once when the program has ended instead."""
    text = log.read_text(errors="replace")
    if words not in text and running.poll() is not None:
        pytest.fail(f"{running.args} ended with {running.returncode}:\n{text[-2000:]}")
    return words in text


def product_environment(**more: str) -> dict[str, str]:
    """Return the environment for a process of the product that shall use the tests' own database."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        url = f"sqlite:////{str(database['NAME']).lstrip('/')}"
    else:
        url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return kept | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cppcc_portal.settings"} | more


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory):
    """A real Redis of our own on a free port, empty at the start."""
    program = shutil.which("redis-server")
    if not program:
        pytest.fail("Redis is not installed; type: apt-get install redis-server")
    folder, port = tmp_path_factory.mktemp("redis"), free_port()
    command = [
        program,
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        str(folder),
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    log = folder / "log"
    with process(command, log=log) as running:
        wait_until(lambda: shows(running, log, "Ready to accept connections"), what="Redis answering")
        yield f"redis://127.0.0.1:{port}/0"


@dataclass
class CeleryServices:
    """What runs: read the logs to see what a process said."""

    worker: subprocess.Popen
    beat: subprocess.Popen
    worker_log: Path
    beat_log: Path
    env: dict[str, str]


@pytest.fixture
def celery_services(transactional_db, redis_url, tmp_path):
    """A real worker and a real beat on the tests' database; the sweeps of every 30 s come every second."""
    env = product_environment(REDIS_URL=redis_url, PORTAL_SWEEP_SECONDS="1")
    celery = [sys.executable, "-m", "celery", "-A", "cppcc_portal"]
    worker_log, beat_log = tmp_path / "worker.log", tmp_path / "beat.log"
    worker_command = [
        *celery,
        "worker",
        "--concurrency",
        "2",
        "--loglevel",
        "INFO",
        "--without-gossip",
        "--without-mingle",
    ]
    beat_command = [*celery, "beat", "--loglevel", "INFO", "--schedule", str(tmp_path / "beat"), "--pidfile", ""]
    with (
        process(worker_command, log=worker_log, env=env) as worker,
        process(beat_command, log=beat_log, env=env) as beat,
    ):
        wait_until(lambda: shows(worker, worker_log, " ready."), seconds=40, what="the worker's start")
        wait_until(lambda: shows(beat, beat_log, "beat: Starting"), seconds=40, what="beat's start")
        yield CeleryServices(worker, beat, worker_log, beat_log, env)
