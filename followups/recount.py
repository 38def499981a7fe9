"""What a new calendar does to the clocks that run: which open dates it moves, and moving them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from kit.deadlines import WorkCalendar
from members.calendars import DayMove, calendar_for
from members.models import CalendarVersion, Committee, Person

from . import notices
from .actions.days import move_due
from .clocks import by_rule, lights_before
from .models import Assignment, DeadlineRule
from .states import AssignmentState, DueCause


@dataclass(frozen=True)
class Days:
    """The days of an assignment that a calendar decides."""

    sign_due: date
    due_on: date
    blue_on: date
    yellow_on: date
    is_provisional: bool

    @classmethod
    def of(cls, assignment: Assignment) -> Days:
        """Return the days as they are written down."""
        return cls(**{name: getattr(assignment, name) for name in cls.__dataclass_fields__})


class AssignmentDays:
    """The days of open assignments, counted again (see `members.calendars.Dependant`).

    A day that the calendar before does not lead to was set by hand or moved by an act, and stays.
    """

    def moves(self, committee: Committee, before: WorkCalendar, after: WorkCalendar) -> list[DayMove]:
        """Return every open day that moves, by the day it was due."""
        words = {
            "sign_due": _("Sign by"),
            "due_on": _("Answer due"),
            "blue_on": _("Blue from"),
            "yellow_on": _("Yellow from"),
        }
        return [
            DayMove(assignment.title, assignment.unit.name, word, old, new, assignment.get_absolute_url())
            for assignment, was, becomes in _recounted(committee, before, after)
            for name, word in words.items()
            if (old := getattr(was, name)) != (new := getattr(becomes, name))
        ]

    def recount(
        self, committee: Committee, before: WorkCalendar, version: CalendarVersion, *, by: Person | None, at: datetime
    ) -> None:
        """Move the days, keep the old ones, owe the reminders of the new ones; every open one is of this version."""
        after, on = calendar_for(committee), timezone.localdate(at)
        words = _("Calendar version %(number)d") % {"number": version.number}
        words = f"{words} · {version.source}" if version.source else words
        for assignment, was, becomes in list(_recounted(committee, before, after)):
            assignment.committee, assignment.sign_due = committee, becomes.sign_due
            if was.due_on != becomes.due_on:
                move_due(assignment, to=becomes.due_on, cause=DueCause.CALENDAR, by=by, on=on, words=words)
            for name in Days.__dataclass_fields__:
                setattr(assignment, name, getattr(becomes, name))
            assignment.save(update_fields=list(Days.__dataclass_fields__))
            if was.sign_due != becomes.sign_due:
                notices.signing_moved(assignment, on=on)
        Assignment.objects.filter(committee=committee).open().update(calendar_version=version.number)


def _recounted(
    committee: Committee, before: WorkCalendar, after: WorkCalendar
) -> Iterator[tuple[Assignment, Days, Days]]:
    """Return the open assignments whose days differ between two calendars: it, its days, and what they become."""
    signing = list(DeadlineRule.objects.filter(committee=committee, key="sign").order_by("-version"))
    found = Assignment.objects.filter(committee=committee).open().select_related("unit", "rule")
    for assignment in found.order_by("due_on", "pk"):
        sign = next((rule for rule in signing if rule.valid_from <= assignment.handed_over_on), None)
        was, becomes = Days.of(assignment), _days(assignment, sign, before, after)
        if was != becomes:
            yield assignment, was, becomes


def _days(assignment: Assignment, sign: DeadlineRule | None, before: WorkCalendar, after: WorkCalendar) -> Days:
    """Return the days of an assignment by the calendar after; what the one before does not explain stays."""
    rule, start, was = assignment.rule, assignment.handed_over_on, Days.of(assignment)
    due_on, is_provisional = was.due_on, not after.is_known(was.due_on.year)
    if rule and by_rule(rule, start, before).on == was.due_on:
        due_on, is_provisional = by_rule(rule, start, after)
    sign_due = was.sign_due
    unsigned = sign if assignment.state == AssignmentState.HANDED_OVER else None
    if unsigned and min(by_rule(unsigned, start, before).on, was.due_on) == was.sign_due:
        counted = by_rule(unsigned, start, after)
        sign_due, is_provisional = min(counted.on, due_on), is_provisional or counted.provisional
    blue_on, yellow_on = was.blue_on, was.yellow_on
    if rule and (blue_on, yellow_on) == lights_before(was.due_on, rule, before):
        blue_on, yellow_on = lights_before(due_on, rule, after)
    return Days(sign_due, due_on, blue_on, yellow_on, is_provisional)
