"""The servers of one run: a private PostgreSQL, a private Redis, gunicorn for the portal and for the bare view."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.plugins.databases import Postgres, free_port

ROOT = Path(__file__).resolve().parent.parent
FIRST_PORT = int(os.environ.get("BENCH_PORT", "8140"))
WORKERS = 2


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL of our own and give its address up to the name of the database.

    It is the one the tests use, so it does not wait for the disk; memory is Debian's default.
    """
    folder.chmod(0o755)  # the database server may run as another user
    server = Postgres(folder / "postgres")
    try:
        yield server.start().rpartition("/")[0]
    finally:
        server.stop()


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Run a Redis of our own and give its address; "" where none is installed."""
    program = shutil.which("redis-server")
    if program is None:
        yield ""
        return
    port = free_port()
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with process([program, *words], log=folder / "redis.log"):
        wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def gunicorn(application: str, port: int, environment: dict[str, str], *, log: Path) -> Iterator[int]:
    """Serve a WSGI application with two sync workers and give the port."""
    words = ["--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    command = [sys.executable, "-m", "gunicorn", application, *words, "--worker-tmp-dir", str(log.parent)]
    with process(command, log=log, environment=environment):
        wait_for(port)
        yield port


def environment(folder: Path, *, database: str, redis_url: str, **more: str) -> dict[str, str]:
    """Return the environment of the portal as in production, but over plain HTTP on this machine."""
    own = {
        "PORTAL_ENV": "live" if redis_url else "dev",
        "PORTAL_VAR": str(folder),
        "SECRET_KEY": "bench-" + "0123456789" * 5,
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{FIRST_PORT}",
        "HTTPS": "False",
        "BEHIND_PROXY": "False",
        "DJANGO_SETTINGS_MODULE": "cppcc_portal.settings",
    }
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, **own, **more}


def run(environment: dict[str, str], *words: str) -> None:
    """Run one command of the project to its end; raises when it fails."""
    subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True, timeout=1200)


@contextlib.contextmanager
def process(command: list[str], *, log: Path, environment: dict[str, str] | None = None) -> Iterator[None]:
    """Run a program while the block lasts; asked to end first, made to after ten seconds."""
    with log.open("w") as out:
        started = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        yield
    finally:
        started.terminate()
        try:
            started.wait(10)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def wait_for(port: int, *, seconds: float = 30) -> None:
    """Wait until somebody listens on the port; raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nobody listens on port {port}")
