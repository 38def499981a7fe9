"""Sections: what the page of an assignment shows beside it; what there is nothing of is not asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from kit.prepared import Prepared
from kit.tenancy import committee_scope
from members.access import Actor

from .access import is_handling_unit
from .models import Assignment, Draft, DueChange, Milestone, Reply, UnitRequest
from .states import ASKED_IN, Part, RequestKind, RequestState


def _flags(committee_pk: int, pk: int) -> QuerySet:
    """Say of one assignment which sections its page has, in one question whose SQL is written once."""
    with committee_scope(committee_pk):
        kinds = {"replies": Reply, "requests": UnitRequest, "changes": DueChange, "milestones": Milestone}
        has = {
            f"has_{name}": Exists(model.objects.filter(assignment=OuterRef("pk")))
            for name, model in {**kinds, "draft": Draft}.items()
        }
        return Assignment.objects.filter(pk=pk).only("committee").annotate(**has)


FLAGS = Prepared(_flags, keys=2)


@dataclass
class Sections:
    """The sections of one page, as far as its reader may read them."""

    replies: list[Reply] = field(default_factory=list)
    requests: list[UnitRequest] = field(default_factory=list)
    changes: list[DueChange] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    parts: list[Assignment] = field(default_factory=list)
    draft: Draft | None = None

    @property
    def waiting(self) -> UnitRequest | None:
        """The request that is not decided yet."""
        return next((asked for asked in self.requests if asked.state == RequestState.PENDING), None)

    def asks(self, assignment: Assignment, *, on: date) -> list[RequestKind]:
        """What the unit may still ask for, as far as the page knows; the form knows the clocks as well."""
        if self.waiting:
            return []
        kinds = [kind for kind in RequestKind if assignment.state in ASKED_IN[kind]]
        return [kind for kind in kinds if kind != RequestKind.EXTENSION or on <= assignment.due_on]


def sections_of(assignment: Assignment, *, actor: Actor, on: date) -> Sections:
    """Return what the page shows beside the assignment.

    Requests are between the unit and the office; a draft stays inside the unit; opinions are for the leading unit and
    the office. Moved days, milestones and the state of the other parts are for whoever sees the page.
    """
    found, handles = Sections(), is_handling_unit(actor, assignment)
    has: Any = FLAGS.rows(assignment.committee_id, assignment.pk)[0]
    if has.has_replies:
        found.replies = list(assignment.replies.select_related("by", "degree"))
    if has.has_requests and (handles or actor.sees_all):
        found.requests = list(assignment.requests.visible_to(actor).select_related("by", "unit"))
    if has.has_changes:
        found.changes = list(assignment.due_changes.select_related("by"))
    if has.has_milestones:
        found.milestones = list(assignment.milestones.all())
    if has.has_draft and handles:
        found.draft = Draft.objects.filter(assignment=assignment).select_related("by", "degree").first()
    if assignment.part != Part.SOLE:
        found.parts = _parts(assignment, actor=actor, on=on, reads=handles or actor.sees_all)
    return found


def _parts(assignment: Assignment, *, actor: Actor, on: date, reads: bool) -> list[Assignment]:
    """Return the other parts with their light, and on the leading unit's page with the opinions that were given."""
    others: Any = Assignment.objects.together_with(assignment).select_related("unit").order_by("part_of_id", "pk")
    shows_opinions = reads and assignment.part == Part.LEAD
    if shows_opinions:
        others = others.prefetch_related("replies")
    parts = list(others)
    for part in parts:
        part.light = part.light_on(on)
        part.opinions = list(part.replies.all()) if shows_opinions else []
        part.may_open = actor.sees_all or part.unit_id in actor.unit_ids
    return parts
