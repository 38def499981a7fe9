"""Tests of `manage.py serve`: web and clock start together, a clock that dies comes back, and a stop ends both."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from django.conf import settings
from django.urls import reverse

from tests.plugins.databases import free_port
from tests.plugins.services import process, product_environment, shows, wait_until

SERVE = [sys.executable, "manage.py", "serve"]


def environment(tmp_path):
    """The product's own environment with a folder where static files are collected."""
    env = product_environment(PORTAL_VAR=str(tmp_path))
    subprocess.run(
        [sys.executable, "manage.py", "setup", "--only", "static"], cwd=settings.BASE_DIR, env=env, check=True
    )
    return env


def clocks_of(pid):
    """Return the pids of the clocks that a server started."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
    return [int(row[0]) for row in rows if row[1] == str(pid) and "tick --forever" in row[2]]


def test_serving_answers_keeps_a_clock_and_ends_whole(transactional_db, tmp_path):
    port, log = free_port(), tmp_path / "log"

    with process([*SERVE, "--port", str(port), "--workers", "1"], log=log, env=environment(tmp_path)) as running:
        wait_until(lambda: shows(running, log, f"http://127.0.0.1:{port}/"), seconds=60, what="serving")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{reverse('login')}", timeout=20) as answer:
            assert answer.status == 200
        wait_until((tmp_path / "tick.json").exists, seconds=40, what="the first tick")
        [clock] = clocks_of(running.pid)
        os.kill(clock, signal.SIGKILL)
        [clock] = wait_until(
            lambda: [pid for pid in clocks_of(running.pid) if pid != clock], seconds=20, what="a new clock"
        )
        running.terminate()
        assert running.wait(30) == 0

    with pytest.raises(ProcessLookupError):
        os.kill(clock, 0)


def test_a_killed_server_leaves_nobody_behind_and_starts_again_on_its_port(transactional_db, tmp_path):
    command, env = [*SERVE, "--port", str(free_port()), "--workers", "1"], environment(tmp_path)
    ready = f"http://127.0.0.1:{command[-3]}/"

    with process(command, log=tmp_path / "first", env=env) as first:
        wait_until(lambda: shows(first, tmp_path / "first", ready), seconds=60, what="serving")
        os.kill(first.pid, signal.SIGKILL)
    wait_until(lambda: not listens(int(command[-3])), seconds=20, what="the end of the web server")
    with process(command, log=tmp_path / "second", env=env) as second:
        wait_until(lambda: shows(second, tmp_path / "second", ready), seconds=60, what="serving again")


def listens(port):
    """Whether anybody still listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_taken_port_is_said_plainly(transactional_db, live_server, tmp_path):
    port = live_server.url.rsplit(":", 1)[1]

    done = subprocess.run(
        [*SERVE, "--port", port],
        cwd=settings.BASE_DIR,
        env=product_environment(PORTAL_VAR=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, f"Cannot listen on 127.0.0.1:{port}" in done.stderr) == (1, True)
