"""Prepared questions: a queryset whose SQL is written once for the process, because every page asks it.

Django writes the SQL of a queryset anew each time it is asked, which costs more than the answer. Only the SQL is kept,
never an answer. Such a question takes keys, days and moments, and its shape must not depend on them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

from .tenancy import no_scope

# What stands for an argument while the SQL is written; nothing real comes near.
_KEY, _DAY = 4_611_686_018_427_000_000, date(8000, 1, 1)


def _marks(start: int, keys: int, days: int, moments: int) -> list[Any]:
    """Return one mark for each argument, all different; another `start` gives others."""
    spare = [_DAY + timedelta(days=start + place) for place in range(days + moments)]
    return [
        *(_KEY + start + place for place in range(keys)),
        *spare[:days],
        *(datetime(day.year, day.month, day.day, tzinfo=UTC) for day in spare[days:]),
    ]


def _as_sent(value: Any) -> Any:
    """Return an argument as the database gets it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


@dataclass(frozen=True)
class _Written:
    """What is known of a question once it has been written; `places` says which argument goes where."""

    sql: str
    params: tuple
    places: dict[int, int]
    compiler: Any
    converters: dict
    model: Any
    names: list[str]
    first: int
    last: int
    populators: list
    annotations: list[tuple[str, int]]


class Prepared:
    """A question: `build(*arguments)` returns its queryset, and opens the scope it is asked in by itself.

    The arguments are `keys` whole numbers, then `days`, then `moments` (aware). The queryset must use them as they
    are: one that reckons with them, or looks different for others, is refused with `ValueError` when it is written.
    """

    def __init__(self, build: Callable[..., QuerySet], *, keys: int, days: int = 0, moments: int = 0):
        self.build = build
        self.takes = (keys, days, moments)
        self._written: dict[str, _Written | None] = {}  # by the kind of database; None: it never finds anything

    def rows(self, *arguments: Any) -> list[Any]:
        """Return the rows as the queryset would: things with what its `select_related` and `annotate` name."""
        written = self._write()
        if written is None:
            return []
        answer = self._ask(written, written.sql, arguments)
        found = []
        for row in written.compiler.apply_converters(answer, written.converters) if written.converters else answer:
            thing = written.model.from_db(connection.alias, written.names, row[written.first : written.last])
            for populator in written.populators:
                populator.populate(row, thing)
            for name, place in written.annotations:
                setattr(thing, name, row[place])
            found.append(thing)
        return found

    def values(self, *arguments: Any) -> list[tuple]:
        """Return the rows of a queryset of `values_list`, also of several joined by `union`."""
        written = self._write()
        if written is None:
            return []
        answer = self._ask(written, written.sql, arguments)
        return [
            tuple(row)
            for row in (written.compiler.apply_converters(answer, written.converters) if written.converters else answer)
        ]

    def count(self, *arguments: Any) -> int:
        """Return how many rows there are."""
        written = self._write()
        if written is None:
            return 0
        sql = f"SELECT COUNT(*) FROM ({written.sql}) counted"  # noqa: S608 -- what Django wrote; arguments are parameters
        return self._ask(written, sql, arguments)[0][0]

    def _ask(self, written: _Written, sql: str, arguments: tuple) -> list[tuple]:
        if len(arguments) != sum(self.takes):
            raise TypeError(f"{sum(self.takes)} arguments wanted, {len(arguments)} given")
        params = list(written.params)
        for place, argument in written.places.items():
            params[place] = _as_sent(arguments[argument])
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    def _write(self) -> _Written | None:
        """Write the SQL, outside any scope, so that nobody's committee slips into what everybody asks."""
        if connection.vendor not in self._written:
            try:
                self._written[connection.vendor] = self._write_anew()
            except EmptyResultSet:
                self._written[connection.vendor] = None
        return self._written[connection.vendor]

    def _write_anew(self) -> _Written:
        """Write it for two sets of marks: what differs must be the marks and nothing else."""
        marks, others = (_marks(start, *self.takes) for start in (0, 101))
        with no_scope():
            compiler = self.build(*marks).query.get_compiler(connection.alias)
            sql, params = compiler.as_sql()
            sql_again, params_again = self.build(*others).query.get_compiler(connection.alias).as_sql()
        pairs = {
            (_as_sent(mark), _as_sent(other)): at for at, (mark, other) in enumerate(zip(marks, others, strict=True))
        }
        both = enumerate(zip(params, params_again, strict=False))
        differing = {place: pair for place, pair in both if pair[0] != pair[1]}
        if sql != sql_again or not set(differing.values()) <= set(pairs):
            raise ValueError("a prepared question must use its arguments as they are, and look alike for all")
        places = {place: pairs[pair] for place, pair in differing.items()}
        return _Written(sql, params, places, compiler, **_shape_of(compiler))


def _shape_of(compiler: Any) -> dict[str, Any]:
    """Return how rows become things, as Django's own iterable reads it from the compiler."""
    info, select = compiler.klass_info, compiler.select
    held = info["select_fields"] if info else [0]
    return {
        "converters": compiler.get_converters([column for column, *_ in select]),
        "model": info and info["model"],
        # Only columns of the model have a target; a row of values may hold others, and is no thing.
        "names": [column.target.attname for column, *_ in select[held[0] : held[-1] + 1] if hasattr(column, "target")],
        "first": held[0],
        "last": held[-1] + 1,
        # The stubs are those of a later Django.
        "populators": get_related_populators(info, select, connection.alias) if info else [],  # type: ignore[call-arg]
        "annotations": list(compiler.annotation_col_map.items()),
    }
