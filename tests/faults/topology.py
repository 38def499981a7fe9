"""The two ways the portal runs, each as the processes of a fault run, all of them private to it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.plugins.databases import _postgres_program, free_port

from .apps import PLANT
from .processes import ROOT, Service, age, children, tagged, wait_for, words_of

WORKERS = 2
WARM = 3.0  # seconds after which a web process has taken its first requests


@dataclass
class Topology:
    """The services of a run; `kinds` says what can be killed and finds its processes at the moment of asking."""

    mode: str
    port: int
    env: dict[str, str]
    database: list[Service]
    services: list[Service]
    kinds: dict[str, Callable[[], list[int]]]
    dispatchers: Callable[[], list[int]]


def environment(folder: Path, *, sink_port: int, port: int, plant: str = "") -> dict[str, str]:
    """Return what all processes of a run are told: whose data, whose mail server, which settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "PORTAL_VAR": str(folder),
        "PORTAL_SWEEP_SECONDS": "1",
        "SECRET_KEY": "faults-" + "0123456789" * 5,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(sink_port),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return {**kept, **own, **({PLANT: plant} if plant else {})}


def embedded(folder: Path, *, sink_port: int, plant: str = "") -> Topology:
    """SQLite and the one process of `make run`, which starts web server and clock."""
    port = free_port()
    env = environment(folder, sink_port=sink_port, port=port, plant=plant)
    # Nobody sweeps up after it: at a terminal there is no systemd.
    web = Service("serve", _serve(port), folder=folder, env=env, settles=1.5, sweeps_up=False)
    web.ready = lambda: bool(_warm_workers(web))

    def clock() -> list[int]:
        return [pid for pid in children(web.pid) if "tick" in words_of(pid)]

    def everything() -> list[int]:
        return [*_masters(web), *_workers(web), *clock(), web.pid]

    kinds = {
        "web worker": lambda: _warm_workers(web)[1:2],
        "web master": lambda: _masters(web),
        "clock": clock,
        "serve": lambda: [web.pid],
        "everything at once": everything,
    }

    def clocks() -> list[int]:  # one whose server was killed delivers to the end of its sweep
        return [pid for pid in tagged(web.tag) if "tick" in words_of(pid)]

    return Topology("embedded", port, env, [], [web], _when_settled(kinds, dict.fromkeys(kinds, web)), clocks)


def live(folder: Path, *, sink_port: int, plant: str = "") -> Topology:
    """PostgreSQL and Redis, the web service, a Celery worker and beat, as the systemd units start them."""
    port, redis_port = free_port(), free_port()
    base = environment(folder, sink_port=sink_port, port=port, plant=plant)
    postgres, url = _postgres(folder, base)
    own = {"PORTAL_ENV": "live", "DATABASE_URL": url, "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0"}
    env = base | own | {"ALLOWED_HOSTS": "127.0.0.1", "HTTPS": "False", "BEHIND_PROXY": "False"}
    redis = Service("redis", _redis(folder, redis_port), folder=folder, env=base, settles=0.5)
    celery = [sys.executable, "-m", "celery", "-A", "cppcc_portal"]
    worker_words = ["worker", "--concurrency", "2", "--loglevel", "INFO"]
    worker = Service("celery worker", [*celery, *worker_words], folder=folder, env=env, settles=3)
    beat_words = ["beat", "--loglevel", "INFO", "--schedule", str(folder / "beat"), "--pidfile="]
    beat = Service("celery beat", [*celery, *beat_words], folder=folder, env=env, settles=2)
    web = Service("web", _serve(port), folder=folder, env=env, settles=1.5)
    web.ready = lambda: bool(_warm_workers(web))

    def backends() -> list[int]:
        return [pid for pid in children(postgres.pid) if "127.0.0.1(" in words_of(pid)][-1:]

    def worker_and_pool() -> list[int]:
        return [worker.pid, *children(worker.pid)]

    kinds = {
        "web worker": lambda: _warm_workers(web)[1:2],
        "web master": lambda: _masters(web),
        "Celery worker": worker_and_pool,
        "Celery pool process": lambda: children(worker.pid)[:1],
        "beat": lambda: [beat.pid],
        "Redis": lambda: [redis.pid],
        "PostgreSQL backend": backends,
        "PostgreSQL postmaster": lambda: [postgres.pid],
    }
    owners = dict(zip(kinds, (web, web, worker, worker, beat, redis, postgres, postgres), strict=True))
    topology = Topology("live", port, env, [postgres], [redis, web, worker, beat], {}, lambda: tagged(worker.tag))
    topology.kinds = _when_settled(kinds, owners)
    return topology


