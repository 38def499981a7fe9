"""What the members room puts on the first page."""

from __future__ import annotations

from datetime import date

from kit.cards import Card
from members.access import Actor


def cards_for(actor: Actor, *, on: date) -> list[Card]:
    """Return the cards of this room for the actor."""
    return []
