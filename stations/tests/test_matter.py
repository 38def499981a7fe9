"""Matters: from being heard to being struck off, and what refuses."""

from datetime import date

import pytest
from django.urls import reverse

from followups import actions as followups
from followups.models import Assignment
from kit.workflow import MoveRefused
from members.models import Notice
from stations import actions
from stations.states import Channel, Difficulty, MatterState, Rating

from .factories import ON, make_matter, make_visit

pytestmark = pytest.mark.django_db


def classified(people, difficulty="easy", **fields):
    matter = make_matter(people.station, by=people.lin, **fields)
    actions.classify_matter(matter, by=people.kong.person, difficulty=difficulty, owner=people.lin.person, on=ON)
    return matter


def assigned(people, **fields):
    matter = classified(people, **fields)
    actions.assign_matter(matter, by=people.zhao.person, unit=people.unit, difficulty="easy", request="请修复", on=ON)
    return matter


@pytest.mark.scenario("E23")
def test_nine_matters_are_sorted_by_difficulty_and_each_gets_its_clock_and_a_person(people):
    wanted = ["easy"] * 4 + ["medium"] * 3 + ["hard"] * 2
    matters = [classified(people, difficulty, subject=f"事项{n}") for n, difficulty in enumerate(wanted)]
    assert [matter.number for matter in matters] == list(range(1, 10))
    assert {(matter.difficulty, matter.due_on) for matter in matters} == {
        ("easy", date(2026, 3, 27)),  # seven working days
        ("medium", date(2026, 4, 17)),  # thirty days
        ("hard", date(2026, 5, 18)),  # sixty days end on a Sunday
    }
    assert {matter.owner for matter in matters} == {people.lin.person}
    for matter in matters[-2:]:
        actions.escalate(matter, by=people.kong.person)
        assert matter.state == MatterState.ESCALATED


@pytest.mark.scenario("E24")
def test_three_kinds_of_answers_assigned_self_handled_and_after_asking(people):
    gear = assigned(people, subject="健身器材")
    litter = make_matter(people.station, by=people.lin, subject="垃圾", answer="片长已清运")
    trees = make_matter(people.station, by=people.lin, subject="树木遮光")
    actions.take_matter(
        trees, by=people.kong.person, owner=people.kong.person, due_on=date(2026, 4, 10), note="先征求住建、林业意见"
    )
    assert (gear.state, gear.assignment.unit) == (MatterState.ASSIGNED, people.unit)
    assert (litter.state, litter.is_answered_at_once, litter.answered_on) == (MatterState.ANSWERED, True, ON)
    assert (trees.state, trees.due_on) == (MatterState.WORKING, date(2026, 4, 10))


def test_handing_over_makes_an_assignment_and_tells_both_sides(people):
    matter = assigned(people)
    assignment = Assignment.objects.get()
    assert (assignment.origin_kind, assignment.origin_place, assignment.raised_by) == (
        "matter",
        "晨光站",
        people.lin.person,
    )
    assert matter.due_on == assignment.due_on == date(2026, 3, 27)
    assert Notice.objects.filter(to=people.wu.person, key=f"assignment:{assignment.pk}:handed-over").count() == 1
    assert Notice.objects.filter(to=people.lin.person, key__startswith=f"matter:{matter.pk}:assigned").count() == 1


def test_a_resident_is_answered_only_after_the_unit(people):
    matter = assigned(people)
    with pytest.raises(MoveRefused):
        actions.answer_matter(matter, by=people.kong.person, answer="修好了", on=ON)
    followups.sign_for(matter.assignment, by=people.wu.person, on=ON)
    with pytest.raises(MoveRefused):  # a receipt is no answer
        actions.answer_matter(matter, by=people.kong.person, answer="修好了", on=ON)
    followups.answer(matter.assignment, by=people.wu.person, text="已修复", on=ON)
    actions.answer_matter(matter, by=people.kong.person, answer="路灯已修好", on=ON)
    actions.close_matter(matter, by=people.kong.person, rating=Rating.SATISFIED, on=ON)
    assert (matter.state, matter.rating, matter.closed_on) == (MatterState.CLOSED, "satisfied", ON)
    assert [step.verb for step in matter.steps.all()] == ["receive", "classify", "assign", "answer", "close"]
    assert Notice.objects.filter(to=people.lin.person, key__startswith=f"matter:{matter.pk}:answered").count() == 1


def test_a_matter_cannot_be_closed_unanswered(people):
    matter = classified(people)
    with pytest.raises(MoveRefused):
        actions.close_matter(matter, by=people.kong.person, rating=Rating.SATISFIED, on=ON)


def test_reopened_its_clock_starts_anew_and_the_old_answer_stays_in_the_history(people):
    matter = classified(people)
    actions.answer_matter(matter, by=people.kong.person, answer="已处理", on=ON)
    actions.close_matter(matter, by=people.kong.person, rating=Rating.NOT, on=ON)
    later = date(2026, 4, 1)
    actions.reopen_matter(matter, by=people.kong.person, reason="又坏了", on=later)
    assert (matter.state, matter.answer, matter.rating) == (MatterState.CLASSIFIED, "", "")
    assert matter.due_on == date(2026, 4, 13)
    assert [step.note for step in matter.steps.filter(verb="answer")] == ["已处理"]


def test_of_two_who_hand_over_at_once_one_wins_and_the_unit_gets_one_assignment(people):
    matter = classified(people)
    same = type(matter).objects.get(pk=matter.pk)
    words = {"by": people.zhao.person, "unit": people.unit, "difficulty": "easy", "request": "请修复", "on": ON}
    actions.assign_matter(matter, **words)
    with pytest.raises(MoveRefused):
        actions.assign_matter(same, **words)
    assert Assignment.objects.count() == 1


def test_a_classification_sent_again_is_one_step_and_one_notice(people, browser_of):
    matter = make_matter(people.station, by=people.lin)
    address, browser = reverse("stations:matter_classify", args=[matter.pk]), browser_of(people.zhao)
    words = {"form_key": "k" * 32, "difficulty": "easy", "owner": people.kong.person.pk}
    for _time in range(2):
        assert browser.post(address, words).status_code == 302
    assert [step.verb for step in matter.steps.all()] == ["receive", "classify"]
    assert Notice.objects.filter(key__contains=":named:").count() == 1


@pytest.mark.scenario("D07")
def test_the_mailbox_of_an_off_day_lands_in_the_same_ledger(people):
    visit = make_visit(people.station, by=people.lin, matters=[actions.MatterHeard("路灯")])
    letter = make_matter(people.station, by=people.kong, channel=Channel.MAILBOX, subject="来信")
    assert letter.number == visit.matters.get().number + 1


def test_every_difficulty_has_a_clock_to_start_with(people):
    for difficulty in Difficulty:
        assert classified(people, difficulty.value).due_on > ON
