"""What: the acts on an assignment, from hand-over to being struck off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import workflow
from kit.deadlines import Unit as ClockUnit
from members.models import Committee, Person, Unit
from members.numbers import next_number

from .. import judging_notices, list_notices, notices
from ..clocks import Clock, set_clock
from ..models import Assignment, DeadlineRule, Degree, Draft, Receipt, Reply, TaskList
from ..origins import Origin, follow_again
from ..states import Part
from .judging import ask_for_feedback
from .looks import plan_tracking


@transaction.atomic
def hand_over(
    *,
    committee: Committee,
    unit: Unit,
    title: str,
    request: str,
    rule: str,
    origin: Origin,
    by: Person,
    on: date,
    due_on: date | None = None,
    **more: Any,
) -> Assignment:
    """Hand something to a unit with a clock.

    `rule` names the DeadlineRule that gives the days; `due_on` overrides its answer day; `more` are further columns of
    the assignment (its part, its level, its list). Tells the unit's officers and owes them the reminders of the clock.
    Raises DeadlineRule.DoesNotExist when the committee lacks the rule.
    """
    clock = set_clock(committee, rule, on=on, due_on=due_on)
    assignment = write_down(
        committee=committee, unit=unit, title=title, request=request, origin=origin, on=on, clock=clock, **more
    )
    assignment.steps.create(
        committee=committee, verb="hand_over", from_state="", to_state=assignment.state, by=by, at=timezone.now()
    )
    notices.handed_over(assignment)
    return assignment


def write_down(
    *, committee: Committee, unit: Unit, title: str, request: str, origin: Origin, on: date, clock: Clock, **more: Any
) -> Assignment:
    """Write the row of an assignment handed over `on` under a clock; its first step is the caller's."""
    return Assignment.objects.create(
        committee=committee,
        unit=unit,
        title=title[:200],
        request=request,
        handed_over_on=on,
        **origin.fields,
        **clock.fields,
        **more,
    )


@transaction.atomic
def sign_for(assignment: Assignment, *, by: Person, on: date, handler: str = "") -> Receipt:
    """Take an assignment on and give the numbered receipt (收条); the series has no gaps.

    Tells whoever raised it. A unit it was passed on to signs under the receipt that was given before.
    Refused unless it is handed over and unsigned.
    """
    workflow.apply(assignment, "sign", by=by, signed_on=on, handler=handler)
    given = Receipt.objects.filter(assignment=assignment).first()
    if given is not None:
        notices.signed_again(assignment)
        return given
    receipt = Receipt.objects.create(
        committee=assignment.committee,
        assignment=assignment,
        year=on.year,
        number=next_number(assignment.committee, "receipt", on.year),
        issued_on=on,
        signed_by=by,
    )
    notices.signed_for(assignment, receipt)
    return receipt


@transaction.atomic
def sign_for_all(assignments: Sequence[Assignment], *, by: Person, on: date) -> list[Receipt]:
    """Sign for several at once, each with its own receipt; refused whole when one of them is refused."""
    return [sign_for(assignment, by=by, on=on) for assignment in assignments]


def report_progress(assignment: Assignment, *, by: Person, text: str) -> None:
    """Write down how far it has come. Refused before it is signed for and after it is answered."""
    workflow.apply(assignment, "progress", by=by, note=text)


@transaction.atomic
def answer(
    assignment: Assignment, *, by: Person, text: str, on: date, degree: Degree | None = None, at: datetime | None = None
) -> Reply:
    """Give the unit's written answer, with the degree of solution it claims.

    Tells the office and whoever raised it, an opinion also the leading unit, and takes back the reminders still owed.
    What the unit still asked for is taken back, its draft is gone. Refused unless it is in hand, and to a leading unit
    while an assisting one still owes its opinion in time. Source: domain, joint handling.
    """
    at = at or timezone.now()
    _ask_for_opinions(assignment, on=on)
    # Requests first, then the assignment: the order in which a grant takes them, so that neither waits for the other.
    for request in assignment.requests.pending():
        workflow.apply(request, "withdraw", by=by, at=at, note=_("Answered in the meantime."))
    late = max((on - assignment.due_on).days, assignment.late_days or 0, 0)
    workflow.apply(assignment, "answer", by=by, at=at, answered_on=on, degree=degree, late_days=late)
    reply = assignment.replies.create(committee=assignment.committee, text=text, degree=degree, by=by, at=at)
    Draft.objects.filter(assignment=assignment).delete()
    notices.answered(assignment, reply)
    ask_for_feedback(assignment, reply, on=on)
    if assignment.part == Part.ASSIST and assignment.part_of:
        notices.opinion_given(assignment, reply)
    _look_at_list(assignment, reply)
    return reply


