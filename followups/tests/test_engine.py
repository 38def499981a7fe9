"""The engine: requests and decisions, moved days, joint answers, milestones, drafts, judgements and later looks."""

from datetime import date, timedelta

import pytest

from followups import actions
from followups.models import Assignment, DueChange, LookBack, Receipt, UnitRequest
from followups.states import AssignmentState, Light
from kit.workflow import MoveRefused
from members.models import Notice
from members.states import Role
from members.tests.factories import make_actor

from .factories import ON, make_assignment

S = AssignmentState


def fresh(thing):
    """The row as it is in the database now."""
    return type(thing).objects.get(pk=thing.pk)


def keys_owed(assignment):
    """The occasions of an assignment that are still owed."""
    return {key.split(":", 2)[2] for key in Notice.objects.filter(sent_at=None).values_list("key", flat=True)}


@pytest.fixture
def signed(people, handed):
    """What Wu's unit has signed for."""
    actions.sign_for(handed, by=people.wu.person, on=ON)
    return handed


@pytest.fixture
def answered(people, signed):
    """What Wu's unit has answered."""
    actions.answer(signed, by=people.wu.person, text="已办", on=ON + timedelta(days=5))
    return signed


def test_release_passes_it_on_with_a_clock_of_its_own_and_the_receipt_stays(people, signed):
    request = actions.ask(signed, by=people.wu.person, kind="release", reason="非我局职责", on=ON)
    assert (request.state, request.decide_by) == ("pending", date(2026, 3, 23))
    actions.grant(request, by=people.zhao.person, on=date(2026, 3, 20), unit=people.other_unit)
    moved = fresh(signed)
    assert (moved.unit, moved.state, moved.signed_on) == (people.other_unit, S.HANDED_OVER, None)
    assert (moved.sign_due, moved.due_on) == (date(2026, 3, 25), date(2026, 5, 19))
    change = DueChange.objects.get()
    assert (change.cause, change.old_due, change.new_due) == ("pass_on", date(2026, 5, 18), date(2026, 5, 19))
    receipt = actions.sign_for(moved, by=people.he.person, on=date(2026, 3, 23))
    assert [(given.pk, given.number) for given in Receipt.objects.all()] == [(receipt.pk, 1)]


def test_release_is_asked_for_in_time_or_not_at_all(people, handed):
    actions.ask(handed, by=people.wu.person, kind="release", reason="非我局职责", on=date(2026, 3, 27))
    late = make_assignment(unit=people.unit, by=people.zhao)
    with pytest.raises(MoveRefused, match="2026-03-27"):
        actions.ask(late, by=people.wu.person, kind="release", reason="非我局职责", on=date(2026, 3, 28))


def test_one_request_at_a_time(people, signed):
    actions.ask(signed, by=people.wu.person, kind="pause", reason="待上级批复", on=ON)
    with pytest.raises(MoveRefused):
        actions.ask(signed, by=people.wu.person, kind="release", reason="非我局职责", on=ON)
    assert UnitRequest.objects.count() == 1


def test_release_needs_another_unit_and_is_undone_whole_without_one(people, signed):
    request = actions.ask(signed, by=people.wu.person, kind="release", reason="非我局职责", on=ON)
    for unit in (None, people.unit):
        with pytest.raises(MoveRefused):
            actions.grant(request, by=people.zhao.person, on=ON, unit=unit)
        request = fresh(request)
        assert (request.state, fresh(signed).unit) == ("pending", people.unit)


def test_more_time_keeps_the_old_day_and_moves_lights_and_reminders(people, signed):
    request = actions.ask(
        signed, by=people.wu.person, kind="extension", reason="汛期影响", on=ON, wished_on=date(2026, 6, 30)
    )
    actions.grant(request, by=people.zhao.person, on=ON, until=date(2026, 6, 15))
    moved = fresh(signed)
    assert (moved.due_on, moved.blue_on, moved.yellow_on) == (date(2026, 6, 15), date(2026, 5, 31), date(2026, 6, 10))
    assert (moved.extensions, DueChange.objects.get().old_due) == (1, date(2026, 5, 18))
    overdue = Notice.objects.filter(key__contains=":overdue", to=people.wu.person).get()
    assert overdue.due_at.date() == date(2026, 6, 16)


@pytest.mark.parametrize("wish", [None, date(2026, 5, 18), date(2026, 4, 1)])
def test_more_time_means_a_later_day(people, signed, wish):
    with pytest.raises(MoveRefused):
        actions.ask(signed, by=people.wu.person, kind="extension", reason="汛期影响", on=ON, wished_on=wish)


def test_more_time_is_asked_for_before_the_day_is_past(people, signed):
    with pytest.raises(MoveRefused):
        actions.ask(
            signed,
            by=people.wu.person,
            kind="extension",
            reason="汛期影响",
            on=date(2026, 5, 19),
            wished_on=date(2026, 6, 30),
        )


def test_a_pause_stops_the_clock_and_its_days_are_given_back(people, signed):
    request = actions.ask(signed, by=people.wu.person, kind="pause", reason="待上级批复", on=ON)
    actions.grant(request, by=people.zhao.person, on=ON)
    stopped = fresh(signed)
    assert (stopped.state, stopped.light_on(date(2027, 1, 1))) == (S.PAUSED, Light.PAUSED)
    assert list(Assignment.objects.overdue(on=date(2027, 1, 1))) == []
    assert not [key for key in keys_owed(signed) if key.startswith(("due-reminder", "overdue"))]
    actions.resume(stopped, by=people.zhao.person, on=ON + timedelta(days=10))
    again = fresh(signed)
    assert (again.state, again.due_on) == (S.IN_HAND, date(2026, 5, 28))
    assert [key for key in keys_owed(signed) if key.startswith("overdue")] != []


