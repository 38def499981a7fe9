"""Acts on duty: rules and their order of turns, planning the days ahead, and deciding about single days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from kit import workflow
from kit.deadlines import WorkCalendar
from kit.recurrence import assign_rota
from members.calendars import calendar_for
from members.models import Committee, Person

from .. import notices, rota
from ..models import DutyPlace, DutyRule, DutySlot, DutyTurn, Station
from ..states import SlotState

HORIZON = timedelta(days=60)  # how far ahead duty days are planned


@transaction.atomic
def create_rule(station: Station, *, pool: Sequence[Person], on: date, **words: Any) -> DutyRule:
    """Give a station a duty rule with its order of turns, and plan the days ahead."""
    rule = DutyRule.objects.create(committee=station.committee, station=station, **words)
    _set_pool(rule, pool)
    plan_rule(rule, on=on, until=on + HORIZON, calendar=calendar_for(rule.committee))
    return rule


@transaction.atomic
def edit_rule(rule: DutyRule, *, pool: Sequence[Person], on: date, **words: Any) -> DutyRule:
    """Change a rule; days ahead that nobody has confirmed are planned anew, confirmed and past ones stay."""
    for name, value in words.items():
        setattr(rule, name, value)
    rule.save(update_fields=list(words))
    _set_pool(rule, pool)
    untouched = rule.slots.filter(day__gt=on, state=SlotState.PLANNED, steps=None, visits=None)
    for slot in untouched.select_related("station"):
        notices.forget_duty(slot)
        slot.delete()
    plan_rule(rule, on=on, until=on + HORIZON, calendar=calendar_for(rule.committee))
    return rule


def _set_pool(rule: DutyRule, pool: Sequence[Person]) -> None:
    """Write the order of turns anew."""
    rule.places.all().delete()
    DutyPlace.objects.bulk_create(
        [
            DutyPlace(committee_id=rule.committee_id, rule=rule, person=person, order=order)
            for order, person in enumerate(pool)
        ]
    )


def plan_slots(committee: Committee, *, on: date, until: date) -> int:
    """Plan the duty days of all rules from `on` to `until`; returns how many are new.

    May run any number of times: a rule gives one slot for each of its days. Turns are shared fairly by count, ties in
    the order of the pool. Owes those on duty their reminders, and asks the office about days that need a decision.
    """
    calendar = calendar_for(committee)
    rules = DutyRule.objects.filter(committee=committee, valid_from__lte=until, station__closed_on=None)
    return sum(
        plan_rule(rule, on=on, until=until, calendar=calendar)
        for rule in rules.select_related("station__parent__parent")
    )


@transaction.atomic
def plan_rule(rule: DutyRule, *, on: date, until: date, calendar: WorkCalendar) -> int:
    """Plan the days of one rule; returns how many are new."""
    known = dict(rule.slots.filter(rule_day__gte=on - HORIZON).values_list("rule_day", "day"))
    found = rota.rule_days(rule, on, until, calendar=calendar, taken=known.values())
    days = [day for day in found if day.on and day.rule_day not in known]
    if not days:
        return 0
    pool = [place.person for place in rule.places.select_related("person")]
    turns = assign_rota([day.on for day in days if day.on], pool, rule.people_needed, _served(rule))
    return sum(_plan_day(rule, day, day.on, turns[day.on], on=on) for day in days if day.on)


def _served(rule: DutyRule) -> dict[Person, int]:
    """Return how many turns of the rule each person has had or was given."""
    turns = DutyTurn.objects.filter(slot__rule=rule).exclude(slot__state=SlotState.CANCELLED)
    counts = dict(turns.values_list("person").annotate(count=Count("pk")))
    return {place.person: counts.get(place.person_id, 0) for place in rule.places.select_related("person")}


def _plan_day(rule: DutyRule, day: rota.RuleDay, duty_day: date, people: Sequence[Person], *, on: date) -> bool:
    """Make one slot unless another planner was faster."""
    slot, is_new = DutySlot.objects.get_or_create(
        rule=rule,
        rule_day=day.rule_day,
        defaults={
            "committee_id": rule.committee_id,
            "station": rule.station,
            "day": duty_day,
            "starts_at": rule.starts_at,
            "ends_at": rule.ends_at,
            "has_question": day.question,
        },
    )
    if is_new:
        DutyTurn.objects.bulk_create(
            [DutyTurn(committee_id=rule.committee_id, slot=slot, person=person) for person in people]
        )
        notices.remind_of_duty(slot, people, on=on)
        if day.question:
            notices.question(slot, reason=day.reason)
    return is_new


def ask_for_records(committee: Committee, *, on: date) -> None:
    """Owe the questions about duty days just over to whoever keeps the station now, and take back those of before."""
    for slot in DutySlot.objects.filter(committee=committee).just_over(on=on):
        with transaction.atomic():
            notices.keepers_changed(slot)
            notices.remind_of_record(slot, slot.people.all(), on=on)


def confirm_slot(slot: DutySlot, *, by: Person) -> None:
    """Say that the duty will be served. Refused unless it is planned."""
    workflow.apply(slot, "confirm", by=by)


def miss_slot(slot: DutySlot, *, by: Person, on: date) -> None:
    """Write down that nobody came for a duty day that is over. Refused before it, and once it is settled."""
    if slot.day > on:
        raise workflow.MoveRefused(_("This duty day has not come yet."))
    with transaction.atomic():
        workflow.apply(slot, "miss", by=by)
        notices.forget_duty(slot)


@transaction.atomic
def keep_slot(slot: DutySlot) -> None:
    """Answer the question about a special day: the duty is kept. Refused once it is settled."""
    if not slot.is_waiting:
        raise workflow.MoveRefused(workflow.refusal(slot))
    slot.has_question = False
    slot.save(update_fields=["has_question"])


@transaction.atomic
def move_slot(slot: DutySlot, *, to: date, on: date) -> None:
    """Move a duty to another day; its day by the rule stays, so that it is not planned again.

    Tells those on duty and owes the reminders of the new day. Refused once it is settled, and when its rule has a duty
    on that day already.
    """
    if not slot.is_waiting:
        raise workflow.MoveRefused(workflow.refusal(slot))
    if slot.rule_id and DutySlot.objects.filter(rule=slot.rule_id, day=to).exclude(pk=slot.pk).exists():
        raise workflow.MoveRefused(_("There is a duty by this rule on that day already."))
    before, people = slot.day, list(slot.people.all())
    notices.forget_duty(slot)
    slot.day, slot.has_question = to, False
    slot.save(update_fields=["day", "has_question"])
    if to != before:
        notices.moved(slot, people, before=before)
    notices.remind_of_duty(slot, people, on=on)


@transaction.atomic
def cancel_slot(slot: DutySlot, *, by: Person, reason: str) -> None:
    """Call a duty day off. Takes the reminders back and tells those on duty. Refused once it is settled."""
    workflow.apply(slot, "cancel", by=by, note=reason, has_question=False)
    notices.forget_duty(slot)
    notices.cancelled(slot, slot.people.all(), reason=reason)
