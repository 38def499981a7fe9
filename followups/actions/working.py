"""What a unit does while it handles something: contacts, milestones, and an answer that is still inside the unit."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import workflow
from members.models import Person

from ..models import Assignment, Degree, Draft, Milestone, Reply
from ..states import OPEN, ContactWay
from .assignments import answer


def note_contact(assignment: Assignment, *, by: Person, way: ContactWay | str, text: str, on: date) -> None:
    """Write down that the unit heard whoever raised it; the first time is kept as the first contact.

    Refused before it is signed for and after it is answered. Source: domain, proposals: meet the proposer in time.
    """
    way = ContactWay(way)
    workflow.apply(
        assignment,
        "contact",
        by=by,
        note=": ".join(part for part in (str(way.label), text) if part),
        contacted_on=assignment.contacted_on or on,
    )


@transaction.atomic
def add_milestone(assignment: Assignment, *, by: Person, title: str, due_on: date) -> Milestone:
    """Promise something in between. Refused once it is answered, and for a day after the answer is due."""
    if assignment.state not in OPEN:
        raise workflow.MoveRefused(workflow.refusal(assignment))
    if due_on > assignment.due_on:
        raise workflow.MoveRefused(_("A milestone lies before the day the answer is due."))
    milestone = Milestone.objects.create(
        committee=assignment.committee, assignment=assignment, title=title, due_on=due_on
    )
    _look_ahead(assignment)
    return milestone


@transaction.atomic
def reach_milestone(milestone: Milestone, *, by: Person, on: date) -> None:
    """Write down that a milestone is reached; a second time changes nothing."""
    assignment = milestone.assignment
    if assignment.state not in OPEN:
        raise workflow.MoveRefused(workflow.refusal(assignment))
    Milestone.objects.filter(pk=milestone.pk, done_on=None).update(done_on=on)
    _look_ahead(assignment)


def _look_ahead(assignment: Assignment) -> None:
    """Keep the first milestone that is still ahead on the assignment, where lists read it."""
    ahead = assignment.milestones.filter(done_on=None).order_by("due_on").values_list("due_on", flat=True).first()
    Assignment.objects.filter(pk=assignment.pk).update(next_milestone_on=ahead)
    assignment.next_milestone_on = ahead


@transaction.atomic
def save_draft(assignment: Assignment, *, by: Person, text: str, degree: Degree | None = None) -> Draft:
    """Keep an answer inside the unit until it is cleared there; the last one who wrote it is its author."""
    if assignment.state not in OPEN:
        raise workflow.MoveRefused(workflow.refusal(assignment))
    draft, _made = Draft.objects.update_or_create(
        assignment=assignment,
        defaults={
            "committee": assignment.committee, "text": text, "degree": degree, "by": by, "at": timezone.now()
        },
    )  # fmt: skip
    return draft


@transaction.atomic
def clear_draft(draft: Draft, *, by: Person, on: date) -> Reply:
    """Clear a draft inside the unit and send it as the unit's answer. Refused to whoever wrote it."""
    if draft.by_id == by.pk:
        raise workflow.MoveRefused(_("Somebody else in the unit clears what you wrote."))
    reply = answer(draft.assignment, by=by, text=draft.text, degree=draft.degree, on=on)
    draft.delete()
    return reply
