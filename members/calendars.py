"""The working calendar of a committee: the national one with its own days."""

from __future__ import annotations

from kit.deadlines import WorkCalendar

from .models import CalendarDay, Committee


def calendar_for(committee: Committee) -> WorkCalendar:
    """Return the committee's calendar; its own days win over the national ones."""
    return WorkCalendar(dict(CalendarDay.objects.filter(committee=committee).values_list("day", "is_workday")))
