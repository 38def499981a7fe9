"""Tests of the schedule and of the clock that works without Celery."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from cppcc_portal import tick
from cppcc_portal.celery import app
from cppcc_portal.schedule import SCHEDULE

NAMES = [name for name, _ in SCHEDULE]


@pytest.fixture
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_every_entry_names_a_task_that_exists():
    app.autodiscover_tasks(force=True)

    assert [name for name in NAMES if name not in app.tasks] == []


def test_no_entry_stands_twice():
    assert sorted(set(NAMES)) == sorted(NAMES)


def test_beat_reads_the_same_list():
    assert [entry["task"] for entry in app.conf.beat_schedule.values()] == NAMES


def test_a_task_that_never_ran_is_due():
    assert tick.due({}) == NAMES


def test_a_task_is_due_again_after_its_time():
    now = timezone.now()

    assert tick.due(dict.fromkeys(NAMES, now)) == []
    assert tick.due(dict.fromkeys(NAMES, now - timedelta(days=40))) == NAMES


def test_a_tick_runs_everything_once_and_remembers_it(db, folder, capsys):
    call_command("tick")
    call_command("tick")

    assert capsys.readouterr().out.splitlines() == [" ".join(NAMES), ""]


def test_a_second_tick_stands_back_while_one_is_at_work(db, folder, capsys):
    with tick.only_one() as alone:
        call_command("tick")

    assert alone
    assert capsys.readouterr().out == "another tick is at work\n"


@pytest.mark.parametrize("broken", ["", "[]", '{"members.deliver_notices": 7}', "{"])
def test_a_broken_memory_only_makes_everything_due(db, folder, broken):
    (folder / "tick.json").write_text(broken, encoding="utf-8")

    assert tick.run_due() == NAMES
    assert sorted(json.loads((folder / "tick.json").read_text())) == sorted(NAMES)


def test_a_task_that_fails_is_logged_and_holds_up_none_of_the_others(db, folder, monkeypatch, caplog):
    def fail():
        raise RuntimeError("on purpose")

    broken = app.task(fail, name="tests.broken")
    monkeypatch.setattr(tick, "SCHEDULE", [("tests.broken", SCHEDULE[0][1]), *SCHEDULE])
    try:
        assert tick.run_due() == NAMES
    finally:
        app.tasks.pop(broken.name)
    assert [record.getMessage() for record in caplog.records] == ["The task tests.broken failed"]
