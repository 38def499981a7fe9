"""Dates of duty rules (every Friday, second weekends, the 10th and 20th), what holidays do to them, and a fair rota."""

import calendar as month_lengths
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .deadlines import ONE_DAY, WorkCalendar, next_workday, previous_workday

SATURDAY = 5

Person = TypeVar("Person", bound=Hashable)


class HolidayPolicy(TextChoices):
    """What happens to a duty day that is off."""

    SKIP = "skip", _("no duty on that day")
    NEXT = "next", _("move to the next working day")
    PREVIOUS = "previous", _("move to the working day before")
    KEEP = "keep", _("duty all the same")
    ASK = "ask", _("ask the station")


class AdjustedPolicy(TextChoices):
    """What happens to a duty day on a Saturday or Sunday that works (调休)."""

    KEEP = "keep", _("duty all the same")
    ASK = "ask", _("ask the station")
    SKIP = "skip", _("no duty on that day")


class Placement(NamedTuple):
    """Where a duty day ends up: `on` (None = no duty), the day it was moved from, and whether a person must decide."""

    on: date | None
    moved_from: date | None
    question: bool


def weekly(weekday: int, start: date, end: date) -> list[date]:
    """Return every such weekday (0 = Monday … 6 = Sunday) from start to end, both included."""
    first = start + ONE_DAY * ((_weekday(weekday) - start.weekday()) % 7)
    return [first + timedelta(weeks=turn) for turn in range((end - first).days // 7 + 1)]


def nth_weekday(n: int, weekday: int, start: date, end: date) -> list[date]:
    """Return the nth such weekday (0 = Monday) of every month from start to end; n from 1 to 5, or -1 for the last.

    A month without a fifth one is left out. Raises ValueError for another n or weekday.
    """
    return [day for day in _nth_weekdays(n, weekday, start, end) if start <= day <= end]


def nth_weekend(n: int, start: date, end: date) -> list[date]:
    """Return Saturday and Sunday of the nth weekend of every month from start to end; n as in `nth_weekday`.

    The nth weekend is the one whose Saturday is the nth Saturday, so its Sunday may be the (n+1)th or lie in the next
    month: the second weekend of November 2026 is 14–15, not 8. Source: domain, second weekends 2026.
    """
    # A Saturday on the eve of `start` still sends its Sunday.
    saturdays = _nth_weekdays(n, SATURDAY, start - ONE_DAY, end)
    return [day for saturday in saturdays for day in (saturday, saturday + ONE_DAY) if start <= day <= end]


def days_of_month(days: Iterable[int], start: date, end: date) -> list[date]:
    """Return these days (1–31) of every month from start to end; a month too short for a day has it on its last day.

    Raises ValueError for a day that no month has.
    """
    wanted = set(days)
    if not wanted <= set(range(1, 32)):
        raise ValueError("days of the month go from 1 to 31")
    dates = set()
    for year, month in _months(start, end):
        length = month_lengths.monthrange(year, month)[1]
        dates |= {date(year, month, min(day, length)) for day in wanted}
    return sorted(day for day in dates if start <= day <= end)


def place(
    on: date,
    *,
    policy: HolidayPolicy | str,
    adjusted_policy: AdjustedPolicy | str,
    calendar: WorkCalendar,
    weekend_duty: bool = False,
) -> Placement:
    """Return where a duty day ends up under the holiday policy and, on a weekend that works, the adjusted-day policy.

    `weekend_duty=True` is for rules made for weekends: then an ordinary weekend is no day off, only a holiday is.
    A day with a question stays where it was until somebody answers. Two days of a rule may be moved to the same day:
    join them. Raises ValueError for an unknown policy. Source: domain, duty days.
    """
    policy, adjusted_policy = HolidayPolicy(policy), AdjustedPolicy(adjusted_policy)
    stays = Placement(on, None, question=False)
    if calendar.is_adjusted_workday(on):
        answer: HolidayPolicy | AdjustedPolicy = adjusted_policy
    elif calendar.is_workday(on) or (weekend_duty and not calendar.is_holiday(on)):
        return stays
    else:
        answer = policy
    if answer == HolidayPolicy.SKIP:
        return Placement(None, None, question=False)
    if answer == HolidayPolicy.ASK:
        return Placement(on, None, question=True)
    if answer == HolidayPolicy.NEXT:
        return Placement(next_workday(on, calendar), on, question=False)
    if answer == HolidayPolicy.PREVIOUS:
        return Placement(previous_workday(on, calendar), on, question=False)
    return stays


def assign_rota(
    dates: Iterable[date],
    pool: Sequence[Person],
    per_slot: int,
    served: Mapping[Person, int],
    *,
    away: Mapping[date, Collection[Person]] | None = None,
) -> dict[date, list[Person]]:
    """Return who is on duty on each date: always those with the fewest duties so far, ties in the order of the pool.

    `served` counts the duties each person has had before (missing = 0); `away` names those on leave by date. Nobody
    stands twice in a slot; when fewer people are free than needed, the slot gets those there are. The same arguments
    always give the same rota. Source: domain, duty days (rota, fair by count).
    """
    people = list(dict.fromkeys(pool))
    counts = {person: served.get(person, 0) for person in people}
    rota = {}
    for on in sorted(set(dates)):
        absent = (away or {}).get(on, ())
        free = sorted((person for person in people if person not in absent), key=counts.__getitem__)
        rota[on] = free[: max(per_slot, 0)]
        for person in rota[on]:
            counts[person] += 1
    return rota


def _weekday(weekday: int) -> int:
    if not 0 <= weekday <= 6:
        raise ValueError("weekdays go from 0 (Monday) to 6 (Sunday)")
    return weekday


def _months(start: date, end: date) -> Iterator[tuple[int, int]]:
    for index in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        yield index // 12, index % 12 + 1


def _nth_weekdays(n: int, weekday: int, start: date, end: date) -> Iterator[date]:
    if n not in (-1, 1, 2, 3, 4, 5):
        raise ValueError("n goes from 1 to 5, or is -1 for the last")
    _weekday(weekday)
    for year, month in _months(start, end):
        offset, length = month_lengths.monthrange(year, month)
        same = range(1 + (weekday - offset) % 7, length + 1, 7)
        if n <= len(same):
            yield date(year, month, same[n - 1 if n > 0 else -1])
