"""Moves: the one door through which a thing changes its state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Move:
    """One legal move: from any of `sources` to `target`, under a name people read."""

    sources: tuple[str, ...]
    target: str
    label: Any = ""


def move(sources: Iterable[str], target: str, label: Any = "") -> Move:
    """Build a move; `label` is what a button or a history line calls it."""
    return Move(tuple(sources), target, label)


class MoveRefused(Exception):
    """A move that is not open now; its text tells the person why, in their language."""


def open_verbs(thing: Any) -> list[str]:
    """Return the verbs whose move starts at the thing's present state."""
    return [verb for verb, step in thing.MOVES.items() if thing.state in step.sources]


def apply(thing: Any, verb: str, *, by: Any, note: str = "", at: datetime | None = None, **fields: Any) -> Any:
    """Move `thing` by `verb`, write `fields` with it, and record the step, all or nothing.

    The update names the state it starts from, so of two people who press at once one wins and the other is told.
    `by` is the person who acts (None: the clock). Returns the step; raises MoveRefused.
    """
    step: Move = _moves(thing)[verb]
    old = thing.state
    if old not in step.sources:
        raise MoveRefused(refusal(thing))
    with transaction.atomic():
        changed = type(thing)._base_manager.filter(pk=thing.pk, state=old).update(state=step.target, **fields)
        if changed != 1:
            thing.refresh_from_db()
            raise MoveRefused(_("Somebody else was faster: “%(thing)s” is now “%(state)s”.") % _words(thing))
        thing.state = step.target
        for name, value in fields.items():
            setattr(thing, name, value)
        return thing.steps.create(
            committee_id=thing.committee_id,
            verb=verb,
            from_state=old,
            to_state=step.target,
            by=by,
            at=at or timezone.now(),
            note=note,
        )


def apply_to_all(rows: QuerySet, verb: str, **fields: Any) -> int:
    """Move those of `rows` for which `verb` is open now, by one update that writes `fields` too; return how many.

    For rows that only the clock moves, thousands at a time; they keep no steps.
    """
    step: Move = rows.model.MOVES[verb]
    return rows.filter(state__in=step.sources).update(state=step.target, **fields)


def refusal(thing: Any) -> str:
    """Say that something is not possible in the state the thing is in now."""
    return _("“%(thing)s” is now “%(state)s”, so this is not possible.") % _words(thing)


def _moves(thing: Any) -> Mapping[str, Move]:
    return thing.MOVES


def _words(thing: Any) -> dict[str, str]:
    return {"thing": str(thing), "state": thing.get_state_display()}
