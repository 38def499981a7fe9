"""What: the acts on an assignment, from hand-over to being struck off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import workflow
from kit.deadlines import Unit as ClockUnit
from members.models import Area, Committee, Person, Unit
from members.numbers import next_number

from . import notices
from .clocks import set_clock
from .models import Assignment, DeadlineRule, Receipt, Reply
from .states import OriginKind


@transaction.atomic
def hand_over(
    *,
    committee: Committee,
    unit: Unit,
    title: str,
    request: str,
    rule: str,
    origin_kind: OriginKind,
    origin_title: str,
    by: Person,
    on: date,
    origin_place: str = "",
    area: Area | None = None,
    raised_by: Person | None = None,
    due_on: date | None = None,
) -> Assignment:
    """Hand something to a unit with a clock.

    `rule` names the DeadlineRule that gives the days; `due_on` overrides its answer day. Tells the unit's officers and
    owes them the reminders of the clock. Raises DeadlineRule.DoesNotExist when the committee lacks the rule.
    """
    clock = set_clock(committee, rule, on=on, due_on=due_on)
    assignment = Assignment.objects.create(
        committee=committee,
        unit=unit,
        title=title[:200],
        request=request,
        origin_kind=origin_kind,
        origin_title=origin_title[:200],
        origin_place=origin_place[:60],
        area=area,
        raised_by=raised_by,
        handed_over_on=on,
        sign_due=clock.sign_due,
        due_on=clock.due_on,
        blue_on=clock.blue_on,
        yellow_on=clock.yellow_on,
        is_provisional=clock.is_provisional,
        rule=clock.rule,
    )
    assignment.steps.create(
        committee=committee, verb="hand_over", from_state="", to_state=assignment.state, by=by, at=timezone.now()
    )
    notices.handed_over(assignment)
    return assignment


@transaction.atomic
def sign_for(assignment: Assignment, *, by: Person, on: date, handler: str = "") -> Receipt:
    """Take an assignment on and give the numbered receipt (收条); the series has no gaps.

    Tells whoever raised it. Refused unless it is handed over and unsigned.
    """
    workflow.apply(assignment, "sign", by=by, signed_on=on, handler=handler)
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
def answer(assignment: Assignment, *, by: Person, text: str, on: date, at: datetime | None = None) -> Reply:
    """Give the unit's written answer.

    Tells the office and whoever raised it, and takes back the reminders still owed. Refused unless it is in hand.
    """
    at = at or timezone.now()
    workflow.apply(assignment, "answer", by=by, at=at, answered_on=on)
    reply = assignment.replies.create(committee=assignment.committee, text=text, by=by, at=at)
    notices.answered(assignment, reply)
    return reply


@transaction.atomic
def send_back(assignment: Assignment, *, by: Person, reason: str, on: date) -> None:
    """Send an answer back to the unit with a reason; the clock runs on as it was.

    Tells the unit and owes it the reminders that still lie ahead. Refused unless it is answered.
    """
    workflow.apply(assignment, "send_back", by=by, note=reason, answered_on=None)
    notices.sent_back(assignment, reason, on=on)


def close(assignment: Assignment, *, by: Person, proof: str, on: date) -> None:
    """Strike an answered assignment off the list, on proof. Refused unless it is answered."""
    workflow.apply(assignment, "close", by=by, note=proof, closed_on=on, proof=proof)


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
