"""A promise kept by real processes: whatever dies or doubles, a notice is told and recorded once."""

import os
import signal
import subprocess
import sys

import pytest
from django.utils import timezone

from followups.tests.factories import make_assignment, make_equipped_committee
from kit.tenancy import committee_scope, every_committee
from members.models import Notice
from members.states import Role
from members.tests.factories import make_actor, make_unit
from tests.plugins.services import ROOT, process, product_environment, wait_until

pytestmark = pytest.mark.services


def hand_over(count):
    """Hand so many things to a unit; returns the unit's officer, who is now owed a notice for each."""
    with every_committee(because="the scope is opened for what is made here"):
        committee = make_equipped_committee()
    with committee_scope(committee.pk):
        unit = make_unit(committee)
        officer = make_actor(committee, Role.OFFICER, unit=unit)
        clerk = make_actor(committee, Role.CLERK)
        for number in range(count):
            make_assignment(unit=unit, by=clerk, title=f"事项{number}", on=timezone.localdate())
    return officer.person


def told(person):
    """How many notices of new assignments have been told to the person."""
    with every_committee(because="the test looks on from outside"):
        return Notice.objects.filter(to=person, key__endswith=":handed-over", sent_at__isnull=False).count()


def test_worker_and_beat_tell_what_an_action_promised(celery_services):
    officer = hand_over(3)
    wait_until(lambda: told(officer) == 3, what="delivery by the worker")
    with every_committee(because="the test looks on from outside"):
        notice = Notice.objects.filter(to=officer, key__endswith=":handed-over").first()
    assert (notice.subject != "", notice.attempts) == (True, 1)


def test_a_killed_worker_loses_nothing_and_another_goes_on(celery_services):
    os.killpg(celery_services.worker.pid, signal.SIGKILL)
    officer = hand_over(5)
    tick = [sys.executable, "manage.py", "tick"]
    subprocess.run(tick, cwd=ROOT, env=celery_services.env, check=True, capture_output=True, timeout=60)
    wait_until(lambda: told(officer) == 5, what="delivery without the worker")


def test_three_clocks_at_once_tell_each_notice_once(transactional_db, tmp_path):
    officer = hand_over(40)
    env = product_environment(PORTAL_SWEEP_SECONDS="1")
    clocks = [[sys.executable, "manage.py", "tick"] for _clock in range(3)]
    running = [process(command, log=tmp_path / f"tick-{number}.log", env=env) for number, command in enumerate(clocks)]
    started = [manager.__enter__() for manager in running]
    try:
        wait_until(lambda: told(officer) == 40, seconds=60, what="delivery by three clocks")
        wait_until(lambda: all(one.poll() is not None for one in started), seconds=30, what="the clocks' end")
    finally:
        for manager in running:
            manager.__exit__(None, None, None)
    with every_committee(because="the test looks on from outside"):
        notices = Notice.objects.filter(to=officer, key__endswith=":handed-over")
        assert set(notices.values_list("attempts", flat=True)) == {1}
