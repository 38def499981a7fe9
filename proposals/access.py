"""Who: the only way from an actor and an id to a proposal."""

from __future__ import annotations

from typing import Any

from kit.doors import fetch
from members.access import Actor, is_clerk

from .models import Proposal


def is_author(actor: Actor, proposal: Proposal) -> bool:
    """The first proposer."""
    return proposal.first_proposer_id == actor.person.pk


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
}


def proposal_to(verb: str, pk: Any, *, actor: Actor) -> Proposal:
    """Fetch a proposal the actor may `verb`; 404 when they cannot see it, 403 when they may only look."""
    visible = Proposal.objects.visible_to(actor).select_related("first_proposer", "assignment__unit")
    proposal = fetch(visible, pk, verb, may=PROPOSAL_MAY, actor=actor)
    proposal.committee = actor.committee
    return proposal
