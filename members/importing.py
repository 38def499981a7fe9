"""Importing: what every kind of file a committee brings in has in common.

A room describes its kinds; the page that takes files and the set-up command use them alike. Reading looks at every row
and writes nothing; writing takes everything over in one transaction or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kit.sheets import RowError

from .models import Committee, Person


@dataclass
class Reading:
    """What a file holds: every bad row with its reason, how many rows of what, and how to take it over."""

    errors: list[RowError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    write: Callable[[Person | None], None] = lambda by: None


@dataclass(frozen=True)
class ImportKind:
    """One kind of file: its key, its name for people, the columns it wants in words, and how it is read."""

    key: str
    title: Any
    help: Any
    read: Callable[[bytes, str, Committee], Reading]
