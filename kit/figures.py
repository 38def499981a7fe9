"""Figures: every number the portal shows is named by one written definition with a version (统计口径).

A room writes its definitions in `figures.py`. Whoever counts, lists, exports or prints a figure takes the question from
its definition, so that a number cannot mean two things on two pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

_known: dict[str, Definition] = {}


@dataclass(frozen=True)
class Definition:
    """What one figure means: its name, its words, what it counts in, and since when it means that.

    `ask(on)` returns which rows count on a day; None for a figure that is no count of rows, such as a mean. `wishes`
    open exactly those rows in the room's list.
    """

    key: str
    version: int
    since: date
    name: Any
    words: Any
    unit: Any
    ask: Callable[[date], Q] | None = None
    wishes: Mapping[str, str] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """Its place on the page of definitions."""
        return f"figure-{self.key}"

    @property
    def label(self) -> str:
        """Its key and version, as exports and bulletins keep it."""
        return f"{self.key} v{self.version}"


def define(key: str, *, version: int = 1, since: date, name: Any, words: Any, unit: Any, **more: Any) -> Definition:
    """Write a definition down under its key; raises ValueError when the key is taken.

    A definition whose meaning changes gets the next `version` and a new `since`; bulletins keep the one they used.
    """
    if key in _known:
        raise ValueError(f"there are two definitions of {key}")
    _known[key] = Definition(key, version, since, name, words, unit, **more)
    return _known[key]


def definition(key: str) -> Definition:
    """Return the definition under a key; raises KeyError when nobody wrote one."""
    return _known[key]


def definitions() -> list[Definition]:
    """Return all definitions in the order in which they were written."""
    return list(_known.values())


@dataclass(frozen=True)
class Figure:
    """A number, the definition that names it, and the address of the rows that make it ("" where there are none)."""

    of: Definition
    count: Any
    url: str = ""
    label: Any = ""
    tone: str = ""

    @property
    def words(self) -> Any:
        """What it is called here: a word of its own, or the name of the definition."""
        return self.label or self.of.name
