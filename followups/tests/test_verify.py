"""The nightly check: silent when all is well, and it finds each fault that is planted."""

import pytest
from django.core.management import call_command

from followups import actions, tallies, verify
from followups.models import Assignment, AssignmentStep, Receipt
from followups.tests.factories import ON, make_assignment
from kit.tenancy import committee_scope
from members import verify as members_verify
from members.models import Notice, NumberSeries
from members.tests.factories import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived(people, everywhere):
    """Four assignments on their way: handed over, in hand, answered, struck off."""
    made = [make_assignment(unit=people.unit, by=people.zhao, title=f"事项{n}") for n in range(4)]
    actions.sign_for_all(made[1:], by=people.wu.person, on=ON)
    actions.report_progress(made[1], by=people.wu.person, text="进展")
    for thing in made[2:]:
        actions.answer(thing, by=people.wu.person, text="已办", on=ON)
    actions.close(made[3], by=people.zhao.person, proof="验收单", on=ON)
    return made


def faults():
    """Return how many differences the room finds."""
    return len(verify.differences())


def test_all_is_well_after_ordinary_days(lived, capsys):
    assert verify.differences() == []
    call_command("verify")
    assert capsys.readouterr().out.splitlines()[-1] == "0 differences"


def test_an_answer_sent_back_is_well_too(people, lived):
    actions.send_back(lived[2], by=people.zhao.person, reason="再办", on=ON)
    assert verify.differences() == []


def test_a_state_without_its_step_is_found(lived, capsys):
    AssignmentStep.objects.filter(thing=lived[3], verb="close").delete()
    assert faults() == 1
    with pytest.raises(SystemExit):
        call_command("verify")
    assert capsys.readouterr().out.splitlines()[-1] == "1 differences"


def test_a_missing_receipt_is_found(lived):
    Receipt.objects.filter(assignment=lived[1]).delete()
    assert faults() == 2  # the numbers have a gap, and something is signed for without one


def test_a_series_that_ran_ahead_is_found(lived):
    NumberSeries.objects.filter(kind="receipt").update(last=9)
    assert faults() == 1


def test_a_reminder_that_was_lost_is_found(lived):
    Notice.objects.filter(key__startswith=f"assignment:{lived[1].pk}:overdue").delete()
    assert faults() == 1


def test_a_signature_reminder_that_was_lost_is_found(lived):
    Notice.objects.filter(key__startswith=f"assignment:{lived[0].pk}:sign-reminder").delete()
    assert faults() == 1


def test_a_reminder_still_owed_for_what_is_answered_is_found(people, lived):
    Notice.objects.create(
        committee=people.committee,
        to=people.wu.person,
        key=f"assignment:{lived[2].pk}:overdue",
        template="notices/followups/overdue",
        due_at=Notice.objects.first().due_at,
    )
    assert faults() == 1


def test_a_board_that_counts_wrongly_is_found(people, lived):
    with committee_scope(people.committee.pk):
        (_unit, counts), *_others = tallies.lines(people.committee, tallies.Chosen.of_year(ON.year), on=ON, by="unit")
        shown = counts["total"]
        assert (shown, verify._board_differences(people.committee, on=ON)) == (4, [])
        # The same check against a board that leaves out a row it should count.
        hidden = verify.Counter({(("unit", people.unit.pk), "total"): 3})
        counted = verify.Counter({(("unit", people.unit.pk), "total"): 4})
        assert len(verify.unequal("board", shown=hidden, counted=counted)) == 1


def test_a_row_that_points_into_another_committee_is_found(lived, other_committee):
    assert members_verify.differences() == []
    with committee_scope(other_committee.pk):
        unit = make_unit(other_committee)
    Assignment.objects.filter(pk=lived[0].pk).update(unit=unit)
    assert members_verify.differences() == [f"followups.Assignment {lived[0].pk}: unit belongs to another committee"]
