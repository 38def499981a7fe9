"""What the front door puts on the first page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kit.cards import Card, Row
from members.access import Actor

from .models import DutySlot, Matter, Station, Visit
from .states import Show

ROWS = 5


def cards_for(actor: Actor, *, on: date) -> list[Card]:
    """Return what waits: for members their duty, for keepers their station's day, for the office what is late."""
    cards: list[Card] = []
    if actor.is_member:
        cards += _member_cards(actor, on=on)
    if actor.is_keeper:
        cards += _keeper_cards(actor, on=on)
    if actor.is_clerk:
        asked = DutySlot.objects.questions(on=on).select_related("station")
        cards.append(_card(_("Duty days to decide about"), asked, _calendar() + "?question=1", _slot_row, tone="bad"))
    if actor.is_clerk or actor.is_keeper:
        cards += _desk_cards(actor, on=on)
    return [card for card in cards if card.count]


def _member_cards(actor: Actor, *, on: date) -> list[Card]:
    mine = DutySlot.objects.of(actor.person).select_related("station")
    waiting = mine.without_record(on=on)
    back = Visit.objects.sent_back_to(actor.person).select_related("station").order_by("-day")
    cards = []
    coming = list(mine.to_come(on=on)[:ROWS])
    if coming:
        first = coming[0]
        words = _("Log today's visit") if first.day == on else _("My duty days")
        url = reverse("stations:visit_log", args=[first.pk]) if first.day == on else reverse("stations:my_duty")
        rows = [_slot_row(slot) for slot in coming]
        cards.append(Card(_("My next duty"), len(coming), reverse("stations:my_duty"), rows, action=(words, url)))
    return [
        *cards,
        _card(_("Visits sent back to you"), back, _visits("returned"), _visit_row, tone="bad"),
        _card(_("Duty days without a record"), waiting, reverse("stations:my_duty"), _log_row, tone="bad"),
    ]


def _keeper_cards(actor: Actor, *, on: date) -> list[Card]:
    kept = DutySlot.objects.at_stations_of(actor.person).select_related("station")
    return [_card(_("Duty at your stations today"), kept.to_come(on=on).filter(day=on), _calendar(), _slot_row)]


def _desk_cards(actor: Actor, *, on: date) -> list[Card]:
    """What office and keepers share: records to vouch for, and matters past the promised day."""
    visits = Visit.objects.to_vouch_for(actor).select_related("station").order_by("day", "pk")
    matters = Matter.objects.overdue(on=on).order_by("due_on", "pk")
    if not actor.is_clerk:
        matters = matters.filter(station__in=Station.objects.kept_by(actor.person))
    ledger = reverse("stations:matter_list")
    return [
        _card(_("Visits to confirm"), visits, _visits("unconfirmed"), _visit_row),
        _card(_("Residents' matters overdue"), matters, f"{ledger}?show={Show.OVERDUE}", _matter_row, tone="bad"),
    ]


def _card(title: str, found: QuerySet, url: str, row: Any, *, tone: str = "") -> Card:
    """Return a card of at most five rows; it counts only when there are more."""
    first = list(found[: ROWS + 1])
    count = len(first) if len(first) <= ROWS else found.count()
    return Card(title, count, url, [row(thing) for thing in first[:ROWS]], tone=tone)


def _visits(show: str) -> str:
    return f"{reverse('stations:visit_list')}?show={show}"


def _calendar() -> str:
    return reverse("stations:duty_calendar")


def _slot_row(slot: DutySlot) -> Row:
    return Row(slot.station.name, slot.get_absolute_url(), f"{date_format(slot.day, 'm-d D')} {slot.starts_at:%H:%M}")


def _log_row(slot: DutySlot) -> Row:
    return Row(slot.station.name, reverse("stations:visit_log", args=[slot.pk]), date_format(slot.day, "m-d D"))


def _visit_row(visit: Visit) -> Row:
    return Row(visit.station.name, visit.get_absolute_url(), date_format(visit.day, "m-d D"))


def _matter_row(matter: Matter) -> Row:
    due = _("due on %(day)s") % {"day": matter.due_on}
    return Row(matter.subject, matter.get_absolute_url(), due, light="red")
