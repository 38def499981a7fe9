"""What: the acts on a proposal, from the first word to the proposer's judgement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from consultations.models import Outcome
from followups.actions import hand_over_jointly
from followups.models import Assignment, Rating
from followups.states import Part
from kit import workflow
from members.models import Committee, Person, Term, Unit
from members.numbers import next_number
from stations.models import Matter

from . import notices
from .models import Proposal
from .states import ProposalState


def draft_proposal(
    *,
    committee: Committee,
    by: Person,
    matter: Matter | None = None,
    outcome: Outcome | None = None,
    **words: Any,
) -> Proposal:
    """Begin a proposal of the current term; `words` are its category, title, situation, analysis and suggestion.

    Raises Term.DoesNotExist while the committee has no current term.
    """
    return Proposal.objects.create(
        committee=committee,
        term=Term.objects.get(committee=committee, is_current=True),
        first_proposer=by,
        matter=matter,
        outcome=outcome,
        **words,
    )


def rewrite_proposal(proposal: Proposal, *, by: Person, **words: Any) -> None:
    """Change the words of a proposal that is still with its author. Refused once it is submitted."""
    if proposal.state not in (ProposalState.DRAFT, ProposalState.RETURNED):
        raise workflow.MoveRefused(workflow.refusal(proposal))
    changed = Proposal.objects.filter(pk=proposal.pk, state=proposal.state).update(**words)
    if not changed:
        raise workflow.MoveRefused(workflow.refusal(proposal))


@transaction.atomic
def submit_proposal(proposal: Proposal, *, by: Person, on: date) -> None:
    """Put the proposal to the committee. Tells the office. Refused unless it is with its author."""
    workflow.apply(proposal, "submit", by=by, submitted_on=on)
    notices.submitted(proposal)


@transaction.atomic
def return_proposal(proposal: Proposal, *, by: Person, reason: str) -> None:
    """Give it back for more, with the reason. Tells the author. Refused unless it is submitted."""
    workflow.apply(proposal, "return", by=by, note=reason)
    notices.returned(proposal, reason)


@transaction.atomic
def file_proposal(proposal: Proposal, *, by: Person, on: date) -> None:
    """Accept it onto the register under the year's next number (案号). Tells the author. Refused unless submitted."""
    number = next_number(proposal.committee, "proposal", on.year)
    workflow.apply(proposal, "file", by=by, filed_on=on, year=on.year, number=number)
    notices.filed(proposal)


@transaction.atomic
def decline_proposal(proposal: Proposal, *, by: Person, reason: str) -> None:
    """Do not file it; the reason says on what ground. Tells the author. Refused unless it is submitted."""
    workflow.apply(proposal, "decline", by=by, note=reason)
    notices.declined(proposal, reason)


@transaction.atomic
def hand_over_proposal(
    proposal: Proposal,
    *,
    by: Person,
    unit: Unit,
    on: date,
    due_on: date | None = None,
    further: Sequence[Unit] = (),
    how: str = Part.LEAD,
) -> Assignment:
    """Hand a filed proposal to a unit; the reply is due by the committee's rule unless a day is given.

    `further` units assist it, or have shares of their own (see `hand_over_jointly`). Tells the unit and the author.
    Refused unless it is filed.
    """
    assignment = hand_over_jointly(
        committee=proposal.committee,
        unit=unit,
        further=further,
        how=how,
        title=proposal.title,
        request=proposal.suggestion,
        rule="proposal",
        origin=proposal.as_origin(),
        by=by,
        on=on,
        due_on=due_on,
    )
    workflow.apply(proposal, "hand_over", by=by, assignment=assignment)
    notices.handed_over(proposal, assignment)
    return assignment


def follow_judgement(assignment: Assignment, rating: Rating) -> None:
    """Count a proposal as judged when the proposer has judged the answer in the follow-up room.

    What was said stays there, where the unit does not read it.
    """
    proposal = Proposal.objects.filter(assignment=assignment, state=ProposalState.HANDED_OVER).first()
    if proposal:
        workflow.apply(proposal, "rate", by=rating.by, at=rating.at)


def follow_again(assignment: Assignment, *, by: Person, reason: str, on: date) -> None:
    """Count a judged proposal as handed over again when its assignment is taken up again."""
    proposal = Proposal.objects.filter(assignment=assignment, state=ProposalState.RATED).first()
    if proposal:
        workflow.apply(proposal, "again", by=by, note=reason)


def withdraw_proposal(proposal: Proposal, *, by: Person) -> None:
    """Take it back before it is filed."""
    workflow.apply(proposal, "withdraw", by=by)
