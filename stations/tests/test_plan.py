"""Planning duty days: once each, fairly shared, reminded of; keeping, moving and calling off."""

from datetime import date, timedelta

import pytest

from kit.recurrence import AdjustedPolicy, HolidayPolicy
from kit.workflow import MoveRefused
from members.models import Notice
from members.tests.factories import make_member
from stations import actions
from stations.models import DutySlot, DutyTurn
from stations.states import DutyKind, SlotState
from stations.tasks import plan_duty

from .factories import make_rule, make_slot, make_station

pytestmark = pytest.mark.django_db
FROM, UNTIL = date(2026, 1, 1), date(2026, 3, 31)


def pool_of(people, count):
    return [make_member(people.committee, name=f"委员{number}") for number in range(count)]


@pytest.mark.scenario("A05")
def test_a_rule_gives_the_quarters_slots_and_planning_again_changes_nothing(people):
    rule = make_rule(people.station, pool=pool_of(people, 3))
    assert actions.plan_slots(people.committee, on=FROM, until=UNTIL) == 11  # 13 Fridays, two of them holidays
    before = list(DutyTurn.objects.values_list("slot__day", "person_id"))
    assert actions.plan_slots(people.committee, on=FROM, until=UNTIL) == 0
    assert list(DutyTurn.objects.values_list("slot__day", "person_id")) == before
    assert {slot.rule_id for slot in DutySlot.objects.all()} == {rule.pk}


def test_planned_in_two_halves_turns_are_as_fair_as_at_once(people):
    make_rule(people.station, kind=DutyKind.WEEKLY_ROTA, weekday=2, pool=pool_of(people, 4))
    for until in (date(2026, 2, 1), UNTIL):
        actions.plan_slots(people.committee, on=FROM, until=until)
    counts = sorted(
        DutyTurn.objects.filter(person_id=pk).count() for pk in DutyTurn.objects.values_list("person", flat=True)
    )
    assert counts[-1] - counts[0] <= 1


def test_two_members_stand_on_the_tenth_and_twentieth(people):
    make_rule(
        people.station,
        kind=DutyKind.MONTH_DAYS,
        month_days="10、20",
        people_needed=2,
        holiday_policy=HolidayPolicy.NEXT,
        pool=pool_of(people, 5),
    )
    actions.plan_slots(people.committee, on=FROM, until=UNTIL)
    assert [slot.people.count() for slot in DutySlot.objects.all()] == [2] * 6


def test_a_closed_station_plans_nothing(people):
    make_rule(people.station, pool=pool_of(people, 1))
    people.station.closed_on = FROM
    people.station.save(update_fields=["closed_on"])
    assert actions.plan_slots(people.committee, on=FROM, until=UNTIL) == 0


def test_those_on_duty_are_reminded_a_week_and_a_day_before_and_on_the_morning(people):
    make_rule(people.station, pool=[people.lin.person], valid_until=date(2026, 1, 9))
    actions.plan_slots(people.committee, on=FROM, until=UNTIL)
    slot = DutySlot.objects.get()
    owed = (
        Notice.objects.filter(to=people.lin.person)
        .exclude(key__contains=":unrecorded")
        .order_by("due_at")
        .values_list("key", "due_at__date")
    )
    assert list(owed) == [
        (f"slot:{slot.pk}:week:2026-01-09", date(2026, 1, 2)),
        (f"slot:{slot.pk}:eve:2026-01-09", date(2026, 1, 8)),
        (f"slot:{slot.pk}:morning:2026-01-09", date(2026, 1, 9)),
    ]


def question(people):
    """A duty on an adjusted working Saturday."""
    make_rule(
        people.station,
        kind=DutyKind.NTH_WEEKEND,
        nth=2,
        holiday_policy=HolidayPolicy.SKIP,
        adjusted_policy=AdjustedPolicy.ASK,
        valid_from=date(2026, 2, 10),
        valid_until=date(2026, 2, 20),
        pool=[people.lin.person],
    )
    actions.plan_slots(people.committee, on=date(2026, 2, 1), until=UNTIL)
    return DutySlot.objects.get()


