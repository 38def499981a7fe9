"""Notices of the front door: whose turn it is and when, visits sent back, and what became of matters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from followups.models import DueChange
from members.models import Person
from members.notices import office_of, promise, withdraw
from members.states import NoticeKind

from .models import DutySlot, Matter, Visit

MORNING = time(8, 0)
REMINDERS = (("week", 7), ("eve", 1), ("morning", 0))  # occasion, days before
UNRECORDED = (("unrecorded-1", 1), ("unrecorded-3", 3))  # occasion, days after a duty day without a record
MISSED_AFTER = 3  # calendar days after which the station is asked whether nobody came
OWED = (*(occasion for occasion, _days in (*REMINDERS, *UNRECORDED)), "unrecorded-station")


def remind_of_duty(slot: DutySlot, people: Iterable[Person], *, on: date) -> None:
    """Owe the reminders of a duty day that lie ahead, before it and after.

    Those on duty are reminded seven days before, the day before and on the morning. What is owed of the record is taken
    back when it is there, see `forget_duty`. Source: domain, duty days (T-7, T-1, morning).
    """
    people = list(people)
    for occasion, days in REMINDERS:
        day = slot.day - timedelta(days=days)
        if day >= on:
            _tell_slot(slot, people, occasion, template="duty_reminder", at=_morning(day))
    remind_of_record(slot, people, on=on)


def remind_of_record(slot: DutySlot, people: Iterable[Person], *, on: date) -> None:
    """Owe what is said when a duty day passes without a record, as far as it lies ahead; owed already it stays."""
    people = list(people)
    for asked in questions_of(slot, people, on=on):
        who = "、".join(person.name for person in people)
        day = slot.day + timedelta(days=asked.days)
        _tell_slot(slot, asked.to, asked.occasion, template=asked.template, at=_morning(day), kind=asked.kind, who=who)


def keepers_changed(slot: DutySlot) -> None:
    """Take back what the keepers of before are owed about the record of a duty day."""
    withdraw(key_prefix=f"slot:{slot.pk}:unrecorded-station:")


class Question(NamedTuple):
    """One question about a duty day without a record: when, whom, and in which words."""

    occasion: str
    days: int  # calendar days after the duty day
    to: list[Person]
    template: str
    kind: NoticeKind


def questions_of(slot: DutySlot, people: Iterable[Person], *, on: date) -> list[Question]:
    """Return the questions that lie ahead of a day if no record comes.

    To those on duty the next morning and after three days, as small reminders; to the station's keepers of now, after
    three days, whether nobody came.
    """
    # Keepers are of the committee of their station, and a notice is owed to a key: nobody need be read for it.
    keepers = [Person(pk=pk, committee_id=slot.committee_id) for pk in sorted(slot.station.keeper_ids)]
    found = [Question(name, days, [*people], "duty_unrecorded", NoticeKind.REMINDER) for name, days in UNRECORDED]
    found.append(Question("unrecorded-station", MISSED_AFTER, keepers, "duty_missed", NoticeKind.WORK))
    return [asked for asked in found if slot.day + timedelta(days=asked.days) >= on]


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))


def forget_duty(slot: DutySlot) -> None:
    """Take back the reminders of a duty day that were not delivered yet."""
    withdraw(key_prefix=f"slot:{slot.pk}:")


def moved(slot: DutySlot, people: Iterable[Person], *, before: date) -> None:
    """Tell those on duty that their day has moved."""
    _tell_slot(slot, people, "moved", before=f"{before:%Y-%m-%d}")


def cancelled(slot: DutySlot, people: Iterable[Person], *, reason: str) -> None:
    """Tell those on duty that there is none."""
    _tell_slot(slot, people, "cancelled", reason=reason)


def question(slot: DutySlot, *, reason: str) -> None:
    """Ask the office whether a duty on a special day is kept or moved."""
    _tell_slot(slot, office_of(slot.committee_id), "question", reason=reason)


def _tell_slot(
    slot: DutySlot,
    people: Iterable[Person],
    occasion: str,
    *,
    template: str = "",
    at: datetime | None = None,
    kind: NoticeKind | None = None,
    **words: Any,
) -> None:
    promise(
        people,
        kind=kind,
        key=f"slot:{slot.pk}:{occasion}:{slot.day:%Y-%m-%d}",
        template=f"notices/stations/{template or 'duty_' + occasion}",
        context={
            "station": slot.station,
            "address": slot.station.address,
            "day": f"{slot.day:%Y-%m-%d}",
            "hours": f"{slot.starts_at:%H:%M}–{slot.ends_at:%H:%M}",
            **words,
        },
        url=slot.get_absolute_url(),
        at=at,
    )


def visit_logged(visit: Visit, *, turn: int) -> None:
    """Ask the station's keepers to vouch for the record; `turn` says how often it was sent again."""
    # They are of the committee of their station, and a notice is owed to a key: nobody need be read for it.
    keys = sorted(visit.station.keeper_ids - {visit.logged_by_id})
    keepers = [Person(pk=pk, committee_id=visit.committee_id) for pk in keys]
    _tell_visit(visit, keepers, f"logged:{turn}", template="visit_logged", count=visit.person_times)


