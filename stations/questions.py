"""What pages and forms of the front door read one by one, as questions whose SQL is written once for the process.

Whose rows somebody may see, the querysets say as everywhere; those who hold the same roles share a question.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from followups.models import Assignment, AssignmentStep, Reply
from kit.prepared import Prepared
from kit.tenancy import committee_scope
from members.access import Actor
from members.models import Area, Committee, Person, User

from .models import Matter, Station

LARGEST_KEY = 2**62  # an address may hold any number; no row's key comes near this one


class Question:
    """`build(actor, pk)` returns the rows of one key; of the actor only roles, committee and person are looked at."""

    def __init__(self, build: Callable[[Actor, int], QuerySet]):
        self.build = build
        self._by_roles: dict[frozenset[str], Prepared] = {}

    def all(self, actor: Actor, pk: int) -> list[Any]:
        """Return every row; each knows the committee already, so that nobody asks for it again."""
        if not 0 < pk < LARGEST_KEY:
            return []
        if actor.roles not in self._by_roles:
            self._by_roles[actor.roles] = self._written_for(actor.roles)
        rows = self._by_roles[actor.roles].rows(actor.committee.pk, actor.person.pk, pk)
        for row in rows:
            row.committee = actor.committee
        return rows

    def one(self, actor: Actor, pk: int) -> Any:
        """Return the only row, or None."""
        return next(iter(self.all(actor, pk)), None)

    def _written_for(self, roles: frozenset[str]) -> Prepared:
        def scoped(committee: int, person: int, pk: int) -> QuerySet:
            anybody = Actor(User(), Person(pk=person), Committee(pk=committee), roles, frozenset())
            with committee_scope(committee):
                return self.build(anybody, pk)

        return Prepared(scoped, keys=3)


def _matter(actor: Actor, pk: int) -> QuerySet:
    # Its assignment is a question of its own: for a join of nine tables the planner takes longer than for both.
    above = ("station__parent__parent",) if actor.is_keeper else ()  # they may keep it too
    found = Matter.objects.visible_to(actor).filter(pk=pk).order_by()
    return found.select_related("station", *above, "area", "taken_by", "owner")


def _station(actor: Actor, pk: int, *, kept_only: bool) -> QuerySet:
    found = Station.objects.choices_of(actor, kept_only=kept_only).filter(pk=pk).order_by()
    return found.select_related("parent__parent")  # whose keepers vouch for what is logged


MATTER = Question(_matter)
ASSIGNMENT = Question(lambda actor, pk: Assignment.objects.filter(pk=pk).select_related("unit", "receipt").order_by())
PROGRESS = Question(lambda actor, pk: AssignmentStep.objects.filter(thing=pk, verb="progress"))
REPLIES = Question(lambda actor, pk: Reply.objects.filter(assignment=pk))
STATION = Question(lambda actor, pk: _station(actor, pk, kept_only=False))
KEPT_STATION = Question(lambda actor, pk: _station(actor, pk, kept_only=True))
AREA = Question(lambda actor, pk: Area.objects.filter(pk=pk).order_by())