@pytest.mark.scenario("D07")
def test_a_special_day_is_asked_about_and_moved_with_its_reminders(people):
    slot = question(people)
    assert (slot.day, slot.has_question) == (date(2026, 2, 14), True)
    assert Notice.objects.filter(to=people.zhao.person, key__startswith=f"slot:{slot.pk}:question").count() == 1
    actions.move_slot(slot, to=date(2026, 2, 28), on=date(2026, 2, 2))
    slot.refresh_from_db()
    assert (slot.day, slot.rule_day, slot.has_question) == (date(2026, 2, 28), date(2026, 2, 14), False)
    keys = Notice.objects.filter(to=people.lin.person).values_list("key", flat=True)
    assert {key.rsplit(":", 1)[1] for key in keys} == {"2026-02-28"}
    assert actions.plan_slots(people.committee, on=date(2026, 2, 1), until=UNTIL) == 0


def test_a_kept_day_has_no_question_any_more(people):
    slot = question(people)
    actions.keep_slot(slot)
    assert DutySlot.objects.questions(on=date(2026, 2, 1)).count() == 0


def test_a_day_called_off_takes_its_reminders_back_and_is_not_planned_again(people):
    slot = question(people)
    actions.cancel_slot(slot, by=people.zhao.person, reason="站室装修")
    assert slot.state == SlotState.CANCELLED
    keys = Notice.objects.filter(to=people.lin.person).values_list("key", flat=True)
    assert list(keys) == [f"slot:{slot.pk}:cancelled:2026-02-14"]
    assert actions.plan_slots(people.committee, on=date(2026, 2, 1), until=UNTIL) == 0
    with pytest.raises(MoveRefused):
        actions.move_slot(slot, to=date(2026, 3, 1), on=date(2026, 2, 2))


def test_a_duty_is_not_moved_onto_another_of_its_rule(people):
    rule = make_rule(people.station, pool=[people.lin.person])
    actions.plan_slots(people.committee, on=date(2026, 3, 1), until=UNTIL)
    first, second = rule.slots.all()[:2]
    with pytest.raises(MoveRefused):
        actions.move_slot(first, to=second.day, on=date(2026, 3, 1))


def test_a_duty_to_come_cannot_be_missed(people):
    slot = make_slot(people.station, day=date(2026, 3, 20))
    with pytest.raises(MoveRefused):
        actions.miss_slot(slot, by=people.kong.person, on=date(2026, 3, 19))
    actions.miss_slot(slot, by=people.kong.person, on=date(2026, 3, 20))
    assert [step.verb for step in slot.steps.all()] == ["miss"]


def test_an_edited_rule_plans_anew_but_leaves_what_was_confirmed(people):
    rule = make_rule(people.station, pool=[people.lin.person])
    actions.plan_slots(people.committee, on=date(2026, 3, 1), until=UNTIL)
    confirmed = rule.slots.first()
    actions.confirm_slot(confirmed, by=people.lin.person)
    actions.edit_rule(rule, pool=[people.ma.person], on=date(2026, 3, 1), weekday=2)
    days = list(rule.slots.order_by("day").values_list("day", "people__name"))
    assert (confirmed.day, "林小测") in days
    assert {(day.weekday(), name) for day, name in days if day != confirmed.day} == {(2, "马小测")}


def test_the_task_plans_every_committee_and_reaches_sixty_days(people, other_committee):
    make_rule(people.station, pool=[people.lin.person], valid_from=date(2020, 1, 1))
    plan_duty()
    planned = DutySlot.objects.count()
    assert planned in range(5, 10)
    plan_duty()
    assert DutySlot.objects.count() == planned
    days = DutySlot.objects.values_list("day", flat=True)
    assert max(days) - min(days) <= timedelta(days=60)


def test_stations_of_all_three_kinds_of_places_have_keepers_upwards(people):
    village = make_station(people.committee, parent=people.station)
    assert village.keeper_ids == {people.kong.person.pk}
