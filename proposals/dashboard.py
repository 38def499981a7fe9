"""What the proposals room puts on the first page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kit.cards import Card, Row
from members.access import Actor
from members.waiting import Waiting

from .models import Proposal, ProposalQuerySet
from .states import ProposalState


def _own(actor: Actor) -> ProposalQuerySet:
    return Proposal.objects.filter(first_proposer=actor.person).only("title", "state")


INCOMING = Waiting(
    lambda actor: (
        Proposal.objects.visible_to(actor)
        .filter(state__in=[ProposalState.SUBMITTED, ProposalState.FILED])
        .order_by("pk")
        .only("title", "state")
    )
)
TO_MEND = Waiting(lambda actor: _own(actor).filter(state=ProposalState.RETURNED))


def cards_for(actor: Actor, *, on: date) -> list[Card]:
    """Return what waits: to be examined or handed over (office), to be mended (author)."""
    listed = reverse("proposals:list")
    cards = []
    if actor.is_clerk:
        cards.append(INCOMING.card(actor, title=_("Proposals to examine or hand over"), url=listed, row=_row))
    if actor.is_member:
        mend = f"{listed}?state=returned"
        cards.append(TO_MEND.card(actor, title=_("Proposals returned to you"), url=mend, row=_row))
    return [card for card in cards if card.count]


def _row(proposal: Proposal) -> Row:
    return Row(proposal.title, proposal.get_absolute_url(), proposal.get_state_display())
