"""Judging: what those who raised it say to an answer, silence, and handling it again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import workflow
from members.models import Committee, Person

from .. import judging_notices, notices
from ..clocks import MissingClock, due_day
from ..models import Assignment, Rating, Reply
from ..origins import follow_again, follow_judged
from ..states import JUDGED_IN, NOT_SAID, TRIES, DueCause, Part, Result
from .days import move_due


def words_of_tries(tries: int | None, words: str) -> str:
    """Return the words of a judgement nobody could be reached for: how often it was tried stands before them.

    Raises MoveRefused below three. Source: domain, residents' matters: not reached after three tries.
    """
    if not tries or tries < TRIES:
        raise workflow.MoveRefused(
            _("Somebody counts as not reached after %(tries)d tries on different occasions.") % {"tries": TRIES}
        )
    return _("Tried %(tries)d times without reaching anybody. %(words)s").strip() % {"tries": tries, "words": words}


def ask_for_feedback(assignment: Assignment, reply: Reply, *, on: date) -> None:
    """Ask whoever raised it what they say to an answer, and set the day until which they may be waited for.

    An opinion given to a leading unit is not judged. A committee without the clock `feedback` waits without end.
    Source: domain, reminders: after five, ten and fourteen working days; after fifteen it is no feedback.
    """
    if assignment.raised_by_id is None or assignment.part == Part.ASSIST:
        return
    try:
        until = due_day(assignment.committee, "feedback", on=on).on
    except MissingClock:
        until = None
    Assignment.objects.filter(pk=assignment.pk).update(feedback_due=until)
    assignment.feedback_due = until
    judging_notices.feedback_asked(assignment, reply, on=on)


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
    tries: int | None = None,
) -> Rating:
    """Write down what whoever raised it says to the answer; the way and the result apart, never through the unit.

    Tells the office and whatever the assignment came from. Refused before it is answered, to an assisting unit's
    opinion, a second time for the same answer (what was taken for silence may still be said), and “could not be
    reached” before three tries. Source: domain, proposals: feedback goes past the handling unit.
    """
    if result == Result.UNREACHED:
        words = words_of_tries(tries, words)
    said = {
        "result": Result(result), "attitude": attitude, "contact": contact, "to_the_point": to_the_point,
        "words": words, "by": by, "at": timezone.now(),
    }  # fmt: skip
    rating = _write(assignment, said)
    judging_notices.rated(rating)
    follow_judged(assignment, rating)
    return rating


def _write(assignment: Assignment, said: dict[str, Any]) -> Rating:
    """Write the judgement of this answer, or write it over the silence that was noted for it."""
    if assignment.state not in JUDGED_IN:
        raise workflow.MoveRefused(_("It is judged when it has been answered."))
    if assignment.part == Part.ASSIST:
        raise workflow.MoveRefused(_("An opinion to the leading unit is not judged; its answer is."))
    # The row of the assignment is taken first: nothing can be judged while it is being moved.
    held = Assignment.objects.filter(
        pk=assignment.pk, state__in=JUDGED_IN, rounds=assignment.rounds, rating__in=NOT_SAID
    ).update(rating=said["result"])
    given = _("This answer has been judged already.")
    if not held:
        raise workflow.MoveRefused(given)
    this_time = Rating.objects.filter(assignment=assignment, round=assignment.rounds)
    if this_time.filter(result=Result.SILENT).update(**said):
        rating = this_time.get()
    else:
        try:
            with transaction.atomic():
                rating = Rating.objects.create(
                    committee=assignment.committee, assignment=assignment, round=assignment.rounds, **said
                )
        except IntegrityError as twice:
            raise workflow.MoveRefused(given) from twice
    assignment.rating = rating.result
    rating.assignment = assignment
    return rating


def note_silence(committee: Committee, *, on: date) -> int:
    """Write down for whoever was asked and has let the day pass that no feedback was given; returns how many.

    It is no satisfaction, and may still be replaced by what they say. Source: domain, reminders (未反馈).
    """
    asked = Assignment.objects.filter(committee=committee, feedback_due__lt=on, rating="", state__in=JUDGED_IN)
    noted = 0
    for assignment in asked.order_by("feedback_due", "pk").iterator():
        said = dict.fromkeys(("attitude", "contact", "to_the_point", "words"), "")
        try:
            with transaction.atomic():
                _write(assignment, {**said, "result": Result.SILENT, "by": None, "at": timezone.now()})
        except workflow.MoveRefused:
            continue  # somebody spoke, or moved it, at this moment
        noted += 1
    return noted


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
    assignment: Assignment, verb: str, cause: DueCause, *, by: Person, reason: str, on: date, **fields: Any
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
        feedback_due=None,
        rounds=F("rounds") + 1,
        **fields,
    )
    assignment.refresh_from_db(fields=["rounds"])
    judging_notices.feedback_over(assignment)
    move_due(assignment, to=max(to, assignment.handed_over_on), cause=cause, by=by, on=on, words=reason)
    notices.taken_up_again(assignment, reason)
    follow_again(assignment, by=by, reason=reason, on=on)
