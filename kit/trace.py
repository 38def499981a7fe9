"""Traceability: from any thing on the chain to everything it came from and everything that came of it.

A model says where its rows come from (`TRACE_FROM`: names of its foreign keys that point at an origin) and what they
lead to (`TRACE_TO`: names of its foreign keys that point at a consequence). The walk follows both ways, also against
the arrows, so a lower room is traced to an upper one without knowing it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

LIMIT = 60  # things on one chain that a page still shows

Arrow = tuple[Any, str, bool]  # model, foreign key, points_at_origin
Key = tuple[type, int]


@dataclass(frozen=True)
class Node:
    """One thing on the chain, ready to be shown."""

    kind: str
    title: str
    state: str
    url: str
    model: str
    pk: int
    here: bool


def _arrows() -> list[Arrow]:
    """Return every declared arrow."""
    found: list[Arrow] = []
    for model in apps.get_models():
        found += [(model, name, True) for name in getattr(model, "TRACE_FROM", ())]
        found += [(model, name, False) for name in getattr(model, "TRACE_TO", ())]
    return found


def chain(thing: Model, *, actor: Any) -> list[Node]:
    """Return what is connected with `thing` and visible to `actor`, origins first, at most `LIMIT` things.

    Each connected model offers `visible_to(actor)`; what the actor may not see is left out, and nothing is followed
    through it. All things that are equally far away are looked up together, so the number of queries grows with the
    length of the chain, not with its width.
    """
    arrows = _arrows()
    depth: dict[Key, int] = {_key(thing): 0}
    seen: dict[Key, Any] = {_key(thing): thing}
    edge = [thing]
    while edge and len(seen) < LIMIT:
        before, edge = edge, []
        for place, _arrow, _pk, other, later in sorted(
            _neighbours(before, arrows, actor, seen), key=lambda one: one[:3]
        ):
            key = _key(other)
            if key not in seen and len(seen) < LIMIT:
                seen[key] = other
                depth[key] = depth[_key(before[place])] + (1 if later else -1)
                edge.append(other)
    ordered = sorted(seen, key=lambda key: (depth[key], key[1]))
    return [_node(seen[key], here=seen[key] is thing) for key in ordered]


def _neighbours(
    edge: list[Any], arrows: list[Arrow], actor: Any, seen: dict[Key, Any]
) -> Iterator[tuple[int, int, int, Any, bool]]:
    """Yield (place in `edge`, number of the arrow, key, thing, comes_later) for whatever touches a thing of `edge`.

    Both ends of an arrow get to know each other, so that a title or an address asks for nothing again.
    """
    for number, (model, name, to_origin) in enumerate(arrows):
        target: Any = model._meta.get_field(name).related_model
        ahead: dict[int, list[int]] = {}
        for place, now in enumerate(edge):
            pk = getattr(now, f"{name}_id") if isinstance(now, model) else None
            if pk is not None and (target, pk) in seen:
                setattr(now, name, seen[target, pk])
            elif pk is not None:
                ahead.setdefault(pk, []).append(place)
        if ahead:
            for other in target.objects.visible_to(actor).filter(pk__in=list(ahead)):
                for place in ahead[other.pk]:
                    setattr(edge[place], name, other)
                    yield place, number, other.pk, other, not to_origin
        behind = {now.pk: place for place, now in enumerate(edge) if isinstance(now, target)}
        if behind:
            others = model.objects.visible_to(actor).filter(**{f"{name}__in": list(behind)})
            for other in others.order_by("pk")[:LIMIT]:
                place = behind[getattr(other, f"{name}_id")]
                setattr(other, name, edge[place])
                yield place, number, other.pk, other, to_origin


def _key(thing: Any) -> Key:
    return type(thing), thing.pk


def _node(thing: Any, *, here: bool) -> Node:
    state = thing.get_state_display() if hasattr(thing, "get_state_display") else ""
    return Node(
        kind=str(thing._meta.verbose_name),
        title=str(thing),
        state=state,
        url=thing.get_absolute_url(),
        model=thing._meta.model_name,
        pk=thing.pk,
        here=here,
    )
