"""The acts on an assignment: what each does, who hears of it, what refuses."""

from datetime import date

import pytest

from followups import actions
from followups.models import Assignment
from followups.tests.factories import ON, make_assignment
from kit.workflow import MoveRefused
from members.models import Notice
from members.states import Role
from members.tests.factories import make_actor, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(committee):
    """Zhao of the office, Wu of a unit, and an assignment handed from one to the other."""
    unit = make_unit(committee)
    zhao = make_actor(committee, Role.CLERK, name="赵小测")
    wu = make_actor(committee, Role.OFFICER, name="吴小测", unit=unit)
    lin = make_actor(committee, Role.MEMBER, name="林小测")
    assignment = make_assignment(unit=unit, by=zhao, raised_by=lin.person)
    return zhao, wu, lin, assignment


def keys(person):
    """The occasions a person is owed a notice for."""
    return sorted(Notice.objects.filter(to=person).values_list("key", flat=True))


def test_handing_over_sets_the_clock_and_owes_the_reminders(cast):
    _zhao, wu, _lin, assignment = cast
    assert assignment.due_on == date(2026, 5, 18)  # 60 days end on a Sunday and roll to Monday
    assert assignment.sign_due == date(2026, 3, 23)
    assert [key.split(":", 2)[2] for key in keys(wu.person)] == [
        "due-reminder:due-1",
        "due-reminder:due-3",
        "due-reminder:due-7",
        "handed-over",
        "overdue:overdue",
        "sign-reminder:sign-1",
        "sign-reminder:sign-3",
    ]


def test_signing_gives_receipts_numbered_without_gaps(cast):
    zhao, wu, lin, assignment = cast
    others = [make_assignment(unit=assignment.unit, by=zhao, title=f"建议{n}") for n in range(12)]
    receipts = actions.sign_for_all([assignment, *others], by=wu.person, on=ON)
    assert [receipt.number for receipt in receipts] == list(range(1, 14))
    assert keys(lin.person) == [f"assignment:{assignment.pk}:signed"]


def test_only_one_of_two_simultaneous_signatures_succeeds(cast):
    _zhao, wu, _lin, assignment = cast
    same = Assignment.objects.get(pk=assignment.pk)
    actions.sign_for(assignment, by=wu.person, on=ON)
    with pytest.raises(MoveRefused):
        actions.sign_for(same, by=wu.person, on=ON)
    assert [step.verb for step in assignment.steps.all()] == ["hand_over", "sign"]


def test_an_answer_sent_back_and_given_again_is_closed_on_proof(cast):
    zhao, wu, lin, assignment = cast
    actions.sign_for(assignment, by=wu.person, on=ON)
    actions.answer(assignment, by=wu.person, text="已列入计划", on=ON)
    assert f"assignment:{assignment.pk}:overdue" not in keys(zhao.person)
    actions.send_back(assignment, by=zhao.person, reason="请写明完成时间", on=ON)
    actions.answer(assignment, by=wu.person, text="六月底前完工", on=ON)
    actions.close(assignment, by=zhao.person, proof="验收单 3 号", on=ON)
    assert [step.verb for step in assignment.steps.all()] == [
        "hand_over",
        "sign",
        "answer",
        "send_back",
        "answer",
        "close",
    ]
    assert assignment.replies.count() == 2
    assert len([key for key in keys(lin.person) if "answered" in key]) == 2


def test_closing_before_an_answer_is_refused(cast):
    zhao, _wu, _lin, assignment = cast
    with pytest.raises(MoveRefused):
        actions.close(assignment, by=zhao.person, proof="x", on=ON)
