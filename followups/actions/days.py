"""Moving the day an answer is due, whatever the cause: old days are kept, lights and reminders follow."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from members.calendars import calendar_for
from members.models import Person

from .. import notices
from ..clocks import lights_before
from ..models import Assignment, DueChange
from ..origins import follow_moved
from ..states import DueCause


@transaction.atomic
def move_due(
    assignment: Assignment, *, to: date, cause: DueCause, by: Person | None, on: date, words: str = ""
) -> DueChange:
    """Move the day an answer is due, write down both days, and owe the reminders of the new one that lie after `on`.

    What was promised for that day in the rooms above follows. `by` is None when a calendar moved it. The state stays as
    it is: moves that also change the state call this inside their own transaction.
    """
    old = assignment.due_on
    if assignment.rule:
        blue_on, yellow_on = lights_before(to, assignment.rule, calendar_for(assignment.committee))
    else:  # no rule says when its lights change, so they move with the day
        blue_on, yellow_on = assignment.blue_on + (to - old), assignment.yellow_on + (to - old)
    Assignment.objects.filter(pk=assignment.pk).update(due_on=to, blue_on=blue_on, yellow_on=yellow_on)
    assignment.due_on, assignment.blue_on, assignment.yellow_on = to, blue_on, yellow_on
    change = DueChange.objects.create(
        committee=assignment.committee,
        assignment=assignment,
        cause=cause,
        old_due=old,
        new_due=to,
        words=words,
        by=by,
        at=timezone.now(),
    )
    notices.day_moved(assignment, change, on=on)
    if to != old:
        follow_moved(assignment, change)
    return change
