"""Traceability: from any thing on the chain to everything it came from and everything that came of it.

A model says where its rows come from (`TRACE_FROM`: names of its foreign keys that point at an origin) and what they
lead to (`TRACE_TO`: names of its foreign keys that point at a consequence). The walk follows both ways, also against
the arrows, so a lower room is traced to an upper one without knowing it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

LIMIT = 60  # things on one chain that a page still shows


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


def _arrows() -> list[tuple[type[Model], str, bool]]:
    """Return every declared arrow as (model, foreign key, points_at_origin)."""
    found = []
    for model in apps.get_models():
        found += [(model, name, True) for name in getattr(model, "TRACE_FROM", ())]
        found += [(model, name, False) for name in getattr(model, "TRACE_TO", ())]
    return found


def chain(thing: Model, *, actor: Any) -> list[Node]:
    """Return what is connected with `thing` and visible to `actor`, origins first.

    Each connected model offers `visible_to(actor)`; what the actor may not see is left out, and nothing is followed
    through it.
    """
    arrows = _arrows()
    depth: dict[tuple[type, int], int] = {(type(thing), thing.pk): 0}
    seen: dict[tuple[type, int], Any] = {(type(thing), thing.pk): thing}
    queue = deque([thing])
    while queue and len(seen) < LIMIT:
        now = queue.popleft()
        here = depth[type(now), now.pk]
        for other, later in _neighbours(now, arrows, actor):
            key = (type(other), other.pk)
            if key not in seen:
                seen[key] = other
                depth[key] = here + (1 if later else -1)
                queue.append(other)
    ordered = sorted(seen, key=lambda key: (depth[key], key[1]))
    return [_node(seen[key], here=seen[key] is thing) for key in ordered]


def _neighbours(now: Any, arrows: list, actor: Any):
    """Yield (thing, comes_later) for every arrow that touches `now`."""
    for model, name, to_origin in arrows:
        target = model._meta.get_field(name).related_model
        if isinstance(now, model):
            pk = getattr(now, f"{name}_id")
            if pk is not None:
                for other in target.objects.visible_to(actor).filter(pk=pk):
                    yield other, not to_origin
        if isinstance(now, target):
            for other in model.objects.visible_to(actor).filter(**{name: now.pk}).order_by("pk")[:LIMIT]:
                yield other, to_origin


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
