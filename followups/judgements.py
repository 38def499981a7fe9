"""Judgements as pages show them: only to those who may read them, and never to the unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from members.access import Actor

from . import access
from .models import Assignment, LookBack, Rating
from .states import JUDGED_IN, NOT_SAID


@dataclass(frozen=True)
class Judged:
    """What was said to an assignment's answers, what may be said now, and the later looks at it."""

    assignment: Assignment | None = None
    reads: bool = False  # office, leaders and whoever raised it; the unit and everybody else see none of this
    may_rate: bool = False
    ratings: list[Rating] = field(default_factory=list)
    waits_until: date | None = None


def judged(assignment: Assignment | None, *, actor: Actor) -> Judged:
    """Return what the actor may read and say about an assignment; nothing at all for who may not. One query at most."""
    if assignment is None or not any(rule(actor, assignment) for rule in access.ASSIGNMENT_MAY["judgement"]):
        return Judged()
    is_open = assignment.state in JUDGED_IN and assignment.rating in NOT_SAID
    ratings = list(assignment.ratings.select_related("by")) if _may_be_judged(assignment) else []
    return Judged(
        assignment,
        reads=True,
        may_rate=is_open and access.may_rate(actor, assignment),
        ratings=ratings,
        waits_until=assignment.feedback_due if is_open and not assignment.rating else None,
    )


def looks_at(assignment: Assignment) -> list[LookBack]:
    """Return the later looks at an assignment, done and ahead."""
    return list(assignment.look_backs.select_related("by")) if _may_be_judged(assignment) else []


def _may_be_judged(assignment: Assignment) -> bool:
    """Whether it was answered at some time: before that there is nothing to ask for."""
    return assignment.state in JUDGED_IN or assignment.rounds > 0
