"""Cards: how a room tells the first page what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

ROWS = 5  # on one card at most


@dataclass(frozen=True)
class Row:
    """One line on a card: a thing to open."""

    title: str
    url: str
    note: str = ""
    light: str = ""  # green, blue, yellow, red, done or nothing

    @property
    def html(self) -> SafeString:
        """The line as the card shows it; the first page has fifty, so they do not go through the template language."""
        kind = f'span class="light light-{escape(self.light)}"' if self.light else "small"
        note = f"<{kind}>{escape(self.note)}</{kind.split()[0]}>" if self.note else ""
        line = f'<li><a href="{escape(self.url)}">{escape(self.title)}</a>{note}</li>'
        return mark_safe(line)  # noqa: S308 -- every word went through escape


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
