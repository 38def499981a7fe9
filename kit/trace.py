"""Traceability: from any thing on the chain to what it came from and what came of it.

A model says where its rows come from (`TRACE_FROM`: names of its foreign keys that point at an origin) and what they
lead to (`TRACE_TO`: names of its foreign keys that point at a consequence). The walk follows the arrows both ways, so a
lower room is traced to an upper one without knowing it. A model whose rows were each made from one thing may say in
which field that thing's model is named (`TRACE_KIND`); then nobody looks for it anywhere else.

What a title reads from another table is named in `TRACE_WITH` and fetched along.

A page tells one story: all origins, all consequences, and what else an origin led to, but no brothers and sisters. Of a
topic's twenty sessions each shows itself alone; the topic shows them all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

LIMIT = 60  # things on one chain that a page still shows

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


class Chain(list[Node]):
    """The things of a chain in order."""

    @property
    def lines(self) -> SafeString:
        """The things as lines of a list; written here because a chain is long and on every page of a thing."""
        here = escape(_("this page"))
        return mark_safe("\n".join(_line(node, here) for node in self))  # noqa: S308 -- every word went through escape


def _line(node: Node, here: str) -> str:
    kind, title = f"<span>{escape(node.kind)}</span>", escape(node.title)
    pill = f'<span class="pill">{escape(node.state)}</span>' if node.state else ""
    if node.here:
        return (
            f'<li class="is-here" aria-current="true"><span class="chain-kind">{kind}<span>{here}</span></span>'
            f' <span class="chain-title">{title}</span> {pill}</li>'
        )
    link = f'<a class="chain-title" href="{escape(node.url)}">{title}</a>'
    return f'<li><span class="chain-kind">{kind}</span> {link} {pill}</li>'


@dataclass(frozen=True)
class Arrow:
    """A foreign key that joins two things of a chain."""

    model: Any
    name: str  # of the foreign key
    target: Any
    to_origin: bool

    def may_join(self, target: Any) -> bool:
        """Whether a row of `model` can point at this row of `target`, as far as the target knows itself."""
        field = getattr(target, "TRACE_KIND", None)
        return self.to_origin or field is None or getattr(target, field) == self.model._meta.model_name


@cache
def _arrows() -> list[Arrow]:
    """Return every declared arrow."""
    return [
        Arrow(model, name, model._meta.get_field(name).related_model, to_origin)
        for model in apps.get_models()
        for names, to_origin in (("TRACE_FROM", True), ("TRACE_TO", False))
        for name in getattr(model, names, ())
    ]


def chain(thing: Model, *, actor: Any) -> Chain:
    """Return the story of `thing` as far as `actor` may see it, origins first, at most `LIMIT` things.

    Each connected model offers `visible_to(actor)`; what the actor may not see is left out, and nothing is followed
    through it. Things that are equally far away are looked up together, so the number of queries grows with the
    length of the chain, not with its width.
    """
    walk = _Walk(thing, actor)
    walk.back()
    walk.forth()
    ordered = sorted(walk.depth, key=walk.depth.__getitem__)
    return Chain(_node(walk.found[key], here=walk.found[key] is thing) for key in ordered)


class _Walk:
    """One walk of one actor, from one thing to its origins and on to all they led to."""

    def __init__(self, thing: Any, actor: Any):
        self.actor = actor
        self.found: dict[Key, Any] = {_key(thing): thing}
        self.depth: dict[Key, int] = {_key(thing): 0}
        self.came_from: dict[Key, type] = {}  # of an origin: the kind of thing it was reached from

    def back(self) -> None:
        """Go to all origins."""
        edge = list(self.found.values())
        while edge:
            edge = [origin for now, origin in self._step(edge, back=True) if self._add(now, origin, -1)]

    def forth(self) -> None:
        """Go to all consequences, of the thing itself and of its origins."""
        edge = list(self.found.values())
        while edge:
            edge = [later for now, later in self._step(edge, back=False) if self._add(now, later, +1)]

    def _add(self, now: Any, other: Any, direction: int) -> bool:
        """Note what was reached from `now`; False when it is known or there is no more room."""
        key = _key(other)
        if key in self.found or len(self.found) >= LIMIT:
            return False
        self.found[key] = other
        self.depth[key] = self.depth[_key(now)] + direction
        if direction < 0:
            self.came_from[key] = type(now)
        return True

    def _step(self, edge: Collection[Any], *, back: bool) -> Iterator[tuple[Any, Any]]:
        """Yield (thing of `edge`, what one arrow joins it with), towards the origins or away from them."""
        for arrow in _arrows():
            along = arrow.to_origin == back  # from the row that holds the key to the row it points at
            start, end = (arrow.model, arrow.target) if along else (arrow.target, arrow.model)
            mine = [
                now
                for now in edge
                if isinstance(now, start)
                and (back or self.came_from.get(_key(now)) is not end)
                and (along or arrow.may_join(now))
            ]
            if mine:
                yield from self._targets(arrow, mine) if along else self._pointing(arrow, mine)

    def _targets(self, arrow: Arrow, edge: list[Any]) -> Iterator[tuple[Any, Any]]:
        keys = {getattr(now, f"{arrow.name}_id") for now in edge} - {None}
        rows = {row.pk: row for row in self._visible(arrow.target).filter(pk__in=keys).order_by()} if keys else {}
        for now in edge:
            row = rows.get(getattr(now, f"{arrow.name}_id"))
            if row is not None:
                if arrow.name not in now._state.fields_cache:  # what a page has fetched knows more
                    setattr(now, arrow.name, row)
                yield now, row

    def _pointing(self, arrow: Arrow, edge: list[Any]) -> Iterator[tuple[Any, Any]]:
        places = {now.pk: now for now in edge}
        rows = self._visible(arrow.model).filter(**{f"{arrow.name}__in": places}).order_by("pk")[:LIMIT]
        for row in rows:
            now = places[getattr(row, f"{arrow.name}_id")]
            setattr(row, arrow.name, now)  # so that its title and its address ask for nothing again
            yield now, row

    def _visible(self, model: Any) -> Any:
        visible, shown = model.objects.visible_to(self.actor), getattr(model, "TRACE_WITH", ())
        return visible.select_related(*shown) if shown else visible


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
