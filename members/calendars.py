"""The working calendar of a committee: the national one with its own days."""

from __future__ import annotations

from kit.deadlines import WorkCalendar

from .models import CalendarDay, Committee


def calendar_for(committee: Committee) -> WorkCalendar:
    """Return the committee's calendar; its own days win over the national ones."""
    own = list(CalendarDay.objects.filter(committee=committee).values_list("day", "is_workday", "label"))
    return WorkCalendar({day: works for day, works, _label in own}, {day: label for day, _works, label in own})
