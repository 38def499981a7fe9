"""What the followups room puts on the first page."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from kit.cards import Card, Row
from members.access import Actor
from members.waiting import Waiting

from . import questions
from .models import Assignment, AssignmentQuerySet, LookBack, UnitRequest
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
REQUESTS = Waiting(lambda actor: UnitRequest.objects.visible_to(actor).pending().with_list_columns())
NOT_SATISFIED = Waiting(lambda actor: _seen(actor).not_satisfied())
LOOKS_DUE = Waiting(
    lambda actor, on: (
        LookBack.objects.due(on=on)
        .select_related("assignment")
        .only("due_on", "assignment__title", "assignment__committee")
    ),
    days=1,
)
TO_JUDGE = Waiting(lambda actor: Assignment.objects.to_be_judged_by(actor).only("title", "feedback_due"))
NEWS_OF_RAISED = Waiting(
    lambda actor, since: _raised(actor).answered_since(since).exclude(questions.is_asked_about()), days=1
)


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
    if actor.is_member or actor.is_keeper or actor.is_clerk:
        listed = list_url(show=str(Show.ALL))
        cards.append(TO_JUDGE.card(actor, title=_("Answers for you to judge"), url=listed, row=_row_to_judge))
    if actor.is_clerk:
        wishes = reverse("followups:request_list")
        cards.append(REQUESTS.card(actor, title=_("Requests to decide"), url=wishes, row=_wish))
        cards.append(
            card(NOT_SATISFIED, title=_("Judged not satisfied, to be decided"), show=Show.NOT_SATISFIED, tone="bad")
        )
        looks = reverse("followups:look_list")
        cards.append(LOOKS_DUE.card(actor, on, title=_("Later looks due"), url=looks, row=_row_of_look))
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


def _row_to_judge(assignment: Assignment) -> Row:
    until = _("until %(day)s") % {"day": assignment.feedback_due}
    return Row(assignment.title, reverse("followups:rate", args=[assignment.pk]), until)


def _row_of_look(look: LookBack) -> Row:
    return Row(look.assignment.title, reverse("followups:look_write", args=[look.pk]), f"{look.due_on:%Y-%m-%d}")


def _wish(asked: UnitRequest) -> Row:
    """Return the row of a request: what is asked for, and until when it is to be decided."""
    note = _("decide by %(day)s") % {"day": asked.decide_by}
    return Row(
        f"{asked.get_kind_display()} · {asked.unit.name} · {asked.assignment.title}", asked.get_absolute_url(), note
    )


def _day(assignment: Assignment) -> str:
    """Return the day a row tells: when it was answered, or until when it is due."""
    if assignment.state in (AssignmentState.ANSWERED, AssignmentState.CLOSED):
        return _("answered on %(day)s") % {"day": assignment.answered_on}
    if assignment.state == AssignmentState.HANDED_OVER:
        return _("sign by %(day)s") % {"day": assignment.sign_due}
    return _("due on %(day)s") % {"day": assignment.due_on}
