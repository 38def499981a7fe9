"""Scope: no query on a committee's rows without saying whose.

A query on a scoped model outside `committee_scope(...)` raises `ScopeMissing` the moment it would touch the database.
Building it is harmless, so forms and fields may be declared at import time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.db.models.sql import Query

EVERY = "every"
_scope: ContextVar[int | str | None] = ContextVar("committee_scope", default=None)


class ScopeMissing(RuntimeError):
    """A committee's rows were asked for without saying whose."""


@contextmanager
def committee_scope(committee_id: int) -> Iterator[None]:
    """Let queries inside see the rows of one committee."""
    token = _scope.set(int(committee_id))
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def every_committee(*, because: str) -> Iterator[None]:
    """Let queries inside see all committees; `because` says why that is right, for the reader."""
    if not because:
        raise ValueError("say why every committee may be read here")
    token = _scope.set(EVERY)
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def no_scope() -> Iterator[None]:
    """Let queries inside say for themselves whose rows they ask for, whatever scope is open around."""
    token = _scope.set(None)
    try:
        yield
    finally:
        _scope.reset(token)


def current_scope() -> int | str | None:
    """Return the committee's id in force, `EVERY`, or None."""
    return _scope.get()


class _UnscopedQuery(Query):
    """Raises instead of reaching the database."""

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        raise ScopeMissing(f"{getattr(self.model, '__name__', 'rows')}: open committee_scope(...) before this query")

    def chain(self, klass: Any = None) -> Any:
        if klass is not None:  # update() and delete() turn the query into another class
            self.get_compiler()
        return super().chain(klass)


class ScopedManager(models.Manager):
    """The manager of every row that belongs to a committee: filters by the scope in force."""

    committee_path = "committee_id"

    def get_queryset(self) -> models.QuerySet:
        scope = _scope.get()
        queryset = super().get_queryset()
        if scope is None:
            queryset.query = queryset.query.chain(_UnscopedQuery)
            return queryset
        return queryset if scope == EVERY else queryset.filter(**{self.committee_path: scope})
