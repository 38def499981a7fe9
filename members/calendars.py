"""The working calendar of a committee: the national one with its own days, and how it is changed.

Every change is a version with a number: who made it, when, after which notice. What was counted by the calendar says in
`DEPENDANTS` which of its days a change moves; it is asked before, and moves them in the transaction of the change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from django.db import transaction
from django.db.models import Max

from kit.deadlines import WorkCalendar

from .models import CalendarDay, CalendarVersion, Committee, Person
from .numbers import next_number

SERIES = "calendar"
# Off in every year whatever the notice says, on their own date. Source: the holiday rules in force since 2025.
ALWAYS_OFF = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))


@dataclass(frozen=True)
class Change:
    """What is to be changed: days to enter as day → (works, label), days to take out, the year that is complete then.

    `source` names the notice or decree; `is_file` says that it came as a whole file, which a later file of the same
    year replaces.
    """

    put: Mapping[date, tuple[bool, str]] = field(default_factory=dict)
    drop: frozenset[date] = frozenset()
    year: int | None = None
    source: str = ""
    is_file: bool = False


@dataclass(frozen=True)
class DayMove:
    """One day that a change moves: of which item at which unit, which of its days, from when to when."""

    item: str
    unit: str
    which: str
    old: date
    new: date
    url: str

    def plain(self) -> dict[str, str]:
        """Return it as plain words, to be kept with a dry run."""
        days = {"old": self.old.isoformat(), "new": self.new.isoformat()}
        return {"item": self.item, "unit": self.unit, "which": self.which, "url": self.url, **days}


class Dependant(Protocol):
    """Something counted by the calendar, in a room above."""

    def moves(self, committee: Committee, before: WorkCalendar, after: WorkCalendar) -> list[DayMove]:
        """Return every open day that the change from one calendar to the other moves."""

    def recount(
        self, committee: Committee, before: WorkCalendar, version: CalendarVersion, *, by: Person | None, at: datetime
    ) -> None:
        """Move these days; called inside the transaction of the change, after the new calendar was written."""


DEPENDANTS: list[Dependant] = []  # filled by the rooms above when they are loaded


def calendar_for(committee: Committee, change: Change | None = None) -> WorkCalendar:
    """Return the committee's calendar, or what it would be after a change; its own days win over the national ones."""
    own = CalendarDay.objects.filter(committee=committee).values_list("day", "is_workday", "label")
    days = {day: (works, label) for day, works, label in own}
    years = known_years(committee)
    if change:
        for day in change.drop:
            days.pop(day, None)
        days.update(change.put)
        years |= {change.year} if change.year else set()
    return WorkCalendar(
        {day: works for day, (works, _label) in days.items()},
        {day: label for day, (_works, label) in days.items()},
        frozenset(years),
    )


def known_years(committee: Committee) -> set[int]:
    """Return the years whose days the committee has entered in full."""
    versions = CalendarVersion.objects.filter(committee=committee)
    return {year for year in versions.values_list("year", flat=True) if year is not None}


def version_of(committee: Committee) -> int:
    """Return the number of the calendar's version; 0 while the committee has changed nothing."""
    return CalendarVersion.objects.filter(committee=committee).aggregate(last=Max("number"))["last"] or 0


def missing_from(year: int, off: Iterable[date]) -> list[date]:
    """Return the days that are off in every year and are not among the days off of a year that is called complete."""
    return sorted({date(year, month, day) for month, day in ALWAYS_OFF} - set(off))


def days_of_earlier_files(committee: Committee, year: int) -> frozenset[date]:
    """Return the days of a year that came in files; a new file of that year takes their place."""
    found = CalendarDay.objects.filter(committee=committee, day__year=year, version__is_file=True)
    return frozenset(found.values_list("day", flat=True))


def moves_of(committee: Committee, change: Change) -> list[DayMove]:
    """Return every open day that a change would move. Writes nothing."""
    before, after = calendar_for(committee), calendar_for(committee, change)
    return [move for dependant in DEPENDANTS for move in dependant.moves(committee, before, after)]


@transaction.atomic
def apply_change(committee: Committee, change: Change, *, by: Person | None, at: datetime) -> CalendarVersion:
    """Write the next version of the calendar and move what was counted by the one before, all or nothing.

    The number is taken first: its row stays locked, so two changes at once follow one another.
    """
    number = next_number(committee, SERIES, 0)
    before = calendar_for(committee)
    version = CalendarVersion.objects.create(
        committee=committee,
        number=number,
        year=change.year,
        source=change.source[:200],
        is_file=change.is_file,
        by=by,
        at=at,
    )
    CalendarDay.objects.filter(committee=committee, day__in=change.drop - change.put.keys()).delete()
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(committee=committee, day=day, is_workday=works, label=label, version=version)
            for day, (works, label) in sorted(change.put.items())
        ],
        update_conflicts=True,
        unique_fields=["committee", "day"],
        update_fields=["is_workday", "label", "version"],
    )
    version.checksum = checksum_of(committee)
    version.save(update_fields=["checksum"])
    committee.calendar_years = sorted(known_years(committee))
    committee.save(update_fields=["calendar_years"])
    for dependant in DEPENDANTS:
        dependant.recount(committee, before, version, by=by, at=at)
    return version


def checksum_of(committee: Committee) -> str:
    """Return a SHA-256 over the committee's own days: two calendars with the same one count alike."""
    days = CalendarDay.objects.filter(committee=committee).order_by("day").values_list("day", "is_workday")
    lines = [f"{day} {int(works)}" for day, works in days] + [f"{year}" for year in sorted(known_years(committee))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
