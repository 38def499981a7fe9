"""Waiting: what a card of the first page asks for, with its SQL written once for everybody in the same roles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet, Window

from kit.cards import ROWS, Card, Row
from kit.prepared import Prepared
from kit.tenancy import committee_scope

from .access import Actor
from .models import Committee, Person, User


@dataclass(frozen=True)
class _Asked:
    """The same things asked for in two ways."""

    first: Prepared
    every: Prepared


class Waiting:
    """Things that wait for an actor: `build(actor, *times)` returns them in their order.

    `times` are `days` days and then `moments` moments. The actor it is given stands for everybody with the same roles
    and as many units: only the roles and the keys of committee, person and units are true.
    """

    def __init__(self, build: Callable[..., QuerySet], *, days: int = 0, moments: int = 0):
        self.build = build
        self.times = {"days": days, "moments": moments}
        self._written: dict[tuple[frozenset[str], int], _Asked] = {}  # by the roles and the number of units

    def card(
        self,
        actor: Actor,
        *times: date | datetime,
        title: str,
        url: str,
        row: Callable[[Any], Row],
        tone: str = "",
    ) -> Card:
        """Return a card of at most five rows, each drawn by `row`, and the number of all."""
        rows, count = self.find(actor, *times)
        return Card(title, count, url, [row(thing) for thing in rows], tone=tone)

    def find(self, actor: Actor, *times: date | datetime) -> tuple[list[Any], int]:
        """Return the first five things and how many there are."""
        rows = self._asked(actor).first.rows(*self._arguments(actor, times))
        return rows, rows[0].out_of if rows else 0

    def all(self, actor: Actor, *times: date | datetime) -> list[Any]:
        """Return every thing, for a card that sorts few things itself."""
        return self._asked(actor).every.rows(*self._arguments(actor, times))

    def _arguments(self, actor: Actor, times: tuple[date | datetime, ...]) -> tuple[Any, ...]:
        return (actor.committee.pk, actor.person.pk, *sorted(actor.unit_ids), *times)

    def _asked(self, actor: Actor) -> _Asked:
        shape = (actor.roles, len(actor.unit_ids))
        if shape not in self._written:
            self._written[shape] = self._write(*shape)
        return self._written[shape]

    def _write(self, roles: frozenset[str], units: int) -> _Asked:
        def every(committee: int, person: int, *others: Any) -> QuerySet:
            actor = Actor(User(), Person(pk=person), Committee(pk=committee), roles, frozenset(others[:units]))
            with committee_scope(committee):
                return self.build(actor, *others[units:])

        def prepared(cut: Callable[[QuerySet], QuerySet]) -> Prepared:
            return Prepared(lambda *arguments: cut(every(*arguments)), keys=2 + units, **self.times)

        return _Asked(
            first=prepared(lambda found: found.annotate(out_of=Window(Count("*")))[:ROWS]),
            every=prepared(lambda found: found),
        )
