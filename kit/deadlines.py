"""The clock of promises: working and calendar days, months, fixed days, counted over a calendar that may have gaps."""

import calendar as month_lengths
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

import chinese_calendar
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ONE_DAY = timedelta(days=1)
LEAP_YEAR = 2000  # has every day a year can have
MAX_AMOUNT = 3660  # days or months; more is a slip of the finger, not a deadline

# Published with the notice of each year: the first and last year the package knows.
_FIRST_YEAR = min(chinese_calendar.holidays).year
_LAST_YEAR = max(chinese_calendar.holidays).year

_HOLIDAY_NAMES = {
    "New Year's Day": gettext_lazy("New Year's Day"),
    "Spring Festival": gettext_lazy("Spring Festival"),
    "Tomb-sweeping Day": gettext_lazy("Tomb-sweeping Day"),
    "Labour Day": gettext_lazy("Labour Day"),
    "Dragon Boat Festival": gettext_lazy("Dragon Boat Festival"),
    "National Day": gettext_lazy("National Day"),
    "Mid-autumn Festival": gettext_lazy("Mid-autumn Festival"),
    "Anti-Fascist 70th Day": gettext_lazy("Anti-Fascist 70th Day"),
}


class Unit(TextChoices):
    """What a deadline is counted in. “Working days” skip holidays and count weekends that work; “days” alone do not."""

    WD = "wd", gettext_lazy("working days")
    CD = "cd", gettext_lazy("calendar days")
    MONTH = "month", gettext_lazy("months")
    FIXED = "fixed", gettext_lazy("a fixed day of the year")


def fixed_amount(month: int, day: int) -> int:
    """Return a day of the year as the amount of a fixed deadline: 5 August is 805.

    29 February is a day of the year; in a year without it the deadline ends on the 28th. Raises ValueError for a day
    that no year has.
    """
    date(LEAP_YEAR, month, day)
    return month * 100 + day


def fixed_parts(amount: int) -> tuple[int, int]:
    """Return the month and the day of the amount of a fixed deadline; raises ValueError for one that is no day."""
    month, day = divmod(amount, 100)
    date(LEAP_YEAR, month, day)
    return month, day


@dataclass(frozen=True)
class WorkCalendar:
    """Which days work: the committee's own days first, then the national calendar, then plain weekends.

    `days` maps a date to True (works) or False (off) and wins over everything; `names` may say why such a day is off;
    `years` lists the years whose days the committee has entered in full, because the package does not know them yet.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    names: Mapping[date, str] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_known(self, year: int) -> bool:
        """Say whether the holidays of the year are known; if not, weekends alone are off."""
        return _FIRST_YEAR <= year <= _LAST_YEAR or year in self.years

    def is_workday(self, on: date) -> bool:
        """Say whether the day works. Source: domain, working days; State Council notices 2004–2026."""
        if on in self.days:
            return self.days[on]
        return on in chinese_calendar.workdays or (on.weekday() < 5 and on not in chinese_calendar.holidays)

    def is_adjusted_workday(self, on: date) -> bool:
        """Say whether the day is a Saturday or Sunday that works (调休)."""
        return on.weekday() >= 5 and self.is_workday(on)

    def is_holiday(self, on: date) -> bool:
        """Say whether the day is off for another reason than being an ordinary weekend."""
        return not self.is_workday(on) and (on.weekday() < 5 or bool(self.holiday_name(on)))

    def holiday_name(self, on: date) -> str:
        """Return the name of the holiday in the user's language, or "" for a working day and an ordinary weekend."""
        if self.is_workday(on):
            return ""
        if on in self.days:
            return self.names.get(on) or _("local day off")
        name = chinese_calendar.holidays.get(on, "")
        return str(_HOLIDAY_NAMES.get(name, name))


class Due(NamedTuple):
    """The last day of a deadline (it ends at the close of that day); provisional while a year's calendar is missing."""

    on: date
    provisional: bool


class CountedDay(NamedTuple):
    """One day of a count: whether it counted, and why, in the user's language."""

    on: date
    counted: bool
    reason: str


def next_workday(on: date, calendar: WorkCalendar) -> date:
    """Return the first working day after the given day, never the day itself."""
    on += ONE_DAY
    while not calendar.is_workday(on):
        on += ONE_DAY
    return on


def previous_workday(on: date, calendar: WorkCalendar) -> date:
    """Return the last working day before the given day, never the day itself."""
    on -= ONE_DAY
    while not calendar.is_workday(on):
        on -= ONE_DAY
    return on


def add_workdays(on: date, amount: int, *, calendar: WorkCalendar) -> date:
    """Return the day `amount` working days after the given day (before it when negative, itself when 0)."""
    step = next_workday if amount > 0 else previous_workday
    for _turn in range(abs(amount)):
        on = step(on, calendar)
    return on


