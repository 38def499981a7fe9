"""What the members room puts on the first page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.cards import Card, Row
from members.access import Actor

from .models import Delivery, Notice
from .states import DeliveryState
from .waiting import Waiting

UNREAD = Waiting(
    lambda actor: Notice.objects.visible_to(actor).unread().order_by("-sent_at", "-pk").only("subject", "sent_at")
)
STUCK = Waiting(
    lambda actor: Notice.objects.stuck().order_by("due_at", "pk").select_related("to").only("key", "to__name")
)
DEAD = Waiting(lambda actor: Delivery.objects.dead().order_by("-pk").with_list_columns())


def cards_for(actor: Actor, *, on: date) -> list[Card]:
    """Return the cards of this room for the actor: unread notices; for the office what was not delivered or sent."""
    inbox, stuck = reverse("members:inbox"), reverse("members:notice_stuck")

    def unread_row(notice: Notice) -> Row:
        return Row(notice.subject, inbox, f"{timezone.localtime(notice.sent_at):%m-%d %H:%M}")

    def stuck_row(notice: Notice) -> Row:
        return Row(notice.to.name, stuck, notice.key[:40])

    outbox = f"{reverse('members:outbox')}?state={DeliveryState.DEAD}"

    def dead_row(row: Delivery) -> Row:
        return Row(row.notice.to.name, outbox, f"{row.get_channel_display()} · {row.notice.subject[:30]}")

    cards = [UNREAD.card(actor, title=_("Unread notices"), url=inbox, row=unread_row)]
    if actor.is_clerk:
        cards.append(STUCK.card(actor, title=_("Notices not delivered"), url=stuck, row=stuck_row, tone="bad"))
        cards.append(DEAD.card(actor, title=_("Messages not sent"), url=outbox, row=dead_row, tone="bad"))
    return [card for card in cards if card.count]
