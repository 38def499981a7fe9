"""What the follow-up room puts into the digest of the morning: a unit's assignments by the day they wait for."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from kit.cards import Row
from members.access import Actor
from members.digests import AHEAD, Section, by_day

from . import questions
from .models import Assignment
from .states import AssignmentState

MOST = 200
SHOWN = ("title", "state", "sign_due", "due_on")


def digest_for(actor: Actor, *, on: date) -> list[Section]:
    """Return what the units of an officer must sign for or answer: overdue, today, and in the next three days."""
    if not actor.is_officer:
        return []
    after = on + AHEAD + timedelta(days=1)
    asked = questions.is_overdue(after) | questions.is_unsigned_late(after)  # then, as things stand now
    waiting = Assignment.objects.handled_by(actor).filter(asked).reddest_first().only(*SHOWN)
    return by_day((_waits_for(assignment) for assignment in waiting[:MOST]), on=on)


def _waits_for(assignment: Assignment) -> tuple[date, Row]:
    """Return the next day an assignment waits for, and its line."""
    is_unsigned = assignment.state == AssignmentState.HANDED_OVER
    day = min(assignment.sign_due, assignment.due_on) if is_unsigned else assignment.due_on
    words = _("sign by %(day)s") if is_unsigned else _("due on %(day)s")
    return day, Row(assignment.title, assignment.get_absolute_url(), words % {"day": f"{day:%Y-%m-%d}"})
