"""Rota: which days a duty rule gives, where holidays move them, and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kit import recurrence
from kit.deadlines import WorkCalendar

from .models import DutyRule
from .states import DutyKind

WEEKEND = 5  # Saturday, counted from Monday as 0


@dataclass(frozen=True)
class RuleDay:
    """One day by the rule and what becomes of it: `on` is the duty day (None: no duty), `reason` why it differs."""

    rule_day: date
    on: date | None
    question: bool = False
    reason: str = ""


def month_days_of(text: str) -> list[int]:
    """Return the days of the month written like “10、20”; raises ValueError for anything that is no such list."""
    parts = text.replace("，", ",").replace("、", ",").replace(" ", ",").split(",")
    days = sorted({int(part) for part in parts if part})
    if not days or not 1 <= days[0] <= days[-1] <= 31:
        raise ValueError("days of the month go from 1 to 31")
    return days


def rule_dates(rule: DutyRule, start: date, end: date) -> list[date]:
    """Return the days the rule names from start to end, both included, within its time of validity."""
    start = max(start, rule.valid_from)
    end = min(end, rule.valid_until) if rule.valid_until else end
    if start > end:
        return []
    if rule.kind == DutyKind.NTH_WEEKEND:
        return recurrence.nth_weekend(rule.nth or 0, start, end)
    if rule.kind == DutyKind.MONTH_DAYS:
        return recurrence.days_of_month(month_days_of(rule.month_days), start, end)
    return recurrence.weekly(rule.weekday or 0, start, end)


def rule_days(
    rule: DutyRule, start: date, end: date, *, calendar: WorkCalendar, taken: Collection[date] = ()
) -> list[RuleDay]:
    """Return every day the rule gives from start to end, with where it ends up under the rule's two policies.

    `taken` are days on which the rule has a duty already: what is moved onto such a day, or onto one given here
    earlier, is joined with it. Source: domain, duty days (holiday policy, adjusted-workday policy).
    """
    at_weekends = rule.kind == DutyKind.NTH_WEEKEND or (rule.weekday is not None and rule.weekday >= WEEKEND)
    busy = set(taken)
    found = []
    for day in rule_dates(rule, start, end):
        placed = recurrence.place(
            day,
            policy=rule.holiday_policy,
            adjusted_policy=rule.adjusted_policy,
            calendar=calendar,
            weekend_duty=at_weekends,
        )
        why = _reason(day, calendar)
        if placed.on is None:
            found.append(RuleDay(day, None, reason=_("%(why)s: no duty") % {"why": why}))
        elif placed.on in busy:
            found.append(RuleDay(day, None, reason=_("%(why)s: joined with the duty of that day") % {"why": why}))
        else:
            busy.add(placed.on)
            moved = _("%(why)s: moved") % {"why": why} if placed.moved_from else ""
            asked = _("%(why)s: keep it or move it?") % {"why": why} if placed.question else ""
            found.append(RuleDay(day, placed.on, placed.question, moved or asked))
    return found


def _reason(day: date, calendar: WorkCalendar) -> str:
    """Say what is special about a day."""
    if calendar.is_adjusted_workday(day):
        return _("adjusted working day")
    return calendar.holiday_name(day) or _("weekend")
