"""What was promised before the portal came: assignments written down with the days on which things really happened."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import workflow
from members.models import Committee, Person, Unit
from members.numbers import next_number

from . import notices
from .actions import write_down
from .clocks import set_clock
from .models import Assignment, Rating, Receipt
from .origins import Origin
from .states import Result

NOON = time(12, 0)  # old papers name the day and not the hour


@transaction.atomic
def record_history(
    *,
    committee: Committee,
    unit: Unit,
    title: str,
    request: str,
    rule: str,
    origin: Origin,
    handed_over_on: date,
    due_on: date | None,
    signed_on: date | None = None,
    answered_on: date | None = None,
    answer: str = "",
    closed_on: date | None = None,
    proof: str = "",
    rating: str = "",
    by: Person | None,
    today: date | None = None,
) -> Assignment:
    """Write down an assignment that was handed over earlier, as far as it has come, step by step with its own days.

    Receipts get the next number of their year, so call this in the order of `signed_on`. Without `due_on` the rule
    gives the day. Nobody is told what is over; reminders are owed only while it is open, and only those that lie after
    `today`. Raises ValueError when a day is missing or comes before the one it follows from, when an answer has no
    words or a closing no proof; DeadlineRule.DoesNotExist when the committee lacks the rule.
    """
    _check(handed_over_on, due_on, [signed_on, answered_on, closed_on], answer=answer, proof=proof, signed_on=signed_on)
    clock = set_clock(committee, rule, on=handed_over_on, due_on=due_on)
    assignment = write_down(
        committee=committee, unit=unit, title=title, request=request, origin=origin, on=handed_over_on, clock=clock
    )
    assignment.steps.create(
        committee=committee,
        verb="hand_over",
        from_state="",
        to_state=assignment.state,
        by=by,
        at=_noon(handed_over_on),
        note=_("Taken over from earlier records"),
    )
    if signed_on:
        _sign(assignment, on=signed_on)
    if answered_on:
        late = max((answered_on - assignment.due_on).days, 0)
        workflow.apply(assignment, "answer", by=None, at=_noon(answered_on), answered_on=answered_on, late_days=late)
        assignment.replies.create(committee=committee, text=answer, by=None, at=_noon(answered_on))
    if closed_on:
        workflow.apply(assignment, "close", by=by, at=_noon(closed_on), note=proof, closed_on=closed_on, proof=proof)
        if rating:
            _judge(assignment, rating, on=closed_on)
    notices.taken_over(assignment, on=today or timezone.localdate())
    return assignment


def _sign(assignment: Assignment, *, on: date) -> None:
    """Sign for it and give the receipt; who signed is not in the papers."""
    workflow.apply(assignment, "sign", by=None, at=_noon(on), signed_on=on)
    Receipt.objects.create(
        committee=assignment.committee,
        assignment=assignment,
        year=on.year,
        number=next_number(assignment.committee, "receipt", on.year),
        issued_on=on,
    )


def _judge(assignment: Assignment, rating: str, *, on: date) -> None:
    """Write down the judgement that stands in the papers; who gave it does not."""
    Rating.objects.create(
        committee=assignment.committee, assignment=assignment, round=0, result=Result(rating), by=None, at=_noon(on)
    )
    Assignment.objects.filter(pk=assignment.pk).update(rating=rating)
    assignment.rating = rating


def _check(
    handed_over_on: date,
    due_on: date | None,
    later: list[date | None],
    *,
    answer: str,
    proof: str,
    signed_on: date | None,
) -> None:
    """Refuse a history that cannot have happened."""
    if due_on and due_on < handed_over_on:
        raise ValueError("due before it was handed over")
    before, is_missing = handed_over_on, False
    for day in later:
        if day is None:
            is_missing = True
        elif is_missing:
            raise ValueError("a later step has a day and an earlier one has none")
        elif day < before:
            raise ValueError("a step comes before the one it follows from")
        before = day or before
    if later[1] and not answer:
        raise ValueError("an answer without words")
    if later[2] and not proof:
        raise ValueError("struck off without proof")


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, NOON))
