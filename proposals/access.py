"""Who: the only way from an actor and an id to a proposal."""

from __future__ import annotations

from typing import Any

from followups.states import AssignmentState
from kit.doors import fetch
from members.access import Actor, is_clerk

from .models import Proposal


def is_author(actor: Actor, proposal: Proposal) -> bool:
    """The first proposer."""
    return proposal.first_proposer_id == actor.person.pk


def is_author_of_answered(actor: Actor, proposal: Proposal) -> bool:
    """The first proposer, once the unit has answered; before that there is nothing to judge."""
    return (
        is_author(actor, proposal)
        and proposal.assignment is not None
        and proposal.assignment.state in (AssignmentState.ANSWERED, AssignmentState.CLOSED)
    )


def may_see(actor: Actor, proposal: Proposal) -> bool:
    """Whoever finds it among what they may see."""
    return True


PROPOSAL_MAY = {
    "view": [may_see],
    "edit": [is_author],
    "submit": [is_author],
    "withdraw": [is_author],
    "return": [is_clerk],
    "file": [is_clerk],
    "decline": [is_clerk],
    "hand_over": [is_clerk],
    "rate": [is_author_of_answered],
}


def proposal_to(verb: str, pk: Any, *, actor: Actor) -> Proposal:
    """Fetch a proposal the actor may `verb`; 404 when they cannot see it, 403 when they may only look."""
    visible = Proposal.objects.visible_to(actor).select_related("first_proposer", "assignment__unit")
    proposal = fetch(visible, pk, verb, may=PROPOSAL_MAY, actor=actor)
    proposal.committee = actor.committee
    return proposal
