"""What the members room puts on the first page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.cards import Card, Row
from members.access import Actor

from .models import Notice

ROWS = 5


def cards_for(actor: Actor, *, on: date) -> list[Card]:
    """Return the cards of this room for the actor: unread notices, and for the office those not delivered."""
    inbox = reverse("members:inbox")
    unread = Notice.objects.visible_to(actor).unread().order_by("-sent_at", "-pk")
    cards = [
        _card(
            _("Unread notices"),
            unread.only("subject", "sent_at"),
            inbox,
            lambda notice: Row(notice.subject, inbox, f"{timezone.localtime(notice.sent_at):%m-%d %H:%M}"),
        )
    ]
    if actor.is_clerk:
        stuck = reverse("members:notice_stuck")
        cards.append(
            _card(
                _("Notices not delivered"),
                Notice.objects.stuck().select_related("to").only("key", "to__name").order_by("due_at", "pk"),
                stuck,
                lambda notice: Row(notice.to.name, stuck, notice.key[:40]),
                tone="bad",
            )
        )
    return [card for card in cards if card.count]


def _card(title, notices, url, row, tone="") -> Card:
    """Return a card with the first rows; one query when they are all, two when there are more."""
    first = list(notices[: ROWS + 1])
    count = len(first) if len(first) <= ROWS else notices.count()
    return Card(title, count, url, [row(notice) for notice in first[:ROWS]], tone=tone)
