"""Clocks: from a rule and a day to the day something is due, and the days its light changes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from html import escape
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kit import deadlines
from kit.deadlines import WorkCalendar
from kit.workflow import MoveRefused
from members.calendars import calendar_for, version_of
from members.models import Committee

from .defaults import DEFAULTS
from .models import Assignment, DeadlineRule


class MissingClock(MoveRefused, DeadlineRule.DoesNotExist):
    """The committee lacks a clock; its text says which, and reaches the person as any refused move does."""


@dataclass(frozen=True)
class Clock:
    """The days of one assignment: sign by, answer by, blue and yellow from; and the rule they come from."""

    sign_due: date
    due_on: date
    blue_on: date
    yellow_on: date
    is_provisional: bool
    rule: DeadlineRule
    calendar_version: int  # of the committee's calendar; 0 while it has none of its own

    @property
    def fields(self) -> dict[str, Any]:
        """The columns of an assignment that hold it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def rule_for(committee: Committee, key: str, *, on: date) -> DeadlineRule:
    """Return the newest version of a rule that is valid on a day; raises MissingClock."""
    rule = DeadlineRule.objects.filter(committee=committee).in_force(key, on=on).first()
    if rule is None:
        name = next((default.name for default in DEFAULTS if default.key == key), key)
        words = {"clock": name, "day": f"{on:%Y-%m-%d}"}
        raise MissingClock(
            _("The committee has no clock “%(clock)s” in force on %(day)s; the office adds it under “Clocks”.") % words
        )
    return rule


def due_day(committee: Committee, key: str, *, on: date) -> deadlines.Due:
    """Return when something handed over `on` is due by the rule `key`; provisional while the year is unknown."""
    return by_rule(rule_for(committee, key, on=on), on, calendar_for(committee))


def by_rule(rule: DeadlineRule, on: date, calendar: WorkCalendar) -> deadlines.Due:
    """Return when something that starts on a day is due by one version of a rule."""
    return deadlines.due(on, rule.amount, rule.unit, calendar=calendar, roll=rule.rolls_forward)


def set_clock(committee: Committee, key: str, *, on: date, due_on: date | None = None) -> Clock:
    """Return the clock of something handed over `on` under the rule `key`; a day given by hand wins over the rule's."""
    version, calendar = version_of(committee), calendar_for(committee)  # in this order: rather an old number than days
    rule, sign = rule_for(committee, key, on=on), rule_for(committee, "sign", on=on)
    signing, counted = by_rule(sign, on, calendar), by_rule(rule, on, calendar)
    last = due_on or counted.on
    blue_on, yellow_on = lights_before(last, rule, calendar)
    return Clock(
        sign_due=min(signing.on, last),
        due_on=last,
        blue_on=blue_on,
        yellow_on=yellow_on,
        is_provisional=signing.provisional
        or (counted.provisional if due_on is None else not calendar.is_known(last.year)),
        rule=rule,
        calendar_version=version,
    )


def lights_before(due_on: date, rule: DeadlineRule, calendar: WorkCalendar) -> tuple[date, date]:
    """Return the days from which something due on a day shows blue and yellow; blue never begins after yellow."""
    yellow = deadlines.add_workdays(due_on, -rule.yellow_days, calendar=calendar)
    return min(due_on - timedelta(days=rule.blue_days), yellow), yellow


@dataclass(frozen=True)
class Count:
    """How the day of an assignment came about: its rule, the days counted, and whether the count ends on its day."""

    rule: DeadlineRule
    days: list[deadlines.CountedDay]
    ends_on_it: bool
    is_provisional: bool

    @property
    def lines(self) -> SafeString:
        """The days as rows of a table: day, whether it counts, why. There may be a hundred."""
        weekdays = [escape(str(WEEKDAYS_ABBR[number])) for number in range(7)]
        return mark_safe(  # noqa: S308 -- every word went through escape
            "".join(
                f'<tr><td class="date">{day.on:%m-%d} {weekdays[day.on.weekday()]}</td>'
                f"<td>{'✓' if day.counted else '–'}</td><td>{escape(str(day.reason))}</td></tr>"
                for day in self.days
            )
        )


def explain(assignment: Assignment) -> Count | None:
    """Return the count behind the day an answer is due; None when no rule was written down.

    It is counted with today's calendar: a day set by hand or moved since shows as a count that ends on another day.
    """
    rule = assignment.rule
    if rule is None:
        return None
    start, calendar = assignment.handed_over_on, calendar_for(assignment.committee)
    days = deadlines.explain(start, rule.amount, rule.unit, calendar=calendar, roll=rule.rolls_forward)
    is_provisional = by_rule(rule, start, calendar).provisional
    return Count(rule, days, days[-1].on == assignment.due_on, is_provisional)
