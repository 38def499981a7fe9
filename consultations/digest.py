"""What the consultations room puts into the digest of the morning: the sessions one sits in, and minutes one owes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from kit.cards import Row
from members.access import Actor
from members.digests import AHEAD, Section, by_day

from .models import Participant, Session
from .states import RsvpState, SessionState

MOST = 200


def digest_for(actor: Actor, *, on: date) -> list[Section]:
    """Return a person's sessions of today and the next three days, unless leave was granted, and the minutes owed."""
    first, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (on, on + AHEAD + timedelta(days=1)))
    seats = Participant.objects.of(actor).filter(
        session__state=SessionState.NOTIFIED, session__starts_at__gte=first, session__starts_at__lt=end
    )
    seats = seats.exclude(state=RsvpState.LEAVE_GRANTED).select_related("session__station")
    sessions = {seat.session.pk: seat.session for seat in seats.order_by("session__starts_at", "pk")}
    owed = Session.objects.owing_minutes(actor.person).filter(minutes_due__lte=on + AHEAD)
    return by_day([*map(_line, sessions.values()), *map(_minutes, owed[:MOST])], on=on)


def _line(session: Session) -> tuple[date, Row]:
    start = timezone.localtime(session.starts_at)
    return start.date(), Row(session.title, session.get_absolute_url(), f"{start:%Y-%m-%d %H:%M}, {session.where}")


def _minutes(session: Session) -> tuple[date, Row]:
    words = _("minutes due on %(day)s") % {"day": f"{session.minutes_due:%Y-%m-%d}"}
    return session.minutes_due, Row(session.title, session.get_absolute_url(), words)
