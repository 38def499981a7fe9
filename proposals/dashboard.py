"""What the proposals room puts on the first page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kit.cards import Card, Row
from members.access import Actor

from .models import Proposal
from .states import ProposalState

ROWS = 5


def cards_for(actor: Actor, *, on: date) -> list[Card]:
    """Return what waits: to be examined or handed over (office), to be judged or mended (author)."""
    cards = []
    if actor.is_clerk:
        incoming = Proposal.objects.visible_to(actor).filter(state__in=[ProposalState.SUBMITTED, ProposalState.FILED])
        cards.append(_card(_("Proposals to examine or hand over"), incoming.order_by("pk"), reverse("proposals:list")))
    if actor.is_member:
        own = Proposal.objects.filter(first_proposer=actor.person)
        cards.append(_card(_("Answers for you to judge"), own.waiting_for_judgement(), reverse("proposals:list")))
        mend = own.filter(state=ProposalState.RETURNED)
        cards.append(_card(_("Proposals returned to you"), mend, reverse("proposals:list") + "?state=returned"))
    return [card for card in cards if card.count]


def _card(title, proposals, url) -> Card:
    rows = list(proposals.only("title", "state")[: ROWS + 1])
    count = len(rows) if len(rows) <= ROWS else proposals.count()
    return Card(
        title, count, url, [Row(row.title, row.get_absolute_url(), row.get_state_display()) for row in rows[:ROWS]]
    )
