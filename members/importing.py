"""Importing: what every kind of file a committee brings in has in common.

A room describes its kinds; the page that takes files and the set-up command use them alike. Reading looks at every row
and writes nothing; writing takes everything over in one transaction or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kit.sheets import Column, RowError, SheetError, read_table

from .models import Committee, Person

SHOWN_ERRORS = 500  # bad rows kept with an import; a file with more is wrong as a whole
SHOWN_CHANGES = 500


@dataclass(frozen=True)
class BadRow(RowError):
    """One thing wrong in a workbook: also the sheet it stands on."""

    sheet: str = ""


@dataclass
class Reading:
    """What a file holds: every bad row with its reason, how many rows of what, and how to take it over.

    `moves` are the open dates that taking it over would move, as plain words (see `calendars.DayMove`); `changes` what
    each row changes in what is there already: line, item, unit, url, and the changes as a list of texts.
    """

    errors: list[RowError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    moves: list[dict[str, str]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    write: Callable[[Person | None], None] = lambda by: None
    encoding: str = ""

    def report(self) -> dict[str, Any]:
        """Return it as plain words and numbers, for the page and for the row that keeps it."""
        return {
            "errors": [{"sheet": "", **asdict(error)} for error in self.errors[:SHOWN_ERRORS]],
            "error_count": len(self.errors),
            "notes": self.notes,
            "counts": self.counts,
            "moves": self.moves,
            "changes": self.changes[:SHOWN_CHANGES],
            "encoding": self.encoding,
        }


@dataclass(frozen=True)
class ImportKind:
    """One kind of file: its key, its name for people, the columns it wants in words, and how it is read.

    `sheets` holds (sheet, columns) for an empty template; a CSV file has one.
    """

    key: str
    title: Any
    help: Any
    read: Callable[[bytes, str, Committee], Reading]
    sheets: Sequence[tuple[str, Sequence[Column]]] = ()


def look_through(kind: ImportKind, content: bytes, filename: str, committee: Committee) -> Reading:
    """Read a file as `kind` without writing anything; a file that is no table at all is one error without a line."""
    try:
        encoding = read_table(content, filename).encoding
        reading = kind.read(content, filename, committee)
    except SheetError as broken:
        return Reading(errors=[BadRow(0, "", str(broken), filename[:50])])
    reading.encoding = reading.encoding or encoding
    return reading


def on_sheet(sheet: str, errors: Iterable[RowError]) -> list[BadRow]:
    """Return errors with the name of the sheet they were found on."""
    return [BadRow(error.line, error.column, error.reason, error.value, sheet) for error in errors]


def repeated(sheet: str, column: str, rows: Iterable[tuple[int, Any]]) -> list[BadRow]:
    """Return an error for every (line, value) whose value stood in an earlier line already; None is no value."""
    first: dict[Any, int] = {}
    wrong = []
    for line, value in rows:
        if value is not None and first.setdefault(value, line) != line:
            shown = "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
            reason = _("stands in line %(line)d already") % {"line": first[value]}
            wrong.append(BadRow(line, column, reason, shown[:50], sheet))
    return wrong
