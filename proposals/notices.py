"""Notices of the proposals room: what authors and the office are told."""

from __future__ import annotations

from typing import Any

from followups.models import Assignment
from members.models import Person
from members.notices import office_of, promise

from .models import Proposal


def submitted(proposal: Proposal) -> None:
    """Tell the office that a proposal came in."""
    _tell(office_of(proposal.committee_id), "submitted", proposal, author=proposal.first_proposer)


def returned(proposal: Proposal, reason: str) -> None:
    """Tell the author what is missing."""
    _tell([proposal.first_proposer], "returned", proposal, reason=reason)


def filed(proposal: Proposal) -> None:
    """Tell the author the number."""
    _tell([proposal.first_proposer], "filed", proposal, label=proposal.label)


def declined(proposal: Proposal, ground: str) -> None:
    """Tell the author on what ground it was not filed."""
    _tell([proposal.first_proposer], "declined", proposal, reason=ground)


def handed_over(proposal: Proposal, assignment: Assignment) -> None:
    """Tell the author who handles it and until when."""
    due = f"{assignment.due_on:%Y-%m-%d}"
    _tell([proposal.first_proposer], "handed_over", proposal, unit=assignment.unit, due_on=due)


def _tell(people: list[Person], occasion: str, proposal: Proposal, **words: Any) -> None:
    """Promise one notice about a proposal; each of its steps is an occasion of its own."""
    promise(
        people,
        key=f"proposal:{proposal.pk}:{occasion}:{proposal.steps.count()}",
        template=f"notices/proposals/{occasion}",
        context={"title": proposal.title, **words},
        url=proposal.get_absolute_url(),
    )