def test_what_was_refused_changes_nothing_and_is_told(people, signed):
    request = actions.ask(signed, by=people.wu.person, kind="pause", reason="待上级批复", on=ON)
    actions.refuse(request, by=people.zhao.person, on=ON, words="理由不充分")
    assert (fresh(request).state, fresh(signed).state) == ("refused", S.SIGNED)
    told = Notice.objects.get(key__contains=":decided:")
    assert (told.to, told.context["reason"]) == (people.wu.person, "理由不充分")


def test_the_leading_unit_waits_for_opinions_that_are_still_in_time(people, signed):
    Assignment.objects.filter(pk=signed.pk).update(part="lead")
    signed = fresh(signed)
    assist = make_assignment(unit=people.other_unit, by=people.zhao, due_on=date(2026, 4, 18))
    Assignment.objects.filter(pk=assist.pk).update(part="assist", part_of=signed)
    with pytest.raises(MoveRefused, match="民政局"):
        actions.answer(signed, by=people.wu.person, text="已办", on=date(2026, 4, 18))
    actions.answer(signed, by=people.wu.person, text="已办", on=date(2026, 4, 19))
    assert fresh(signed).state == S.ANSWERED


def test_a_late_milestone_shows_yellow_until_it_is_reached(people, signed):
    milestone = actions.add_milestone(signed, by=people.wu.person, title="完成勘察", due_on=date(2026, 3, 25))
    late = date(2026, 3, 26)
    assert fresh(signed).light_on(late) == Light.YELLOW
    assert Assignment.objects.with_light(on=late).get(pk=signed.pk).light == Light.YELLOW
    actions.reach_milestone(milestone, by=people.wu.person, on=late)
    assert fresh(signed).light_on(late) == Light.GREEN


def test_the_first_contact_is_kept(people, signed):
    actions.note_contact(signed, by=people.wu.person, way="phone", text="已与提出人通话", on=ON + timedelta(days=2))
    actions.note_contact(signed, by=people.wu.person, way="visit", text="登门", on=ON + timedelta(days=9))
    assert fresh(signed).contacted_on == ON + timedelta(days=2)


def test_a_draft_is_cleared_by_somebody_else_in_the_unit(people, signed):
    draft = actions.save_draft(signed, by=people.wu.person, text="拟答复")
    with pytest.raises(MoveRefused):
        actions.clear_draft(draft, by=people.wu.person, on=ON)
    head = make_actor(people.committee, Role.OFFICER, name="周小测", unit=people.unit)
    reply = actions.clear_draft(draft, by=head.person, on=ON)
    assert (reply.text, reply.by, fresh(signed).state) == ("拟答复", head.person, S.ANSWERED)


def test_an_answer_is_judged_once_each_time_and_doing_it_again_starts_a_new_clock(people, answered):
    actions.rate(answered, by=people.lin.person, result="not", attitude="satisfied", words="态度好，未解决")
    with pytest.raises(MoveRefused):
        actions.rate(answered, by=people.lin.person, result="satisfied")
    actions.rehandle(answered, by=people.zhao.person, reason="请重新办理", on=date(2026, 4, 1))
    again = fresh(answered)
    assert (again.state, again.rounds, again.rating) == (S.IN_HAND, 1, "")
    assert again.due_on == date(2026, 5, 6)
    actions.answer(again, by=people.wu.person, text="已再办", on=date(2026, 5, 8))
    actions.rate(fresh(answered), by=people.lin.person, result="satisfied", attitude="satisfied")
    assert [(rating.round, rating.result) for rating in answered.ratings.all()] == [(0, "not"), (1, "satisfied")]
    assert (fresh(answered).rating, fresh(answered).late_days) == ("satisfied", 2)


def test_nothing_is_judged_before_it_is_answered(people, signed):
    with pytest.raises(MoveRefused):
        actions.rate(signed, by=people.lin.person, result="satisfied")


def test_what_a_later_look_finds_undone_is_reopened(people, answered):
    actions.close(answered, by=people.zhao.person, proof="现场查看", on=date(2026, 4, 1))
    look = actions.plan_look_back(answered, due_on=date(2026, 7, 1))
    actions.look_back(look, by=people.zhao.person, finding="not", words="又停运了", on=date(2026, 7, 1))
    again = fresh(answered)
    assert (again.state, again.closed_on, again.rounds) == (S.IN_HAND, None, 1)
    with pytest.raises(MoveRefused):
        actions.look_back(fresh(look), by=people.zhao.person, finding="stays", words="", on=date(2026, 7, 2))


def test_what_is_partly_done_is_looked_at_again(people, answered):
    look = actions.plan_look_back(answered, due_on=date(2026, 7, 1))
    actions.look_back(look, by=people.zhao.person, finding="partly", words="完成一半", on=date(2026, 7, 1))
    assert list(LookBack.objects.filter(done_on=None).values_list("due_on", flat=True)) == [date(2026, 9, 29)]
