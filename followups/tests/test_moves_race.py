"""Moves: the state, its step and the refusal, on a real thing."""

import threading

import pytest
from django.db import connection, transaction

from followups.models import Assignment
from followups.tests.factories import make_assignment
from kit import workflow
from kit.tenancy import committee_scope
from kit.workflow import MoveRefused
from members.states import Role
from members.tests.factories import make_actor, make_unit


@pytest.fixture
def assignment(committee):
    """Something handed over, not yet signed for."""
    return make_assignment(unit=make_unit(committee), by=make_actor(committee, Role.CLERK))


@pytest.mark.django_db
def test_a_move_writes_the_state_the_fields_and_the_step_together(assignment):
    workflow.apply(assignment, "sign", by=None, note="收到", signed_on=assignment.handed_over_on)
    fresh = Assignment.objects.get(pk=assignment.pk)
    last = fresh.steps.last()
    assert (fresh.state, fresh.signed_on) == ("signed", assignment.handed_over_on)
    assert (last.verb, last.from_state, last.to_state, last.note) == ("sign", "handed_over", "signed", "收到")


@pytest.mark.django_db
def test_a_refused_move_writes_nothing(assignment):
    before = assignment.steps.count()
    with pytest.raises(MoveRefused):
        workflow.apply(assignment, "close", by=None)
    assert (Assignment.objects.get(pk=assignment.pk).state, assignment.steps.count()) == ("handed_over", before)


@pytest.mark.django_db
def test_a_move_rolled_back_leaves_no_step(assignment):
    before = assignment.steps.count()
    with transaction.atomic():
        workflow.apply(assignment, "sign", by=None, signed_on=assignment.handed_over_on)
        transaction.set_rollback(True)
    assert (Assignment.objects.get(pk=assignment.pk).state, assignment.steps.count()) == ("handed_over", before)


def race(committee_id, pk, act, people=8):
    """Let several people act at the same moment on the same thing; return how many succeeded."""
    start, won, lost = threading.Barrier(people), [], []

    def run():
        try:
            with committee_scope(committee_id):
                mine = Assignment.objects.get(pk=pk)
                start.wait()
                act(mine)
                won.append(1)
        except MoveRefused:
            lost.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _person in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(won), len(lost)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_press_at_once_one_wins(assignment):
    def sign(mine):
        workflow.apply(mine, "sign", by=None, signed_on=mine.handed_over_on)

    assert race(assignment.committee_id, assignment.pk, sign) == (1, 7)
    assert assignment.steps.filter(verb="sign").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_condition_more_than_one_wins(assignment):
    """Negative control: the same race with the check in memory lets several through."""

    def sign(mine):
        if mine.state in mine.MOVES["sign"].sources:
            Assignment.objects.filter(pk=mine.pk).update(signed_on=mine.handed_over_on)

    assert race(assignment.committee_id, assignment.pk, sign)[0] > 1
