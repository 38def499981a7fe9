"""What the pages of one session and one topic read, as questions whose SQL is written once for the process.

Each asks for rows of one committee: by the committee's key, then the session's or the topic's. Who may read the answer
is decided before, at the door of the session or the topic (access.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet

from kit.prepared import Prepared
from kit.tenancy import committee_scope
from members.models import Unit
from stations.models import DutyTurn
from stations.states import SlotState

from .models import Consensus, Outcome, Paper, Participant, ReservedView, Session, Topic

LARGEST_KEY = 2**62  # an address may hold any number; no row's key comes near this one


def asked(build: Callable[..., QuerySet], *, keys: int = 1, days: int = 0, moments: int = 0) -> Prepared:
    """Return a question in one committee: its key comes before the `keys`, `days` and `moments` that `build` takes."""

    def scoped(committee: int, *arguments: Any) -> QuerySet:
        with committee_scope(committee):
            return build(*arguments)

    return Prepared(scoped, keys=1 + keys, days=days, moments=moments)


# Without its topic, which the chain looks up, and its committee, which the door knows: PostgreSQL plans a join of nine
# tables longer than it reads them.
SESSION = asked(
    lambda pk: (
        Session.objects.filter(pk=pk).select_related("form", "station", "brand", "chair", "area", "convener").order_by()
    )
)
SEATS = asked(
    lambda pk: (
        Participant.objects.with_names()
        .filter(session=pk)
        .order_by("kind", "pk")
        .only("kind", "name", "side", "state", "reason", "presence", "session", "person__name", "unit__name")
    )
)
PAPERS = asked(lambda pk: Paper.objects.filter(session=pk))
CONSENSUS = asked(lambda pk: Consensus.objects.filter(session=pk))
RESERVED = asked(lambda pk: ReservedView.objects.filter(session=pk).select_related("participant__person"))
OUTCOMES = asked(lambda pk: Outcome.objects.filter(session=pk).select_related("unit", "assignment").order_by("number"))

TOPIC = asked(
    lambda pk: (
        Topic.objects.filter(pk=pk).select_related("form", "plan", "lead_group", "matter", "committee").order_by()
    )
)
UNITS = asked(lambda pk: Unit.objects.filter(topics=pk))
CHILDREN = asked(
    lambda pk: (
        Topic.objects.filter(parent=pk)
        .only("title", "state", "quarter", "leader", "task_list", "parent")
        .order_by("pk")
    )
)
SESSIONS = asked(lambda pk: Session.objects.filter(topic=pk).with_list_columns())
MEANWHILE = asked(
    lambda start, end: (
        Session.objects.between(start, end)
        .going_on()
        .select_related("chair")
        .only("title", "place", "starts_at", "ends_at", "station", "chair__name")
    ),
    keys=0,
    moments=2,
)


@cache
def _turns(people: int) -> Prepared:
    """Return the question for the duty turns of so many people on a day, of those still to be served."""

    def turns(*given: Any) -> QuerySet:
        *keys, day = given
        return (
            DutyTurn.objects.filter(person__in=keys, slot__day=day)
            .filter(slot__state__in=[SlotState.PLANNED, SlotState.CONFIRMED])
            .select_related("person", "slot__station")
            .only("person__name", "slot__day", "slot__starts_at", "slot__ends_at", "slot__station__name")
            .order_by("person__sort_key", "pk")
        )

    return asked(turns, keys=people, days=1)


def turns_of(committee: int, people: Collection[int], day: date) -> list[DutyTurn]:
    """Return the duty turns of some people on a day; asked in few sizes, the last one named again to fill up."""
    keys = sorted(people)
    size = 1 << (len(keys) - 1).bit_length()
    return _turns(size).rows(committee, *keys, *[keys[-1]] * (size - len(keys)), day)


def one(question: Prepared, committee: int, pk: Any) -> Any:
    """Return the only row of a question, or None; also for a number no row can have."""
    if not 0 < int(pk) < LARGEST_KEY:
        return None
    return next(iter(question.rows(committee, int(pk))), None)
