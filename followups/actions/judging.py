"""Judging: what those who raised it say, doing it again, and later looks."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import workflow
from members.models import Person

from .. import notices
from ..clocks import due_day
from ..models import Assignment, LookBack, Rating
from ..states import AssignmentState, DueCause, Finding, Result
from .days import move_due

JUDGED_IN = (AssignmentState.ANSWERED, AssignmentState.CLOSED)


@transaction.atomic
def rate(
    assignment: Assignment,
    *,
    by: Person | None,
    result: Result | str,
    attitude: str = "",
    contact: str = "",
    to_the_point: str = "",
    words: str = "",
) -> Rating:
    """Write down what whoever raised it says to the answer; the way and the result apart, never through the unit.

    Tells the office. Refused before it is answered, and a second time for the same answer. `by` is None when the clock
    writes down that nothing was said. Source: domain, proposals: feedback goes past the handling unit.
    """
    if assignment.state not in JUDGED_IN:
        raise workflow.MoveRefused(_("It is judged when it has been answered."))
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                committee=assignment.committee,
                assignment=assignment,
                round=assignment.rounds,
                result=Result(result),
                attitude=attitude,
                contact=contact,
                to_the_point=to_the_point,
                words=words,
                by=by,
                at=timezone.now(),
            )
    except IntegrityError as given:
        raise workflow.MoveRefused(_("This answer has been judged already.")) from given
    Assignment.objects.filter(pk=assignment.pk).update(rating=rating.result)
    assignment.rating = rating.result
    notices.rated(rating)
    return rating


@transaction.atomic
def rehandle(assignment: Assignment, *, by: Person, reason: str, on: date) -> None:
    """Have an answered assignment handled a second time, under the clock `rehandle`.

    Tells the unit. Refused unless it is answered. Source: domain, proposals (二次办理).
    """
    _again(assignment, "rehandle", DueCause.REHANDLE, by=by, reason=reason, on=on)


@transaction.atomic
def reopen(assignment: Assignment, *, by: Person, reason: str, on: date) -> None:
    """Take up again what was struck off, with words, under the clock `rehandle`; the old proof stays in the history.

    Tells the unit. Refused unless it is struck off.
    """
    _again(assignment, "reopen", DueCause.REOPEN, by=by, reason=reason, on=on, closed_on=None, proof="")


def _again(
    assignment: Assignment, verb: str, cause: DueCause, *, by: Person, reason: str, on: date, **fields: object
) -> None:
    to = due_day(assignment.committee, "rehandle", on=on).on
    workflow.apply(
        assignment,
        verb,
        by=by,
        note=reason,
        answered_on=None,
        degree=None,
        rating="",
        rounds=F("rounds") + 1,
        **fields,
    )
    assignment.refresh_from_db(fields=["rounds"])
    move_due(assignment, to=max(to, assignment.handed_over_on), cause=cause, by=by, on=on, words=reason)
    notices.taken_up_again(assignment, reason)


def plan_look_back(assignment: Assignment, *, due_on: date) -> LookBack:
    """Plan a later look (回头看)."""
    return LookBack.objects.create(committee=assignment.committee, assignment=assignment, due_on=due_on)


@transaction.atomic
def look_back(look: LookBack, *, by: Person, finding: Finding | str, words: str, on: date) -> None:
    """Write down what a later look found; what is not done is reopened, what is partly done is looked at again.

    Refused a second time. Source: domain, proposals: look-backs aim at turning B and C into A, every 90 days.
    """
    finding = Finding(finding)
    changed = LookBack.objects.filter(pk=look.pk, done_on=None).update(done_on=on, finding=finding, words=words, by=by)
    if changed != 1:
        raise workflow.MoveRefused(_("Somebody else has written down what was found."))
    look.refresh_from_db()
    assignment = look.assignment
    if finding == Finding.NOT and assignment.state == AssignmentState.CLOSED:
        reopen(assignment, by=by, reason=words, on=on)
    elif finding == Finding.PARTLY:
        plan_look_back(assignment, due_on=due_day(assignment.committee, "track", on=on).on)
