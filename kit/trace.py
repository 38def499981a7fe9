"""Traceability: from any thing on the chain to everything it came from and everything that came of it.

A model says where its rows come from (`TRACE_FROM`: names of its foreign keys that point at an origin) and what they
lead to (`TRACE_TO`: names of its foreign keys that point at a consequence). The walk follows both ways, also against
the arrows, so a lower room is traced to an upper one without knowing it. A model whose rows were each made from one
thing may say in which field that thing's model is named (`TRACE_KIND`); then nobody looks for it anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
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

    number: int
    model: Any
    name: str  # of the foreign key
    target: Any
    to_origin: bool
    is_alone: bool  # at most one row points at each target

    def may_lead_to(self, thing: Any) -> bool:
        """Whether a row that points at `thing` by this arrow can be what `thing` was made from, or is made from it."""
        field = getattr(thing, "TRACE_KIND", None)
        return self.to_origin or field is None or getattr(thing, field) == self.model._meta.model_name


@cache
def _arrows() -> list[Arrow]:
    """Return every declared arrow."""
    found: list[Arrow] = []
    for model in apps.get_models():
        for names, to_origin in (("TRACE_FROM", True), ("TRACE_TO", False)):
            for name in getattr(model, names, ()):
                field: Any = model._meta.get_field(name)
                found.append(Arrow(len(found), model, name, field.related_model, to_origin, field.unique))
    return found


def chain(thing: Model, *, actor: Any) -> Chain:
    """Return what is connected with `thing` and visible to `actor`, origins first, at most `LIMIT` things.

    Each connected model offers `visible_to(actor)`; what the actor may not see is left out, and nothing is followed
    through it. All things that are equally far away are looked up together, so the number of queries grows with the
    length of the chain, not with its width.
    """
    walk = _Walk(actor)
    depth: dict[Key, int] = {_key(thing): 0}
    seen: dict[Key, Any] = {_key(thing): thing}
    edge = [thing]
    while edge and len(seen) < LIMIT:
        before, edge = edge, []
        for place, _number, _pk, other, later in sorted(walk.neighbours(before, seen), key=lambda one: one[:3]):
            key = _key(other)
            if key not in seen and len(seen) < LIMIT:
                seen[key] = other
                depth[key] = depth[_key(before[place])] + (1 if later else -1)
                edge.append(other)
    ordered = sorted(seen, key=lambda key: (depth[key], key[1]))
    return Chain(_node(seen[key], here=seen[key] is thing) for key in ordered)


class _Walk:
    """One walk of one actor: what it has asked once it does not ask again."""

    def __init__(self, actor: Any):
        self.actor = actor
        self.views: dict[Any, _View] = {}
        self.pointed_at: set[tuple[int, Key]] = set()  # the only row of an arrow that points at it is known

    def view(self, model: Any) -> _View:
        """Return what the actor may see of a model."""
        if model not in self.views:
            self.views[model] = _View(model.objects.visible_to(self.actor))
        return self.views[model]

    def neighbours(self, edge: list[Any], seen: dict[Key, Any]) -> Iterator[tuple[int, int, int, Any, bool]]:
        """Yield (place in `edge`, number of the arrow, key, thing, comes_later) for whatever touches a thing of `edge`.

        Both ends of an arrow get to know each other, so that a title or an address asks for nothing again.
        """
        kinds = {type(now) for now in edge}
        for arrow in _arrows():
            if arrow.model in kinds:
                yield from self._ahead(arrow, edge, seen)
            if arrow.target in kinds:
                yield from self._behind(arrow, edge)

    def _ahead(self, arrow: Arrow, edge: list[Any], seen: dict[Key, Any]) -> Iterator[tuple[int, int, int, Any, bool]]:
        ahead: dict[int, list[int]] = {}
        for place, now in enumerate(edge):
            pk = getattr(now, f"{arrow.name}_id") if isinstance(now, arrow.model) else None
            if pk is None:
                continue
            if arrow.is_alone:
                self.pointed_at.add((arrow.number, (arrow.target, pk)))
            if (arrow.target, pk) in seen:
                setattr(now, arrow.name, seen[arrow.target, pk])
            else:
                ahead.setdefault(pk, []).append(place)
        if ahead:
            for other in self.view(arrow.target).rows("id", ahead):
                for place in ahead[other.pk]:
                    if arrow.name not in edge[place]._state.fields_cache:  # what a page has fetched knows more
                        setattr(edge[place], arrow.name, other)
                    yield place, arrow.number, other.pk, other, not arrow.to_origin

    def _behind(self, arrow: Arrow, edge: list[Any]) -> Iterator[tuple[int, int, int, Any, bool]]:
        behind = {
            now.pk: place
            for place, now in enumerate(edge)
            if isinstance(now, arrow.target)
            and arrow.may_lead_to(now)
            and (arrow.number, (arrow.target, now.pk)) not in self.pointed_at
        }
        if behind:
            for other in self.view(arrow.model).rows(f"{arrow.name}_id", behind):
                place = behind[getattr(other, f"{arrow.name}_id")]
                setattr(other, arrow.name, edge[place])
                yield place, arrow.number, other.pk, other, arrow.to_origin


class _View:
    """What an actor may see of a model, asked for by keys, many times over.

    A walk asks the same few tables ten times and more, and building a query takes Django longer than answering it takes
    the database. So the actor's condition is put into SQL once for a walk, and only the keys change.
    """

    def __init__(self, visible: QuerySet):
        self.model: Any = visible.model
        self.connection = connections[visible.db]
        compiler = visible.query.get_compiler(visible.db)
        quote = self.connection.ops.quote_name
        self.table = quote(self.model._meta.db_table)
        self.fields = self.model._meta.concrete_fields
        self.names = [field.attname for field in self.fields]
        self.columns = ", ".join(f"{self.table}.{quote(field.column)}" for field in self.fields)
        columns = [field.get_col(self.model._meta.db_table) for field in self.fields]
        self.converters = compiler.get_converters(columns)
        self.compiler = compiler
        self.condition: tuple[str, Any] | None
        try:
            self.condition = _condition(visible, compiler)
        except FullResultSet:
            self.condition = "1 = 1", ()
        except EmptyResultSet:
            self.condition = None

    def rows(self, column: str, keys: Iterable[int]) -> list[Any]:
        """Return the visible rows with one of `keys` in `column`, in the order of their own keys, at most `LIMIT`."""
        keys = list(keys)
        if self.condition is None:
            return []
        condition, values = self.condition
        quote = self.connection.ops.quote_name
        sql = (
            f"SELECT {self.columns} FROM {self.table}"  # noqa: S608 -- names of our own tables; values are parameters
            f" WHERE {self.table}.{quote(column)} IN ({', '.join(['%s'] * len(keys))}) AND ({condition})"
            f" ORDER BY {self.table}.{quote(self.model._meta.pk.column)} LIMIT {LIMIT}"
        )
        with self.connection.cursor() as cursor:
            cursor.execute(sql, [*keys, *values])
            found = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        return [self.model.from_db(self.connection.alias, self.names, row) for row in found]


def _condition(visible: QuerySet, compiler: SQLCompiler) -> tuple[str, Any]:
    """Return as SQL what makes a row one of `visible`: its bare WHERE, or being in it where other tables decide too."""
    query, table = visible.query, visible.model._meta.db_table
    if query.combinator or query.is_sliced or query.distinct or any(alias != table for alias in query.alias_map):
        inner, values = visible.order_by().values("pk").query.get_compiler(visible.db).as_sql()
        return f"{compiler.quote_name_unless_alias(table)}.id IN ({inner})", values
    return compiler.compile(query.where)  # type: ignore[arg-type]  # the stubs know expressions alone


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
