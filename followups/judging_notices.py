"""Notices about judging: who is asked what they say, what the office hears of it, and when to look again."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from kit import deadlines
from members.calendars import calendar_for
from members.notices import office_of, promise, withdraw

from .models import Assignment, LookBack, Rating, Reply
from .notices import morning_of

FEEDBACK_AFTER = (5, 10, 14)  # working days after the answer; source: domain, reminders and escalation


def feedback_asked(assignment: Assignment, reply: Reply, *, on: date) -> None:
    """Tell whoever raised it the answer and ask what they say to it; remind them while it can still be waited for."""
    if assignment.raised_by is None:
        return
    until = assignment.feedback_due
    words = {
        "title": assignment.title, "unit": assignment.unit, "answer": reply.text[:200],
        "until": f"{until:%Y-%m-%d}" if until else "",
    }  # fmt: skip
    about = {"context": words, "url": reverse("followups:rate", args=[assignment.pk])}
    first = f"assignment:{assignment.pk}:answered:{reply.pk}"
    promise([assignment.raised_by], key=first, template="notices/followups/feedback_asked", **about)
    calendar = calendar_for(assignment.committee)
    for days in FEEDBACK_AFTER:
        day = deadlines.add_workdays(on, days, calendar=calendar)
        if until and day <= until:
            promise(
                [assignment.raised_by],
                key=f"assignment:{assignment.pk}:feedback:{reply.pk}:{days}",
                template="notices/followups/feedback_reminder",
                at=morning_of(day),
                **about,
            )


def feedback_over(assignment: Assignment) -> None:
    """Take back the reminders to say something."""
    withdraw(key_prefix=f"assignment:{assignment.pk}:feedback:")


def rated(rating: Rating) -> None:
    """Tell the office what whoever raised it said; the unit is told neither what was said nor by whom."""
    assignment = rating.assignment
    feedback_over(assignment)
    promise(
        office_of(rating.committee_id),
        key=f"assignment:{assignment.pk}:rated:{rating.round}",
        template="notices/followups/rated",
        context={
            "title": assignment.title,
            "unit": assignment.unit,
            "result": rating.get_result_display(),
            "words": rating.words,
        },
        url=assignment.get_absolute_url(),
    )


def look_planned(look: LookBack) -> None:
    """Owe the office the word that the day of a later look has come."""
    assignment = look.assignment
    promise(
        office_of(look.committee_id),
        key=f"assignment:{assignment.pk}:look:{look.pk}",
        template="notices/followups/look_due",
        context={"title": assignment.title, "unit": assignment.unit, "due_on": f"{look.due_on:%Y-%m-%d}"},
        url=reverse("followups:look_write", args=[look.pk]),
        at=morning_of(look.due_on),
    )


def look_done(look: LookBack) -> None:
    """Take back the word that a look is due."""
    withdraw(key_prefix=f"assignment:{look.assignment_id}:look:{look.pk}")
