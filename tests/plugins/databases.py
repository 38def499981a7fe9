"""Where tests keep their data: a folder per run, and for `--db=postgres` a private PostgreSQL started once per run.

Loaded by `-p` before pytest-django, because settings read `DATABASE_URL` when they are first imported.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

RUN_DIR = "PORTAL_TEST_RUN_DIR"


def pytest_addoption(parser):
    parser.addoption(
        "--db",
        choices=["sqlite", "postgres"],
        default=os.environ.get("PORTAL_TEST_DB", "sqlite"),
        help="the database to test on: a SQLite file (default) or a private PostgreSQL",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Prepare the database before settings are read; workers of xdist inherit what their controller prepared."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        run_dir = Path(tempfile.mkdtemp(prefix="portal-test-"))
        run_dir.chmod(0o755)  # the database server may run as another user
        early_config.add_cleanup(lambda: shutil.rmtree(run_dir, ignore_errors=True))
        os.environ[RUN_DIR] = str(run_dir)
        for name in ("DATABASE_URL", "DATABASE_URL_FILE", "REDIS_URL", "PORTAL_ENV", "PORTAL_DEBUG"):
            os.environ.pop(name, None)
        if early_config.known_args_namespace.db == "postgres":
            server = Postgres(run_dir / "postgres")
            early_config.add_cleanup(server.stop)
            os.environ["DATABASE_URL"] = server.start()
    worker_dir = Path(os.environ[RUN_DIR]) / os.environ.get("PYTEST_XDIST_WORKER", "main")
    worker_dir.mkdir(exist_ok=True)
    os.environ["PORTAL_VAR"] = str(worker_dir)
    return (yield)


def pytest_configure(config):
    """Leave PostgreSQL's test databases alone at the end: the whole cluster is thrown away.

    Dropping one fails while a process that a test has killed still holds its last connection.
    """
    if config.getoption("db") == "postgres":
        config.option.reuse_db = True


def pytest_report_header(config):
    return f"database: {config.getoption('db')}"


def free_port() -> int:
    """Return a TCP port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postgres:
    """A PostgreSQL cluster of our own in a folder of our own; it forgets everything when it stops."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()
        # The server refuses to run as root; the Debian package brings a user for it.
        self.run_as = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}

    def start(self) -> str:
        """Create and start the cluster and return its database URL."""
        self.folder.mkdir(mode=0o700)
        if self.run_as:
            shutil.chown(self.folder, "postgres", "postgres")
        data = str(self.folder / "data")
        self._run(
            "initdb", "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "-D", data
        )
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{self.folder}' "
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100"
        )
        self._run("pg_ctl", "start", "-w", "-D", data, "-l", str(self.folder / "log"), "-o", options)
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        """Stop the cluster at once; there is nothing to keep."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-m", "immediate", "-D", str(self.folder / "data"))

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [_postgres_program(program), *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            **self.run_as,
        )
        if done.returncode:
            raise pytest.UsageError(f"{program} failed: {done.stderr}")


def _postgres_program(name: str) -> str:
    """Return the newest installed server program; Debian keeps them off PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        raise pytest.UsageError("PostgreSQL is not installed; type: apt-get install postgresql")
    return found
