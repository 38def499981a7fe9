"""What the front door puts on the first page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kit.cards import Card, Row
from members.access import Actor
from members.waiting import Waiting

from .models import DutySlot, Matter, Station, Visit
from .models.duty import LOOK_BACK, DutySlotQuerySet
from .models.matters import MatterQuerySet
from .models.visits import VisitQuerySet
from .states import Show


def _slots(found: DutySlotQuerySet) -> DutySlotQuerySet:
    return found.select_related("station").only("day", "starts_at", "station__name")


def _visits(found: VisitQuerySet) -> VisitQuerySet:
    return found.select_related("station").only("day", "station__name")


def _late(actor: Actor, on: date) -> MatterQuerySet:
    """Matters past the promised day: all for the office, those of own stations for a keeper."""
    matters = Matter.objects.overdue(on=on).order_by("due_on", "pk").only("subject", "due_on")
    return matters if actor.is_clerk else matters.filter(station__in=Station.objects.kept_by(actor.person))


COMING = Waiting(lambda actor, on: _slots(DutySlot.objects.of(actor.person).to_come(on=on)), days=1)
SENT_BACK = Waiting(lambda actor: _visits(Visit.objects.sent_back_to(actor.person).order_by("-day")))
NO_RECORD = Waiting(
    lambda actor, on, since: _slots(DutySlot.objects.of(actor.person).without_record(on=on, since=since)), days=2
)
DUTY_TODAY = Waiting(
    lambda actor, on: _slots(DutySlot.objects.at_stations_of(actor.person).to_come(on=on).filter(day=on)), days=1
)
TO_DECIDE = Waiting(lambda actor, on: _slots(DutySlot.objects.questions(on=on)), days=1)
TO_VOUCH_FOR = Waiting(lambda actor: _visits(Visit.objects.to_vouch_for(actor).order_by("day", "pk")))
LATE = Waiting(_late, days=1)


def cards_for(actor: Actor, *, on: date) -> list[Card]:
    """Return what waits: for members their duty, for keepers their station's day, for the office what is late."""
    calendar = reverse("stations:duty_calendar")
    cards: list[Card] = []
    if actor.is_member:
        cards += _member_cards(actor, on=on)
    if actor.is_keeper:
        cards.append(DUTY_TODAY.card(actor, on, title=_("Duty at your stations today"), url=calendar, row=_slot_row))
    if actor.is_clerk:
        url = f"{calendar}?question=1"
        cards.append(
            TO_DECIDE.card(actor, on, title=_("Duty days to decide about"), url=url, row=_slot_row, tone="bad")
        )
    if actor.is_clerk or actor.is_keeper:
        cards += _desk_cards(actor, on=on)
    return [card for card in cards if card.count]


def _member_cards(actor: Actor, *, on: date) -> list[Card]:
    mine, back = reverse("stations:my_duty"), f"{reverse('stations:visit_list')}?show=returned"
    return [
        *_coming(actor, on=on, url=mine),
        SENT_BACK.card(actor, title=_("Visits sent back to you"), url=back, row=_visit_row, tone="bad"),
        NO_RECORD.card(
            actor, on, on - LOOK_BACK, title=_("Duty days without a record"), url=mine, row=_log_row, tone="bad"
        ),
    ]


def _coming(actor: Actor, *, on: date, url: str) -> list[Card]:
    """Return the card of the next duty days, with what to do about the first of them."""
    coming, count = COMING.find(actor, on)
    if not coming:
        return []
    first = coming[0]
    today = (_("Log today's visit"), reverse("stations:visit_log", args=[first.pk]))
    action = today if first.day == on else (_("My duty days"), url)
    return [Card(_("My next duty"), count, url, [_slot_row(slot) for slot in coming], action=action)]


def _desk_cards(actor: Actor, *, on: date) -> list[Card]:
    """What office and keepers share: records to vouch for, and matters past the promised day."""
    unconfirmed = f"{reverse('stations:visit_list')}?show=unconfirmed"
    overdue = f"{reverse('stations:matter_list')}?show={Show.OVERDUE}"
    return [
        TO_VOUCH_FOR.card(actor, title=_("Visits to confirm"), url=unconfirmed, row=_visit_row),
        LATE.card(actor, on, title=_("Residents' matters overdue"), url=overdue, row=_matter_row, tone="bad"),
    ]


def _slot_row(slot: DutySlot) -> Row:
    return Row(slot.station.name, slot.get_absolute_url(), f"{date_format(slot.day, 'm-d D')} {slot.starts_at:%H:%M}")


def _log_row(slot: DutySlot) -> Row:
    return Row(slot.station.name, reverse("stations:visit_log", args=[slot.pk]), date_format(slot.day, "m-d D"))


def _visit_row(visit: Visit) -> Row:
    return Row(visit.station.name, visit.get_absolute_url(), date_format(visit.day, "m-d D"))


def _matter_row(matter: Matter) -> Row:
    due = _("due on %(day)s") % {"day": matter.due_on}
    return Row(matter.subject, matter.get_absolute_url(), due, light="red")
