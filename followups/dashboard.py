"""What the followups room puts on the first page."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from kit.cards import Card, Row
from members.access import Actor

from .models import Assignment, AssignmentQuerySet
from .reports import list_url
from .states import AssignmentState, Light, Show

ROWS = 5
SHOWN = ("title", "state", "sign_due", "due_on", "blue_on", "yellow_on", "answered_on")
NEWS = timedelta(days=14)


def cards_for(actor: Actor, *, on: date) -> list[Card]:
    """Return what waits: for a unit, for the office, for leaders, and the answers to what a person raised."""
    cards = []
    if actor.is_officer:
        mine = Assignment.objects.handled_by(actor)
        cards.append(_card(_("To sign for"), mine.unsigned(), Show.UNSIGNED, on=on))
        cards.append(_card(_("Overdue at your unit"), mine.overdue(on=on), Show.OVERDUE, on=on, tone="bad"))
        cards.append(_card(_("Due soon at your unit"), mine.due_soon(on=on), Show.DUE_SOON, on=on))
    if actor.sees_all:
        everything = Assignment.objects.visible_to(actor)
        if actor.is_clerk:
            cards.append(
                _card(_("Answered, to be struck off or sent back"), everything.answered(), Show.ANSWERED, on=on)
            )
        cards.append(_card(_("Overdue assignments"), everything.overdue(on=on), Show.OVERDUE, on=on, tone="bad"))
    elif not actor.is_officer:
        news = Assignment.objects.filter(raised_by=actor.person).answered_since(on - NEWS).newest_first()
        cards.append(_card(_("Answers to what you raised"), news, Show.ALL, on=on))
    return [card for card in cards if card.count]


def _card(title: str, found: AssignmentQuerySet, show: str, *, on: date, tone: str = "") -> Card:
    """Return a card of at most five rows; it counts only when there are more."""
    if not found.query.order_by:
        found = found.reddest_first()
    rows = list(found.only(*SHOWN)[: ROWS + 1])
    count = len(rows) if len(rows) <= ROWS else found.count()
    shown = [
        Row(row.title, row.get_absolute_url(), _day(row), "" if light == Light.DONE else light)
        for row, light in ((row, row.light_on(on)) for row in rows[:ROWS])
    ]
    return Card(title, count, list_url(show=str(show)), shown, tone)


def _day(assignment: Assignment) -> str:
    """Return the day a row tells: when it was answered, or until when it is due."""
    if assignment.state in (AssignmentState.ANSWERED, AssignmentState.CLOSED):
        return _("answered on %(day)s") % {"day": assignment.answered_on}
    if assignment.state == AssignmentState.HANDED_OVER:
        return _("sign by %(day)s") % {"day": assignment.sign_due}
    return _("due on %(day)s") % {"day": assignment.due_on}