def _when_settled(kinds: dict, owners: dict[str, Service]) -> dict[str, Callable[[], list[int]]]:
    """Let a kind have processes only while the service it belongs to is at work: a kill of nothing is no kill."""
    return {
        name: (lambda find=find, owner=owners[name]: find() if owner.is_settled() else [])
        for name, find in kinds.items()
    }


def _serve(port: int) -> list[str]:
    return [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", str(WORKERS)]


def _masters(web: Service) -> list[int]:
    return [pid for pid in children(web.pid) if "gunicorn" in words_of(pid)]


def _workers(web: Service) -> list[int]:
    return [pid for master in _masters(web) for pid in children(master)]


def _warm_workers(web: Service) -> list[int]:
    return [pid for pid in _workers(web) if age(pid) > WARM]


def _redis(folder: Path, port: int) -> list[str]:
    """A Redis that keeps nothing: what it held is gone with it, the worst case for whoever trusts it."""
    program = shutil.which("redis-server")
    if not program:
        raise SystemExit("Redis is not installed; type: apt-get install redis-server")
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    return [program, *words]


def _postgres(folder: Path, env: dict[str, str]) -> tuple[Service, str]:
    """Make a cluster that waits for the disk as in production, and return its server and its address."""
    home, port = folder / "postgres", free_port()
    run_as = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    folder.chmod(0o755)  # the server may run as another user
    home.mkdir(mode=0o700)
    if run_as:
        shutil.chown(home, "postgres", "postgres")
    make = [_postgres_program("initdb"), "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8"]
    subprocess.run([*make, "--locale=C", "-D", home / "data"], cwd=home, check=True, capture_output=True, **run_as)
    options = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(home),
        "fsync": "on",
        "synchronous_commit": "on",
        "recovery_init_sync_method": "syncfs",  # one call instead of one for each of a thousand files
        "shared_buffers": "32MB",
        "max_connections": "60",
    }
    words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    command = [_postgres_program("postgres"), "-D", str(home / "data"), "-p", str(port), *words]
    # The server is a child of ours, not of pg_ctl, so that a killed one is reaped and its lock file no obstacle.
    asks = [_postgres_program("pg_isready"), "--quiet", "--host", "127.0.0.1", "--port", str(port)]
    server = Service(
        "postgres",
        command,
        folder=folder,
        env=env,
        settles=1,
        ready=lambda: subprocess.run(asks, check=False, stdout=subprocess.DEVNULL).returncode == 0,
        **run_as,
    )
    return server, f"postgres://postgres@127.0.0.1:{port}/postgres"


def answers(port: int) -> bool:
    """Whether anybody listens on a port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def prepare(topology: Topology) -> None:
    """Bring up the database and give it its tables."""
    port = topology.env.get("DATABASE_URL", "").rpartition(":")[2].partition("/")[0]
    if port:
        wait_for(lambda: answers(int(port)), seconds=30, what="PostgreSQL answering")
    command = [sys.executable, "manage.py", "setup", "--only", "translations", "database"]
    subprocess.run(command, cwd=ROOT, env=topology.env, check=True, capture_output=True, timeout=180)
