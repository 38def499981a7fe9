"""Prepared questions: a queryset whose SQL is written once for the process, because every page asks it.

Django writes the SQL of a queryset anew each time it is asked, which costs more than the answer. Only the SQL is kept,
never an answer. Such a question takes whole numbers (keys) alone, and its shape must not depend on them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

from .tenancy import no_scope

_MARK = 4_611_686_018_427_000_000  # stands for an argument while the SQL is written; no key comes near it


@dataclass(frozen=True)
class _Written:
    """What is known of a question once it has been written."""

    sql: str
    params: tuple
    compiler: Any
    names: list[str]
    first: int
    last: int


class Prepared:
    """A question: `build(*keys)` returns its queryset, and opens the scope it is asked in by itself."""

    def __init__(self, build: Callable[..., QuerySet], *, keys: int):
        self.build = build
        self.marks = [_MARK + place for place in range(keys)]
        self._written: dict[str, _Written] = {}  # by the kind of database

    def rows(self, *keys: int) -> list[Any]:
        """Return the rows as the queryset would: things with what its `select_related` names."""
        written = self._write()
        compiler = written.compiler
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        # The stubs are those of a later Django.
        populators = get_related_populators(compiler.klass_info, compiler.select, connection.alias)  # type: ignore[call-arg]
        model = compiler.klass_info["model"]
        answer = self._ask(written.sql, written.params, keys)
        found = []
        for row in compiler.apply_converters(answer, converters) if converters else answer:
            thing = model.from_db(connection.alias, written.names, row[written.first : written.last])
            for populator in populators:
                populator.populate(row, thing)
            found.append(thing)
        return found

    def count(self, *keys: int) -> int:
        """Return how many rows there are."""
        written = self._write()
        sql = f"SELECT COUNT(*) FROM ({written.sql}) counted"  # noqa: S608 -- what Django wrote; keys are parameters
        return self._ask(sql, written.params, keys)[0][0]

    def _ask(self, sql: str, params: tuple, keys: tuple[int, ...]) -> list[tuple]:
        given = dict(zip(self.marks, keys, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(value, value) for value in params])
            return cursor.fetchall()

    def _write(self) -> _Written:
        """Write the SQL, outside any scope, so that nobody's committee slips into what everybody asks."""
        written = self._written.get(connection.vendor)
        if written is None:
            with no_scope():
                compiler = self.build(*self.marks).query.get_compiler(connection.alias)
                sql, params = compiler.as_sql()
            places = compiler.klass_info["select_fields"] if compiler.klass_info else [0]
            names = [column.target.attname for column, *_ in compiler.select[places[0] : places[-1] + 1]]
            written = _Written(sql, params, compiler, names, places[0], places[-1] + 1)
            self._written[connection.vendor] = written
        return written
