"""What a unit asks the office for, and the office's decision: release, more time, a pause."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kit import deadlines, workflow
from kit.deadlines import Unit as ClockUnit
from members.calendars import calendar_for
from members.models import Person, Unit

from .. import notices
from ..clocks import due_day, set_clock
from ..models import Assignment, Draft, UnitRequest
from ..states import ASKED_IN, OPEN, DueCause, Part, RequestKind, RequestState
from .days import move_due
from .passes import take_back_passes


def check_ask(assignment: Assignment, *, kind: RequestKind | str, on: date) -> None:
    """Raise MoveRefused when a unit may not ask for this now, whatever it would write.

    Source: domain, proposals: release within seven working days of the hand-over, late = no change.
    """
    kind = RequestKind(kind)
    if assignment.state not in ASKED_IN[kind]:
        raise workflow.MoveRefused(workflow.refusal(assignment))
    if kind == RequestKind.RELEASE:
        last = due_day(assignment.committee, "release", on=assignment.handed_over_on).on
        if on > last:
            raise workflow.MoveRefused(_("Release could be asked for until %(day)s.") % {"day": last})
    if kind == RequestKind.EXTENSION and on > assignment.due_on:
        raise workflow.MoveRefused(_("More time is asked for before the day is past."))
    if assignment.requests.filter(state=RequestState.PENDING).exists():
        raise workflow.MoveRefused(_("Another request about this still waits to be decided."))


@transaction.atomic
def ask(
    assignment: Assignment, *, by: Person, kind: RequestKind | str, reason: str, on: date, wished_on: date | None = None
) -> UnitRequest:
    """Ask the office for release, more time or a pause; it is to be decided by the clock `decide`.

    Tells the office. Refused in a state that does not allow it, while another request waits, a release later than the
    clock `release` allows, more time once the day is past, and a wished day that is none later.
    """
    kind = RequestKind(kind)
    committee = assignment.committee
    check_ask(assignment, kind=kind, on=on)
    if kind == RequestKind.EXTENSION and (wished_on is None or wished_on <= assignment.due_on):
        raise workflow.MoveRefused(_("Please wish for a day after %(day)s.") % {"day": assignment.due_on})
    try:
        with transaction.atomic():
            request = UnitRequest.objects.create(
                committee=committee,
                assignment=assignment,
                unit=assignment.unit,
                kind=kind,
                reason=reason,
                wished_on=wished_on if kind == RequestKind.EXTENSION else None,
                asked_on=on,
                by=by,
                decide_by=due_day(committee, "decide", on=on).on,
            )
    except IntegrityError as waiting:
        raise workflow.MoveRefused(_("Another request about this still waits to be decided.")) from waiting
    notices.requested(request)
    return request


@transaction.atomic
def grant(
    request: UnitRequest, *, by: Person, on: date, words: str = "", unit: Unit | None = None, until: date | None = None
) -> None:
    """Grant a request: pass the assignment on to `unit`, give time `until` (the wished day when None), or pause it.

    Tells who asked. Refused once it is decided, when the assignment has moved on, and a release without another unit.
    """
    assignment = request.assignment
    workflow.apply(request, "grant", by=by, note=words, decided_on=on, decision=words)
    if request.kind == RequestKind.RELEASE:
        _pass_on(assignment, by=by, on=on, unit=unit, words=words or request.reason)
    elif request.kind == RequestKind.EXTENSION:
        to = until or request.wished_on
        if assignment.state not in OPEN or to is None or to <= assignment.due_on:
            raise workflow.MoveRefused(workflow.refusal(assignment))
        Assignment.objects.filter(pk=assignment.pk).update(extensions=F("extensions") + 1)
        move_due(assignment, to=to, cause=DueCause.EXTENSION, by=by, on=on, words=request.reason)
    else:
        workflow.apply(assignment, "pause", by=by, note=request.reason, paused_on=on)
        notices.paused(assignment)
    notices.decided(request)


def _pass_on(assignment: Assignment, *, by: Person, on: date, unit: Unit | None, words: str) -> None:
    """Give it to another unit with the whole clock again; the receipt that was given stays.

    What the unit kept to itself – a draft, promises not yet kept – does not go with it.
    """
    if unit is None or unit.pk == assignment.unit_id:
        raise workflow.MoveRefused(_("Please name another unit that takes it over."))
    if Assignment.objects.together_with(assignment).filter(unit=unit).exists():
        raise workflow.MoveRefused(_("“%(unit)s” has a part in this already.") % {"unit": unit})
    notices.taken_from(assignment)
    take_back_passes(assignment)
    Draft.objects.filter(assignment=assignment).delete()
    assignment.milestones.filter(done_on=None).delete()
    key = assignment.rule.key if assignment.rule else "outcome"
    clock = set_clock(assignment.committee, key, on=on)
    try:
        with transaction.atomic():
            workflow.apply(
                assignment,
                "pass_on",
                by=by,
                note=f"{assignment.unit} → {unit}\n{words}",
                unit=unit,
                handler="",
                signed_on=None,
                contacted_on=None,
                next_milestone_on=None,
                sign_due=clock.sign_due,
            )
    except IntegrityError as taken:  # somebody gave it a part at this moment
        raise workflow.MoveRefused(_("“%(unit)s” has a part in this already.") % {"unit": unit}) from taken
    later = max(clock.due_on, assignment.due_on)
    if assignment.part == Part.ASSIST and assignment.part_of:
        later = max(min(later, assignment.part_of.due_on), assignment.due_on)  # an opinion comes before the answer
    move_due(assignment, to=later, cause=DueCause.PASS_ON, by=by, on=on, words=words)
    notices.passed_on(assignment, on=on)


@transaction.atomic
def refuse(request: UnitRequest, *, by: Person, on: date, words: str) -> None:
    """Refuse a request with a reason. Tells who asked. Refused once it is decided."""
    workflow.apply(request, "refuse", by=by, note=words, decided_on=on, decision=words)
    notices.decided(request)


def take_back(request: UnitRequest, *, by: Person) -> None:
    """Take a request back before it is decided."""
    workflow.apply(request, "withdraw", by=by)


@transaction.atomic
def resume(assignment: Assignment, *, by: Person, on: date, words: str = "") -> None:
    """Let the clock of a paused assignment run on; its day moves by the days it stood still.

    Refused unless it is paused.
    """
    stood = max((on - assignment.paused_on).days, 0) if assignment.paused_on else 0
    workflow.apply(assignment, "resume", by=by, note=words, paused_on=None)
    calendar = calendar_for(assignment.committee)
    to = deadlines.due(assignment.due_on, stood, ClockUnit.CD, calendar=calendar).on
    move_due(assignment, to=to, cause=DueCause.PAUSE, by=by, on=on, words=words)