def working_days_between(a: date, b: date, *, calendar: WorkCalendar) -> int:
    """Return how many working days lie after `a` up to and including `b`; negative when `b` comes before `a`.

    Counts as `due` does: working_days_between(a, due(a, n, Unit.WD).on) == n.
    """
    if b < a:
        return -working_days_between(b, a, calendar=calendar)
    return sum(calendar.is_workday(a + ONE_DAY * turn) for turn in range(1, (b - a).days + 1))


def add_months(on: date, months: int) -> date:
    """Return the same day of the month that many months on, or that month's last day. Source: Civil Code art. 202."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, month_lengths.monthrange(year, month + 1)[1]))


def next_fixed_day(on: date, amount: int) -> date:
    """Return the first such day of the year after the given day: of the same year or of the next, never the day itself.

    In a year without 29 February that day is the 28th, as the Civil Code (art. 202) has months end.
    """
    month, day = fixed_parts(amount)
    for year in (on.year, on.year + 1):
        if year > date.max.year:
            break
        found = date(year, month, min(day, month_lengths.monthrange(year, month)[1]))
        if found > on:
            return found
    raise OverflowError("no such day before the year 10000")


def due(start: date, amount: int, unit: Unit | str, *, calendar: WorkCalendar, roll: bool = True) -> Due:
    """Return the last day of a deadline of `amount` units that starts on `start`.

    The first day is not counted; months end on the same date or at the month's end; a fixed day is the next one of its
    name after the start, its amount written as `fixed_amount` does; with `roll` (the default) a last
    day that is off moves to the next working day. “Within n days” includes the day returned. The result is provisional
    when it rests on a year whose holidays are not known.
    Raises ValueError for an amount that is negative or over MAX_AMOUNT, an unknown unit, or a day past the year 9999.
    Source: Civil Code art. 200–204; domain, working days.
    """
    last, on = _last_and_rolled(start, amount, Unit(unit), calendar=calendar, roll=roll)
    if unit == Unit.WD:
        asked = range(min(start + ONE_DAY, on).year, on.year + 1)
    else:
        asked = range(last.year, on.year + 1) if roll else range(0)
    return Due(on, provisional=not all(map(calendar.is_known, asked)))


def explain(
    start: date, amount: int, unit: Unit | str, *, calendar: WorkCalendar, roll: bool = True
) -> list[CountedDay]:
    """Return the count of `due` day by day, for the page that shows how a deadline came about.

    The first row is the day it starts, the last row the day it falls due. A count in months and
    a fixed day show only their two ends and the days they were moved over. Raises ValueError as `due` does.
    """
    unit = Unit(unit)
    last, on = _last_and_rolled(start, amount, unit, calendar=calendar, roll=roll)
    rows = [CountedDay(start, False, _("the first day is not counted"))]
    if unit == Unit.MONTH and amount:
        same = last.day == start.day
        rows.append(CountedDay(last, True, _("same day of the month") if same else _("last day of the month")))
    elif unit == Unit.FIXED:
        same = last.day == fixed_parts(amount)[1]
        rows.append(CountedDay(last, True, _("the fixed day") if same else _("last day of the month")))
    elif unit == Unit.WD:
        rows += [CountedDay(day, calendar.is_workday(day), _kind(day, calendar)) for day in _days_after(start, last)]
    else:
        rows += [CountedDay(day, True, _("calendar day")) for day in _days_after(start, last)]
    for day in _days_after(last, on):
        off = _kind(day, calendar)
        rows.append(CountedDay(day, False, _("moved to the next working day") if day == on else off))
    return rows


def _last_and_rolled(start: date, amount: int, unit: Unit, *, calendar: WorkCalendar, roll: bool) -> tuple[date, date]:
    """Return the last day as counted, and the day it is moved to (the same one when it works or may not move)."""
    if not 0 <= amount <= MAX_AMOUNT:
        raise ValueError(f"amount must be between 0 and {MAX_AMOUNT}, not {amount}")
    try:
        if unit == Unit.WD:
            last = add_workdays(start, amount, calendar=calendar)
        elif unit == Unit.MONTH:
            last = add_months(start, amount)
        elif unit == Unit.FIXED:
            last = next_fixed_day(start, amount)
        else:
            last = start + ONE_DAY * amount
        return last, last if not roll or calendar.is_workday(last) else next_workday(last, calendar)
    except OverflowError as past:
        raise ValueError("the deadline lies past the year 9999") from past


def _days_after(first: date, last: date) -> Iterator[date]:
    return (first + ONE_DAY * turn for turn in range(1, (last - first).days + 1))


def _kind(on: date, calendar: WorkCalendar) -> str:
    if calendar.is_adjusted_workday(on):
        return _("adjusted working day")
    if calendar.is_workday(on):
        return _("working day")
    return calendar.holiday_name(on) or _("weekend")
