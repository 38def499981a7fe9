"""Cards: how a room tells the first page what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line on a card: a thing to open."""

    title: str
    url: str
    note: str = ""
    light: str = ""  # green, blue, yellow, red, done or nothing


@dataclass(frozen=True)
class Card:
    """What a room has for a person: a figure, the rows behind it, and where all of them are."""

    title: str
    count: int
    url: str
    rows: list[Row] = field(default_factory=list)
    tone: str = ""  # "bad" draws the eye, "calm" does not
    action: tuple[str, str] | None = None  # label and address of what one does most here
    extra: dict[str, Any] = field(default_factory=dict)
