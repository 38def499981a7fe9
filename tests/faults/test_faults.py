"""The fault harness itself: a few kills and every invariant holds; with the planted fault the same run fails."""

import subprocess
import sys

import pytest
from django.db import connection

from tests.plugins.services import ROOT

pytestmark = pytest.mark.services


def run(*words):
    """Run the harness on whichever database the tests run on; returns its end and its report."""
    mode = "embedded" if connection.vendor == "sqlite" else "live"
    command = [sys.executable, "-m", "tests.faults.run", "--mode", mode, "--clients", "2"]
    done = subprocess.run(
        [*command, "--minutes", "3", "--no-report", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_killed_portal_keeps_every_promise():
    ended, report = run("--kills", "7")
    assert ended == 0, report
    assert "**all invariants hold**" in report


def test_a_dispatcher_that_notes_before_it_sends_is_found_out():
    ended, report = run("--kills", "2", "--plant", "mark-before-send")
    assert "**violated: I5**" in report, report
    assert ended == 3
