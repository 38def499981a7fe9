"""What the followups room puts on the first page."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from kit.cards import Card, Row
from members.access import Actor
from members.waiting import Waiting

from .models import Assignment, AssignmentQuerySet
from .reports import list_url
from .states import AssignmentState, Light, Show

SHOWN = ("title", "state", "sign_due", "due_on", "blue_on", "yellow_on", "next_milestone_on", "answered_on")
NEWS = timedelta(days=14)


def _handled(actor: Actor) -> AssignmentQuerySet:
    return Assignment.objects.handled_by(actor).reddest_first().only(*SHOWN)


def _seen(actor: Actor) -> AssignmentQuerySet:
    return Assignment.objects.visible_to(actor).reddest_first().only(*SHOWN)


def _raised(actor: Actor) -> AssignmentQuerySet:
    return Assignment.objects.filter(raised_by=actor.person).newest_first().only(*SHOWN)


UNSIGNED = Waiting(lambda actor: _handled(actor).unsigned())
OVERDUE_AT_UNIT = Waiting(lambda actor, on: _handled(actor).overdue(on=on), days=1)
DUE_SOON_AT_UNIT = Waiting(lambda actor, on: _handled(actor).due_soon(on=on), days=1)
ANSWERED = Waiting(lambda actor: _seen(actor).answered())
OVERDUE = Waiting(lambda actor, on: _seen(actor).overdue(on=on), days=1)
NEWS_OF_RAISED = Waiting(lambda actor, since: _raised(actor).answered_since(since), days=1)


def cards_for(actor: Actor, *, on: date) -> list[Card]:
    """Return what waits: for a unit, for the office, for leaders, and the answers to what a person raised."""

    def card(waiting: Waiting, *days: date, title: str, show: Show, tone: str = "") -> Card:
        return waiting.card(
            actor, *days, title=title, url=list_url(show=str(show)), row=lambda thing: _row(thing, on=on), tone=tone
        )

    cards = []
    if actor.is_officer:
        cards += [
            card(UNSIGNED, title=_("To sign for"), show=Show.UNSIGNED),
            card(OVERDUE_AT_UNIT, on, title=_("Overdue at your unit"), show=Show.OVERDUE, tone="bad"),
            card(DUE_SOON_AT_UNIT, on, title=_("Due soon at your unit"), show=Show.DUE_SOON),
        ]
    if actor.is_clerk:
        cards.append(card(ANSWERED, title=_("Answered, to be struck off or sent back"), show=Show.ANSWERED))
    if actor.sees_all:
        cards.append(card(OVERDUE, on, title=_("Overdue assignments"), show=Show.OVERDUE, tone="bad"))
    elif not actor.is_officer:
        cards.append(card(NEWS_OF_RAISED, on - NEWS, title=_("Answers to what you raised"), show=Show.ALL))
    return [card for card in cards if card.count]


def _row(assignment: Assignment, *, on: date) -> Row:
    light = assignment.light_on(on)
    return Row(
        assignment.title, assignment.get_absolute_url(), _day(assignment), "" if light == Light.DONE else str(light)
    )


def _day(assignment: Assignment) -> str:
    """Return the day a row tells: when it was answered, or until when it is due."""
    if assignment.state in (AssignmentState.ANSWERED, AssignmentState.CLOSED):
        return _("answered on %(day)s") % {"day": assignment.answered_on}
    if assignment.state == AssignmentState.HANDED_OVER:
        return _("sign by %(day)s") % {"day": assignment.sign_due}
    return _("due on %(day)s") % {"day": assignment.due_on}
