"""The board to take away: as a sheet, as data, and frozen for a bulletin; all from one list of what is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kit.figures import Definition, Figure
from kit.sheets import Column, Sheet
from members.models import Committee

from . import figures, reports, tallies
from .models import Bulletin
from .tallies import Chosen

ALONE = "alone"  # what the figures that belong to no table are listed under
TABLES = ("unit", "station", "topic", "month", "level")


@dataclass(frozen=True)
class Told:
    """One figure as it is told outside the page: in which table and line it stands, its definition, and the number."""

    table: str
    line: str
    of: Definition
    label: str
    count: Any


def told(
    committee: Committee, chosen: Chosen, *, on: date, options: reports.Options, tables: tuple[str, ...] = TABLES
) -> list[Told]:
    """Return every figure of the board: those that stand alone, the tables, the units' figures and the trend."""
    board = reports.board(committee, chosen, on=on, options=options, by="unit")
    found = [_alone(figure) for figure in board.all_figures]
    for by in tables:
        lines = board.lines if by == "unit" else _lines(committee, chosen, on=on, options=options, by=by)
        found += [Told(by, line.name, each, "", line.counts[each.key]) for line in lines for each in line.of]
    units = tallies.units(committee, chosen, on=on)
    judged = reports.table([row[:2] for row in units], chosen, by="unit", options=options, of=figures.UNITS)
    found += [Told("units", line.name, each, "", line.counts[each.key]) for line in judged for each in line.of]
    for month, handed, closed in board.trend:
        found += [Told("trend", month, figure.of, "", figure.count) for figure in (handed, closed)]
    return found


def _alone(figure: Figure) -> Told:
    return Told(ALONE, "", figure.of, str(figure.label), figure.count)


def _lines(committee: Committee, chosen: Chosen, *, by: str, on: date, options: reports.Options) -> list[reports.Line]:
    counted = tallies.lines(committee, chosen, on=on, by=by)
    return reports.table(counted, chosen, by=by, options=options)


def table_words() -> dict[str, str]:
    """Return what each table is called."""
    words = {by: str(word) for by, word in reports.SPLIT_WORDS.items()}
    return {ALONE: _("Figures"), **words, "units": _("Units' figures"), "trend": _("Month by month")}


def sheet(found: list[Told], *, about: str, on: date) -> Sheet:
    """Return the figures as a table in which each row names its definition and version."""
    words = table_words()
    columns = [
        Column("about", _("About"), width=20),
        Column("on", _("As of"), width=12),
        Column("table", _("Table"), width=14),
        Column("line", _("Line"), width=28),
        Column("figure", _("Figure"), width=24),
        Column("count", _("Number"), width=10),
        Column("unit", _("Counted in"), width=12),
        Column("definition", _("Definition"), width=22),
        Column("version", _("Version"), width=8),
    ]
    rows = (
        (
            about,
            on,
            words[each.table],
            each.line,
            f"{each.of.name}: {each.label}" if each.label else str(each.of.name),
            each.count,
            str(each.of.unit),
            each.of.key,
            each.of.version,
        )
        for each in found
    )
    return Sheet(_("Follow-up board"), columns, rows)


@dataclass(frozen=True)
class Frozen:
    """A figure of a bulletin: what it was called, by which version, and the number as it was."""

    key: str
    name: str
    count: Any
    unit: str = ""


def frozen_alone(bulletin: Bulletin) -> list[Frozen]:
    """Return the figures of a bulletin that stand in no table."""
    return [
        Frozen(key, _name(bulletin, key), count, _unit(bulletin, key))
        for table, _line, key, _label, count in bulletin.figures
        if table == ALONE
    ]


def frozen_tables(bulletin: Bulletin) -> list[tuple[str, list[Frozen], list[tuple[str, list[Any]]]]]:
    """Return the tables of a bulletin: what each is called, its columns, and its lines with their numbers."""
    words = table_words()
    found: dict[str, tuple[list[str], dict[str, list[Any]]]] = {}
    for table, line, key, _label, count in bulletin.figures:
        if table != ALONE:
            columns, lines = found.setdefault(table, ([], {}))
            lines.setdefault(line, []).append(count)
            if key not in columns:
                columns.append(key)
    return [
        (words.get(table, table), [Frozen(key, _name(bulletin, key), None) for key in columns], list(lines.items()))
        for table, (columns, lines) in found.items()
    ]


def _name(bulletin: Bulletin, key: str) -> str:
    return bulletin.definitions[key]["name"]


def _unit(bulletin: Bulletin, key: str) -> str:
    return bulletin.definitions[key]["unit"]
