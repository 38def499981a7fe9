"""What the consultations room puts on the first page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.cards import Card, Row
from members.access import Actor

from .models import Participant, Session
from .states import RsvpState, SessionState

ROWS = 5


def cards_for(actor: Actor, *, on: date) -> list[Card]:
    """Return the cards of this room: what to answer, what comes next; for the office what waits for it."""
    now = max(timezone.now(), _midnight(on))
    cards = [*_own(actor, now)]
    if actor.is_clerk:
        cards += _office(on, now)
    return [card for card in cards if card.count]


def _own(actor: Actor, now: datetime) -> list[Card]:
    """Return the invitations the actor has not answered, and the next sessions the actor sits in."""
    open_seats = Participant.objects.of(actor).filter(session__state=SessionState.NOTIFIED, session__ends_at__gt=now)
    open_seats = open_seats.exclude(state=RsvpState.LEAVE_GRANTED).select_related("session")
    seats = list(open_seats.order_by("session__starts_at", "pk")[:100])
    mine = reverse("consultations:session_list") + "?show=mine"
    silent = [seat for seat in seats if seat.state == RsvpState.INVITED]
    coming = [seat for seat in seats if seat.state != RsvpState.INVITED]
    return [
        Card(_("Invitations to answer"), len(silent), mine, [_row(seat.session) for seat in silent[:ROWS]], tone="bad"),
        Card(_("My next sessions"), len(coming), mine, [_row(seat.session) for seat in coming[:ROWS]]),
    ]


def _office(on: date, now: datetime) -> list[Card]:
    """Return requests for leave, this week's sessions, minutes that are owed, and who has not answered."""
    listed = reverse("consultations:session_list")
    monday = on - timedelta(days=on.weekday())
    requests = Participant.objects.filter(state=RsvpState.LEAVE_ASKED, session__state=SessionState.NOTIFIED)
    asked = list(requests.select_related("session", "person", "unit").order_by("session__starts_at", "pk")[:100])
    days = Session.objects.between(_midnight(monday), _midnight(monday + timedelta(days=7))).going_on()
    week = list(days.only("title", "starts_at").order_by("starts_at", "pk")[:100])
    owed = list(Session.objects.without_minutes(at=now).only("title", "starts_at").order_by("starts_at", "pk")[:100])
    silent = list(Session.objects.waiting_for_answers(at=now).only("title", "starts_at")[:100])
    return [
        Card(
            _("Requests for leave"),
            len(asked),
            listed + "?show=coming",
            [
                Row(f"{seat} · {seat.session.title}", seat.session.get_absolute_url(), seat.reason)
                for seat in asked[:ROWS]
            ],
            tone="bad",
        ),
        Card(_("Minutes owed"), len(owed), listed + "?show=owed", [_row(row) for row in owed[:ROWS]], tone="bad"),
        Card(
            _("Sessions this week"),
            len(week),
            reverse("consultations:session_calendar") + f"?view=week&date={monday:%Y-%m-%d}",
            [_row(row) for row in week[:ROWS]],
        ),
        Card(
            _("Without an answer yet"),
            sum(row.silent for row in silent),
            listed + "?show=coming",
            [
                Row(
                    row.title,
                    row.get_absolute_url(),
                    ngettext("%(number)d without an answer", "%(number)d without an answer", row.silent)
                    % {"number": row.silent},
                )
                for row in silent[:ROWS]
            ],
        ),
    ]


def _row(session: Session) -> Row:
    return Row(session.title, session.get_absolute_url(), f"{timezone.localtime(session.starts_at):%m-%d %H:%M}")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
