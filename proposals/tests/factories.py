"""Makes proposals for tests."""

from __future__ import annotations

from datetime import date

from members.access import Actor
from members.models import Unit
from proposals import actions
from proposals.models import Proposal

ON = date(2026, 3, 18)


def make_proposal(*, by: Actor, title: str = "关于加装电梯的提案", **origin) -> Proposal:
    """A draft of the actor."""
    return actions.draft_proposal(
        committee=by.committee,
        by=by.person,
        title=title,
        category="society",
        situation="老人上下楼不便",
        suggestion="1. 出台办法 2. 简化审批",
        **origin,
    )


def make_handed_over(*, author: Actor, clerk: Actor, unit: Unit) -> Proposal:
    """A proposal that lies with a unit."""
    proposal = make_proposal(by=author)
    actions.submit_proposal(proposal, by=author.person, on=ON)
    actions.file_proposal(proposal, by=clerk.person, on=ON)
    actions.hand_over_proposal(proposal, by=clerk.person, unit=unit, on=ON)
    return proposal
