"""Ways through states: the steps a thing took, legal by its own table of moves, and the state they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

BATCH = 2000


@dataclass
class Way:
    """A state and the steps that led to it, each (verb, from, to, by, at, note)."""

    state: str
    steps: list[tuple] = field(default_factory=list)


def way(moves: Mapping[str, Any], first: str, *acts: tuple) -> Way:
    """Walk from the state `first` by the acts (verb, by, at, note); an illegal act stops the load."""
    walked = Way(first)
    for verb, by, at, note in acts:
        step = moves[verb]
        if walked.state not in step.sources:
            raise ValueError(f"{verb} does not start at {walked.state}")
        walked.steps.append((verb, walked.state, step.target, by, at, note))
        walked.state = step.target
    return walked


def at_noon(day: date) -> datetime:
    """Return an hour of the day at which people work."""
    return timezone.make_aware(datetime.combine(day, time(10, 30)))


def after(day: date, days: int, *, today: date) -> date:
    """Return a later day that has been reached already."""
    return min(day + timedelta(days=days), today)


def write_steps(model: type, committee: Any, walked: Iterable[tuple[Any, Way]]) -> None:
    """Write down the steps of every (thing, way), in the order they were made."""
    model._base_manager.bulk_create(
        (
            model(
                committee=committee,
                thing_id=thing.pk,
                verb=verb,
                from_state=old,
                to_state=new,
                by=by,
                at=at,
                note=note,
            )
            for thing, walk in walked
            for verb, old, new, by, at, note in walk.steps
        ),
        batch_size=BATCH,
    )


def numbered(things: Iterable[Any], *, day: str, year: str = "year", number: str = "number") -> dict[int, int]:
    """Give numbers year by year in the order of the field `day`, without gaps; returns the last one of each year."""
    last: dict[int, int] = {}
    for thing in sorted(things, key=lambda thing: getattr(thing, day)):
        own = getattr(thing, day).year
        last[own] = last.get(own, 0) + 1
        setattr(thing, year, own)
        setattr(thing, number, last[own])
    return last
