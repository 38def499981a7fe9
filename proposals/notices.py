"""Notices of the proposals room: what authors and the office are told."""

from __future__ import annotations

from typing import Any

from followups.models import Assignment
from members.models import Person, RoleGrant
from members.notices import promise
from members.states import Role

from .models import Proposal


def submitted(proposal: Proposal) -> None:
    """Tell the office that a proposal came in."""
    _tell(_office(proposal), "submitted", proposal, author=proposal.first_proposer)


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


def rated(proposal: Proposal) -> None:
    """Tell the office what the author says to the answer."""
    _tell(_office(proposal), "rated", proposal, rating=proposal.rating, author=proposal.first_proposer)


def _office(proposal: Proposal) -> list[Person]:
    grants = RoleGrant.objects.filter(committee=proposal.committee, role=Role.CLERK).select_related("person")
    return [grant.person for grant in grants]


def _tell(people: list[Person], occasion: str, proposal: Proposal, **words: Any) -> None:
    """Promise one notice about a proposal; each of its steps is an occasion of its own."""
    promise(
        people,
        key=f"proposal:{proposal.pk}:{occasion}:{proposal.steps.count()}",
        template=f"notices/proposals/{occasion}",
        context={"title": proposal.title, **words},
        url=proposal.get_absolute_url(),
    )
