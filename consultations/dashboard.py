"""What the consultations room puts on the first page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.cards import ROWS, Card, Row
from members.access import Actor
from members.waiting import Waiting

from .models import Participant, Session
from .models.sessions import ParticipantQuerySet, SessionQuerySet
from .states import RsvpState, SessionState


def _open_seats(actor: Actor, now: datetime) -> ParticipantQuerySet:
    seats = Participant.objects.of(actor).filter(session__state=SessionState.NOTIFIED, session__ends_at__gt=now)
    seats = seats.exclude(state=RsvpState.LEAVE_GRANTED).order_by("session__starts_at", "pk")
    return seats.select_related("session").only("state", "session__title", "session__starts_at")


def _leave_asked(actor: Actor) -> ParticipantQuerySet:
    asked = Participant.objects.filter(state=RsvpState.LEAVE_ASKED, session__state=SessionState.NOTIFIED)
    asked = asked.select_related("session", "person", "unit").order_by("session__starts_at", "pk")
    return asked.only("name", "reason", "session__title", "person__name", "unit__name")


def _shown(sessions: SessionQuerySet) -> SessionQuerySet:
    return sessions.only("title", "starts_at").order_by("starts_at", "pk")


def _minutes(sessions: SessionQuerySet) -> SessionQuerySet:
    return sessions.only("title", "starts_at", "minutes_due").order_by("minutes_due", "starts_at", "pk")


OPEN_SEATS = Waiting(_open_seats, moments=1)
LEAVE_ASKED = Waiting(_leave_asked)
BETWEEN = Waiting(lambda actor, start, end: _shown(Session.objects.between(start, end).going_on()), moments=2)
MINUTES_OWED = Waiting(lambda actor, now: _minutes(Session.objects.without_minutes(at=now)), moments=1)
MY_MINUTES = Waiting(lambda actor: _minutes(Session.objects.owing_minutes(actor.person)))
SILENT = Waiting(lambda actor, now: _shown(Session.objects.waiting_for_answers(at=now)), moments=1)


def cards_for(actor: Actor, *, on: date) -> list[Card]:
    """Return the cards of this room: what to answer, what comes next; for the office what waits for it."""
    now = max(timezone.now(), _midnight(on))
    cards = [*_own(actor, now)]
    if actor.is_clerk:
        cards += _office(actor, on, now)
    elif actor.is_keeper:
        own = f"{reverse('consultations:session_list')}?show=owed"
        row = partial(_minutes_row, on=on)
        cards.append(MY_MINUTES.card(actor, title=_("Minutes owed"), url=own, row=row, tone="bad"))
    return [card for card in cards if card.count]


def _own(actor: Actor, now: datetime) -> list[Card]:
    """Return the invitations the actor has not answered, and the next sessions the actor sits in."""
    seats = OPEN_SEATS.all(actor, now)
    mine = reverse("consultations:session_list") + "?show=mine"
    silent = [seat for seat in seats if seat.state == RsvpState.INVITED]
    coming = [seat for seat in seats if seat.state != RsvpState.INVITED]
    return [
        Card(_("Invitations to answer"), len(silent), mine, [_row(seat.session) for seat in silent[:ROWS]], tone="bad"),
        Card(_("My next sessions"), len(coming), mine, [_row(seat.session) for seat in coming[:ROWS]]),
    ]


def _office(actor: Actor, on: date, now: datetime) -> list[Card]:
    """Return requests for leave, this week's sessions, minutes that are owed, and who has not answered."""
    listed = reverse("consultations:session_list")
    monday = on - timedelta(days=on.weekday())
    week = (_midnight(monday), _midnight(monday + timedelta(days=7)))
    calendar = reverse("consultations:session_calendar") + f"?view=week&date={monday:%Y-%m-%d}"
    silent = SILENT.all(actor, now)
    coming = f"{listed}?show=coming"
    minutes = partial(_minutes_row, on=on)
    return [
        LEAVE_ASKED.card(actor, title=_("Requests for leave"), url=coming, row=_leave_row, tone="bad"),
        MINUTES_OWED.card(actor, now, title=_("Minutes owed"), url=f"{listed}?show=owed", row=minutes, tone="bad"),
        BETWEEN.card(actor, *week, title=_("Sessions this week"), url=calendar, row=_row),
        Card(
            _("Without an answer yet"),
            sum(session.silent for session in silent),
            coming,
            [_silent_row(session) for session in silent[:ROWS]],
        ),
    ]


def _leave_row(seat: Participant) -> Row:
    return Row(f"{seat} · {seat.session.title}", seat.session.get_absolute_url(), seat.reason)


def _silent_row(session: Session) -> Row:
    words = ngettext("%(number)d without an answer", "%(number)d without an answer", session.silent)
    return Row(session.title, session.get_absolute_url(), words % {"number": session.silent})


def _minutes_row(session: Session, *, on: date) -> Row:
    """A session without minutes: the day they are due, red when it is past; when it was for one nobody opened."""
    if session.minutes_due is None:
        return _row(session)
    words = _("due on %(day)s") % {"day": f"{session.minutes_due:%Y-%m-%d}"}
    return Row(session.title, session.get_absolute_url(), words, light="red" if session.minutes_due < on else "")


def _row(session: Session) -> Row:
    return Row(session.title, session.get_absolute_url(), f"{timezone.localtime(session.starts_at):%m-%d %H:%M}")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