def visit_returned(visit: Visit, *, reason: str) -> None:
    """Tell who logged it why it came back."""
    turn = visit.steps.filter(verb="return").count()
    _tell_visit(visit, [visit.logged_by], f"returned:{turn}", template="visit_returned", reason=reason)


def _tell_visit(visit: Visit, people: Iterable[Person], occasion: str, *, template: str, **words: Any) -> None:
    promise(
        people,
        key=f"visit:{visit.pk}:{occasion}",
        kind=NoticeKind.WORK,
        template=f"notices/stations/{template}",
        context={
            "station": visit.station,
            "day": f"{visit.day:%Y-%m-%d}",
            "by": visit.logged_by.name,
            **words,
        },
        url=visit.get_absolute_url(),
    )


def matter_named(matter: Matter) -> None:
    """Tell the named person until when an answer was promised."""
    turn = matter.steps.count()
    _tell_matter(matter, [matter.owner] if matter.owner else [], f"named:{turn}", template="matter_named")


def matter_assigned(matter: Matter, *, by: Person) -> None:
    """Tell who took it down, and the named person, to which unit it went."""
    turn = matter.steps.count()
    people = {person.pk: person for person in (matter.taken_by, matter.owner) if person and person.pk != by.pk}
    _tell_matter(
        matter,
        people.values(),
        f"assigned:{turn}",
        template="matter_assigned",
        unit=matter.assignment.unit if matter.assignment else "",
    )


def matter_answered(matter: Matter, *, by: Person) -> None:
    """Tell who took it down what the resident was told."""
    turn = matter.steps.count()
    people = [matter.taken_by] if matter.taken_by and matter.taken_by_id != by.pk else []
    _tell_matter(matter, people, f"answered:{turn}", template="matter_answered", answer=matter.answer[:200])


def matter_again(matter: Matter, *, by: Person, reason: str) -> None:
    """Tell who took it down, and the named person, that the unit does it again, and until when."""
    turn = matter.steps.count()
    people = {person.pk: person for person in (matter.taken_by, matter.owner) if person and person.pk != by.pk}
    _tell_matter(matter, people.values(), f"again:{turn}", template="matter_again", reason=reason)


def matter_moved(matter: Matter, change: DueChange) -> None:
    """Tell who took it down, and the named person, that the promised day has moved: the resident is to hear of it."""
    people = {person.pk: person for person in (matter.taken_by, matter.owner) if person and person.pk != change.by_id}
    _tell_matter(
        matter,
        people.values(),
        f"moved:{change.pk}",
        template="matter_moved",
        old_due=f"{change.old_due:%Y-%m-%d}",
        cause=change.get_cause_display(),
    )


def _tell_matter(matter: Matter, people: Iterable[Person], occasion: str, *, template: str, **words: Any) -> None:
    promise(
        people,
        key=f"matter:{matter.pk}:{occasion}",
        kind=NoticeKind.WORK,
        template=f"notices/stations/{template}",
        context={
            "label": matter.label,
            "subject": matter.subject,
            "due_on": f"{matter.due_on:%Y-%m-%d}" if matter.due_on else "",
            **words,
        },
        url=matter.get_absolute_url(),
    )
