"""The acts on a proposal: what each does, who hears of it, what refuses."""

from datetime import date

import pytest

from followups import actions as followups
from kit.workflow import MoveRefused
from members.models import Notice
from proposals import actions, verify
from proposals.models import Proposal
from proposals.states import ProposalState

from .factories import ON, make_handed_over, make_proposal

pytestmark = pytest.mark.django_db


def told(person):
    """What a person is owed about proposals, in order."""
    keys = Notice.objects.filter(to=person, key__startswith="proposal:").order_by("pk").values_list("key", flat=True)
    return [key.split(":")[2] for key in keys]


def test_a_proposal_goes_from_draft_to_judgement(cast):
    proposal = make_handed_over(author=cast.lin, clerk=cast.zhao, unit=cast.unit)
    assignment = proposal.assignment
    assert assignment.due_on == date(2026, 6, 18)  # three months, a Thursday
    followups.sign_for(assignment, by=cast.wu.person, on=ON)
    followups.answer(assignment, by=cast.wu.person, text="已出台办法", on=ON)
    followups.rate(assignment, by=cast.lin.person, result="satisfied")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.RATED
    assert [step.verb for step in proposal.steps.all()] == ["submit", "file", "hand_over", "rate"]
    assert told(cast.lin.person) == ["filed", "handed_over"]
    assert told(cast.zhao.person) == ["submitted"]
    assert Notice.objects.filter(to=cast.zhao.person, key=f"assignment:{assignment.pk}:rated:0").count() == 1


def test_a_judged_proposal_is_handed_over_again_when_its_unit_must_do_it_again(cast):
    proposal = make_handed_over(author=cast.lin, clerk=cast.zhao, unit=cast.unit)
    assignment = proposal.assignment
    followups.sign_for(assignment, by=cast.wu.person, on=ON)
    followups.answer(assignment, by=cast.wu.person, text="已出台办法", on=ON)
    followups.rate(assignment, by=cast.lin.person, result="not", words="没有回应第二点")
    followups.rehandle(assignment, by=cast.zhao.person, reason="请重新办理", on=ON)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.HANDED_OVER
    followups.answer(assignment, by=cast.wu.person, text="已补办", on=ON)
    followups.rate(assignment, by=cast.lin.person, result="satisfied")
    proposal.refresh_from_db()
    assert [step.verb for step in proposal.steps.all()][-3:] == ["rate", "again", "rate"]
    assert verify.differences() == []


def test_silence_is_no_judgement_of_a_proposal(cast):
    proposal = make_handed_over(author=cast.lin, clerk=cast.zhao, unit=cast.unit)
    followups.sign_for(proposal.assignment, by=cast.wu.person, on=ON)
    followups.answer(proposal.assignment, by=cast.wu.person, text="已出台办法", on=ON)
    assert followups.note_silence(cast.committee, on=date(2027, 1, 1)) == 1
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.HANDED_OVER


def test_numbers_have_no_gap_when_a_filing_is_refused(cast):
    first, second = make_proposal(by=cast.lin), make_proposal(by=cast.ma)
    actions.submit_proposal(first, by=cast.lin.person, on=ON)
    with pytest.raises(MoveRefused):
        actions.file_proposal(second, by=cast.zhao.person, on=ON)  # still a draft
    actions.file_proposal(first, by=cast.zhao.person, on=ON)
    actions.submit_proposal(second, by=cast.ma.person, on=ON)
    actions.file_proposal(second, by=cast.zhao.person, on=ON)
    assert [first.number, second.number] == [1, 2]


def test_only_one_of_two_clerks_hands_it_over(cast):
    proposal = make_proposal(by=cast.lin)
    actions.submit_proposal(proposal, by=cast.lin.person, on=ON)
    actions.file_proposal(proposal, by=cast.zhao.person, on=ON)
    same = Proposal.objects.get(pk=proposal.pk)
    actions.hand_over_proposal(proposal, by=cast.zhao.person, unit=cast.unit, on=ON)
    with pytest.raises(MoveRefused):
        actions.hand_over_proposal(same, by=cast.zhao.person, unit=cast.unit, on=ON)
    assert cast.unit.assignments.count() == 1


def test_a_submitted_proposal_cannot_be_rewritten(cast):
    proposal = make_proposal(by=cast.lin)
    actions.submit_proposal(proposal, by=cast.lin.person, on=ON)
    with pytest.raises(MoveRefused):
        actions.rewrite_proposal(proposal, by=cast.lin.person, title="换一个案由")


def test_returned_with_a_reason_it_can_be_mended_and_submitted_again(cast):
    proposal = make_proposal(by=cast.lin)
    actions.submit_proposal(proposal, by=cast.lin.person, on=ON)
    actions.return_proposal(proposal, by=cast.zhao.person, reason="请补充数据")
    actions.rewrite_proposal(proposal, by=cast.lin.person, situation="共 12 栋楼")
    actions.submit_proposal(proposal, by=cast.lin.person, on=ON)
    assert [step.note for step in proposal.steps.all()] == ["", "请补充数据", ""]
    assert told(cast.zhao.person) == ["submitted", "submitted"]
