"""What the pages of one session and one topic read, as questions whose SQL is written once for the process.

Each asks for rows of one committee by whole numbers alone: the committee's key, then the session's or the topic's. Who
may read the answer is decided before, at the door of the session or the topic (access.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from kit.prepared import Prepared
from kit.tenancy import committee_scope
from members.models import Unit

from .models import Consensus, Outcome, Paper, Participant, ReservedView, Session, SessionStep, Topic, TopicStep

LARGEST_KEY = 2**62  # an address may hold any number; no row's key comes near this one


def _asked(build: Callable[[int], QuerySet]) -> Prepared:
    def scoped(committee: int, pk: int) -> QuerySet:
        with committee_scope(committee):
            return build(pk)

    return Prepared(scoped, keys=2)


SESSION = _asked(lambda pk: Session.objects.with_page_columns().filter(pk=pk).order_by())
SEATS = _asked(lambda pk: Participant.objects.with_names().filter(session=pk).order_by("kind", "pk"))
PAPERS = _asked(lambda pk: Paper.objects.filter(session=pk))
CONSENSUS = _asked(lambda pk: Consensus.objects.filter(session=pk))
RESERVED = _asked(lambda pk: ReservedView.objects.filter(session=pk).select_related("participant__person"))
OUTCOMES = _asked(lambda pk: Outcome.objects.filter(session=pk).select_related("unit", "assignment"))
SESSION_STEPS = _asked(lambda pk: SessionStep.objects.filter(thing=pk).select_related("by"))

TOPIC = _asked(
    lambda pk: (
        Topic.objects.filter(pk=pk).select_related("form", "plan", "lead_group", "matter", "committee").order_by()
    )
)
UNITS = _asked(lambda pk: Unit.objects.filter(topics=pk))
SESSIONS = _asked(lambda pk: Session.objects.filter(topic=pk).with_list_columns())
TOPIC_STEPS = _asked(lambda pk: TopicStep.objects.filter(thing=pk).select_related("by"))


def one(question: Prepared, committee: int, pk: Any) -> Any:
    """Return the only row of a question, or None; also for a number no row can have."""
    if not 0 < int(pk) < LARGEST_KEY:
        return None
    return next(iter(question.rows(committee, int(pk))), None)


def steps_of(question: Prepared, thing: Any) -> list[Any]:
    """Return the steps of a thing, each knowing it, so that a label asks for nothing again."""
    steps = question.rows(thing.committee_id, thing.pk)
    for step in steps:
        step.thing = thing
    return steps