def _look_at_list(assignment: Assignment, reply: Reply) -> None:
    """Tell the office when this was the last answer its task list waited for.

    The list is held meanwhile: of two units that answer at the same moment the second sees the first's answer.
    """
    if assignment.task_list_id is None:
        return
    TaskList.objects.filter(pk=assignment.task_list_id).update(title=F("title"))
    if not Assignment.objects.filter(task_list=assignment.task_list_id).open().exists():
        list_notices.list_answered(TaskList.objects.get(pk=assignment.task_list_id), reply)


def _ask_for_opinions(assignment: Assignment, *, on: date) -> None:
    """Refuse a leading unit's answer while an assisting unit is still in time with its opinion."""
    if assignment.part != Part.LEAD:
        return
    waiting = Assignment.objects.filter(part_of=assignment, part=Part.ASSIST, due_on__gte=on).open()
    names = list(waiting.values_list("unit__name", flat=True))
    if names:
        raise workflow.MoveRefused(
            _("Still in time and without an opinion: %(units)s. Their opinions come before the joint answer.")
            % {"units": "、".join(names)}
        )


@transaction.atomic
def send_back(assignment: Assignment, *, by: Person, reason: str, on: date) -> None:
    """Send an answer back to the unit with a reason; the clock runs on as it was.

    Tells the unit and owes it the reminders that still lie ahead. Refused unless it is answered, and once the answer
    has been judged: then it is handled a second time.
    """
    if assignment.rating:
        raise workflow.MoveRefused(_("This answer has been judged; have it handled a second time instead."))
    workflow.apply(assignment, "send_back", by=by, note=reason, answered_on=None, degree=None, feedback_due=None)
    judging_notices.feedback_over(assignment)
    notices.sent_back(assignment, reason, on=on)
    follow_again(assignment, by=by, reason=reason, on=on)


@transaction.atomic
def close(assignment: Assignment, *, by: Person, proof: str, on: date, degree: Degree | None = None) -> None:
    """Strike an answered assignment off the list, on proof; with a tracked degree a later look at it is planned.

    `degree` corrects what the unit claimed, which stays on its answer. With a leading one go the opinions that were
    given to it; an opinion still owed stays owed. Refused unless it is answered, and to the first of several shares
    while another unit still owes its own.
    """
    if assignment.part == Part.SPLIT and Assignment.objects.filter(part_of=assignment).open().exists():
        raise workflow.MoveRefused(
            _("Another unit still owes its share; it is struck off when all shares are answered.")
        )
    given, note = assignment.degree, proof
    if degree is not None and degree != given:
        note = _("Degree corrected: %(old)s → %(new)s") % {"old": given or "–", "new": degree} + f"\n{proof}"
    workflow.apply(assignment, "close", by=by, note=note, closed_on=on, proof=proof, degree=degree or given)
    if assignment.part == Part.LEAD:
        for opinion in Assignment.objects.filter(part_of=assignment, part=Part.ASSIST).answered():
            workflow.apply(opinion, "close", by=by, note=proof, closed_on=on, proof=proof)
    plan_tracking(assignment, on=on)


def change_rule(
    rule: DeadlineRule,
    *,
    amount: int,
    unit: ClockUnit | str,
    rolls_forward: bool,
    blue_days: int,
    yellow_days: int,
    source: str,
    valid_from: date,
) -> DeadlineRule:
    """Write the next version of a clock; what was handed over before keeps the days it was given.

    Raises MoveRefused when somebody else wrote the next version first.
    """
    try:
        with transaction.atomic():
            return DeadlineRule.objects.create(
                committee=rule.committee,
                key=rule.key,
                version=rule.version + 1,
                name=rule.name,
                amount=amount,
                unit=unit,
                rolls_forward=rolls_forward,
                blue_days=blue_days,
                yellow_days=yellow_days,
                source=source,
                valid_from=valid_from,
            )
    except IntegrityError as taken:
        raise workflow.MoveRefused(_("Somebody else has changed this clock in the meantime.")) from taken
