"""What a unit does while it handles something: who handles it, contacts, milestones, and drafts inside the unit."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import workflow
from members.models import Person

from .. import notices
from ..models import Assignment, Degree, Draft, Milestone, Reply
from ..states import ACTS_IN, OPEN, ContactWay
from .assignments import answer
from .quiet import write_step


@transaction.atomic
def name_handler(assignment: Assignment, *, by: Person, handler: str) -> None:
    """Name who in the unit handles it, also after it was signed for. Refused before that and after the answer."""
    _check(assignment, "handler")
    old = assignment.handler
    if Assignment.objects.filter(pk=assignment.pk, state=assignment.state, handler=old).update(handler=handler) != 1:
        raise _changed()
    assignment.handler = handler
    if handler != old:
        write_step(assignment, "handler", by=by, note=f"{old} → {handler}" if old else handler)


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
    _hold_open(assignment)
    if due_on > assignment.due_on:
        raise workflow.MoveRefused(_("A milestone lies before the day the answer is due."))
    milestone = Milestone.objects.create(
        committee=assignment.committee, assignment=assignment, title=title, due_on=due_on
    )
    write_step(assignment, "milestone", by=by, note=f"{title} ({due_on:%Y-%m-%d})")
    _look_ahead(assignment)
    return milestone


@transaction.atomic
def reach_milestone(milestone: Milestone, *, by: Person, on: date) -> None:
    """Write down that a milestone is reached; a second time changes nothing. Refused once it is answered."""
    assignment = milestone.assignment
    _hold_open(assignment)
    if Milestone.objects.filter(pk=milestone.pk, done_on=None).update(done_on=on):
        write_step(assignment, "reach", by=by, note=milestone.title)
        _look_ahead(assignment)


def _hold_open(assignment: Assignment) -> None:
    """Hold the assignment until the end of the transaction; refused once it is answered."""
    if not Assignment.objects.filter(pk=assignment.pk, state__in=OPEN).update(rounds=F("rounds")):
        assignment.refresh_from_db(fields=["state"])
        raise workflow.MoveRefused(workflow.refusal(assignment))


def _look_ahead(assignment: Assignment) -> None:
    """Keep the first milestone that is still ahead on the assignment, where lists read it."""
    ahead = assignment.milestones.filter(done_on=None).order_by("due_on").values_list("due_on", flat=True).first()
    Assignment.objects.filter(pk=assignment.pk).update(next_milestone_on=ahead)
    assignment.next_milestone_on = ahead


@transaction.atomic
def set_supervision(assignment: Assignment, *, by: Person, level: str, external_number: str) -> None:
    """Say who presses (two offices, a special committee, a chair) and the number it has with a supervision office.

    Refused once it is struck off, and for a number that another assignment has.
    """
    _check(assignment, "supervise")
    as_read = {"state": assignment.state, "level": assignment.level, "external_number": assignment.external_number}
    held = Assignment.objects.filter(pk=assignment.pk, **as_read)
    try:
        with transaction.atomic():
            changed = held.update(level=level, external_number=external_number)
    except IntegrityError as taken:
        words = _("The number “%(number)s” is given to another assignment already.")
        raise workflow.MoveRefused(words % {"number": external_number}) from taken
    if changed != 1:
        raise _changed()
    assignment.level, assignment.external_number = level, external_number
    words = " · ".join(part for part in (str(assignment.get_level_display()), external_number) if part)
    write_step(assignment, "supervise", by=by, note=words)


@transaction.atomic
def save_draft(
    assignment: Assignment,
    *,
    by: Person,
    text: str,
    degree: Degree | None = None,
    is_ready: bool = False,
    version: int | None = None,
) -> Draft:
    """Keep an answer inside the unit; the last one who wrote it is its author. With `is_ready` it waits to be cleared.

    Tells the unit's other officers that it waits. `version` is the draft that was read (0: none, None: not asked).
    Refused unless the assignment is in hand, and when somebody else changed the draft since it was read.
    """
    _check(assignment, "clear_draft")
    as_read = {"state": assignment.state, "unit": assignment.unit_id}
    # The update writes nothing new: it holds the row, so that drafts are written one after the other.
    if not Assignment.objects.filter(pk=assignment.pk, **as_read).update(rounds=F("rounds")):
        raise _changed()
    draft = Draft.objects.filter(assignment=assignment).first()
    if version is not None and version != (draft.version if draft else 0):
        raise workflow.MoveRefused(_("The draft has been changed since you read it."))
    draft = draft or Draft(committee=assignment.committee, assignment=assignment, version=0)
    draft.text, draft.degree, draft.by, draft.at = text, degree, by, timezone.now()
    draft.is_ready, draft.words, draft.version = is_ready, "", draft.version + 1
    draft.save()
    if is_ready:
        notices.draft_waits(draft)
    return draft


def give_answer(
    assignment: Assignment,
    *,
    by: Person,
    text: str,
    on: date,
    degree: Degree | None = None,
    as_draft: bool = False,
    version: int | None = None,
) -> Reply | Draft:
    """Answer for the unit, or keep the answer inside it: as a draft, or to be cleared where the unit wants that."""
    if as_draft or assignment.unit.clears_answers:
        return save_draft(assignment, by=by, text=text, degree=degree, is_ready=not as_draft, version=version)
    return answer(assignment, by=by, text=text, degree=degree, on=on)


@transaction.atomic
def clear_draft(draft: Draft, *, by: Person, on: date) -> Reply:
    """Clear a draft inside the unit and send it as the unit's answer.

    Refused to whoever wrote it, and when it was changed or taken away since it was read.
    """
    if draft.by_id == by.pk:
        raise workflow.MoveRefused(_("Somebody else in the unit clears what you wrote."))
    if not Draft.objects.filter(pk=draft.pk, version=draft.version).delete()[0]:
        raise workflow.MoveRefused(_("The draft has been changed since you read it."))
    return answer(draft.assignment, by=by, text=draft.text, degree=draft.degree, on=on)


@transaction.atomic
def return_draft(draft: Draft, *, by: Person, words: str) -> None:
    """Give a draft back to whoever wrote it, with words. Tells them.

    Refused unless it waits to be cleared, to whoever wrote it, and when it was changed since it was read.
    """
    if draft.by_id == by.pk:
        raise workflow.MoveRefused(_("Somebody else in the unit clears what you wrote."))
    waiting = Draft.objects.filter(pk=draft.pk, version=draft.version, is_ready=True)
    if waiting.update(is_ready=False, words=words, version=F("version") + 1) != 1:
        raise workflow.MoveRefused(_("The draft has been changed since you read it."))
    draft.refresh_from_db(fields=["is_ready", "words", "version"])
    notices.draft_returned(draft, by=by)


def _check(assignment: Assignment, act: str) -> None:
    """Refuse an act that moves nothing in a state in which it makes no sense."""
    if assignment.state not in ACTS_IN[act]:
        raise workflow.MoveRefused(workflow.refusal(assignment))


def _changed() -> workflow.MoveRefused:
    """Say that somebody else was faster."""
    return workflow.MoveRefused(_("Somebody else has changed this in the meantime."))
