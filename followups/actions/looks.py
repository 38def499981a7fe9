"""Later looks (回头看): planned by the clock or by hand, and what was found."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kit import workflow
from members.models import Person

from .. import judging_notices
from ..clocks import MissingClock, due_day
from ..models import Assignment, LookBack
from ..states import JUDGED_IN, AssignmentState, Finding
from .judging import rehandle, reopen


@transaction.atomic
def plan_look_back(assignment: Assignment, *, due_on: date) -> LookBack:
    """Plan a later look (回头看), and owe the office the word that its day has come.

    Refused before there is an answer to look back on.
    """
    if assignment.state not in JUDGED_IN:
        raise workflow.MoveRefused(workflow.refusal(assignment))
    look = LookBack.objects.create(committee=assignment.committee, assignment=assignment, due_on=due_on)
    judging_notices.look_planned(look)
    return look


def plan_tracking(assignment: Assignment, *, on: date) -> LookBack | None:
    """Plan the look that a tracked degree asks for, by the clock `track`; None when nothing is to be planned.

    Another look ahead is enough. Source: domain, proposals: look-backs aim at turning B and C into A, every 90 days.
    """
    if assignment.degree is None or not assignment.degree.is_tracked or assignment.look_backs.ahead().exists():
        return None
    try:
        due_on = due_day(assignment.committee, "track", on=on).on
    except MissingClock:
        return None
    return plan_look_back(assignment, due_on=due_on)


@transaction.atomic
def look_back(look: LookBack, *, by: Person, finding: Finding | str, words: str, on: date) -> None:
    """Write down what a later look found; what is not done is taken up again, what is partly done is looked at again.

    Refused a second time.
    """
    finding = Finding(finding)
    changed = LookBack.objects.filter(pk=look.pk, done_on=None).update(done_on=on, finding=finding, words=words, by=by)
    if changed != 1:
        raise workflow.MoveRefused(_("Somebody else has written down what was found."))
    look.refresh_from_db()
    judging_notices.look_done(look)
    assignment = look.assignment
    if finding == Finding.NOT and assignment.state == AssignmentState.CLOSED:
        reopen(assignment, by=by, reason=words, on=on)
    elif finding == Finding.NOT and assignment.state == AssignmentState.ANSWERED:
        rehandle(assignment, by=by, reason=words, on=on)
    elif finding == Finding.PARTLY and assignment.state in JUDGED_IN and not assignment.look_backs.ahead().exists():
        plan_look_back(assignment, due_on=due_day(assignment.committee, "track", on=on).on)
