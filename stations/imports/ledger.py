"""The ledger of residents' matters as an office kept it before (为民办实事台账), with the days of everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.sheets import Row, parse_rows, read_table
from members.importing import BadRow, ImportKind, Reading, on_sheet, repeated
from members.models import Area, Committee, Person, Unit

from ..models import Matter, Station
from ..states import MatterState
from . import sheets
from .matters import write_matters

HEADERS = {column.key: str(column.header) for column in sheets.LEDGER}
# What must stand in a row that has come this far, and the days in the order in which they happen.
NEEDED = {
    MatterState.RECEIVED: (),
    MatterState.CLASSIFIED: ("difficulty",),
    MatterState.ASSIGNED: ("handed_over_on", "due_on", "difficulty", "owner"),
    MatterState.ANSWERED: ("answered_on", "answer"),
    MatterState.CLOSED: ("answered_on", "answer", "rating", "closed_on"),
}
DAYS = ("received_on", "handed_over_on", "signed_on", "answered_on", "closed_on")


@dataclass(frozen=True)
class Known:
    """What the rows may refer to, by name; and the numbers taken over before."""

    stations: Mapping[str, Station]
    areas: Mapping[str, Area]
    units: Mapping[str, Unit]
    numbers: frozenset[str]


def read_ledger(content: bytes, filename: str, committee: Committee) -> Reading:
    """Look through a ledger (text or workbook). Writes nothing; see members.importing."""
    parsed = parse_rows(read_table(content, filename), sheets.LEDGER)
    known = _known(committee)
    today = timezone.localdate()
    wrong = on_sheet("", parsed.errors)
    wrong += repeated("", HEADERS["number"], ((row.line, row.values["number"]) for row in parsed.rows))
    wrong += [error for row in parsed.rows for error in _check(row, known, today=today)]
    reading = Reading(
        errors=sorted(wrong, key=lambda error: error.line),
        notes=parsed.notices,
        counts={str(_("Matters")): len(parsed.rows)},
    )

    def write(by: Person | None) -> None:
        if reading.errors:
            raise ValueError("a ledger with errors is not taken over")
        write_matters(committee, parsed.rows, known, by=by, today=today)

    reading.write = write
    return reading


def _known(committee: Committee) -> Known:
    stations = Station.objects.filter(committee=committee).select_related("area", "head")
    return Known(
        stations={station.name: station for station in stations},
        areas={area.name: area for area in Area.objects.filter(committee=committee).order_by("-pk")},
        units={unit.name: unit for unit in Unit.objects.filter(committee=committee)},
        numbers=frozenset(
            Matter.objects.filter(committee=committee).exclude(old_number="").values_list("old_number", flat=True)
        ),
    )


def _bad(row: Row, key: str, reason: str) -> BadRow:
    value: Any = row.values.get(key)
    return BadRow(row.line, HEADERS[key], reason, str("" if value is None else value)[:50])


def _check(row: Row, known: Known, *, today: date) -> Iterable[BadRow]:
    """What a row refers to exists, its state has what it needs, and its days follow one another up to today."""
    values = row.values
    if values["number"] in known.numbers:
        yield _bad(row, "number", _("this number was taken over before"))
    for key, names, reason in (
        ("station", known.stations, _("there is no such station")),
        ("area", known.areas, _("there is no such place")),
        ("unit", known.units, _("there is no such unit")),
    ):
        if values[key] and values[key] not in names:
            yield _bad(row, key, reason)
    for key in NEEDED[values["state"]]:
        if not values[key]:
            yield _bad(row, key, _("must not be empty in this state"))
    yield from _check_unit(row)
    yield from _check_days(row, today=today)


def _check_unit(row: Row) -> Iterable[BadRow]:
    """A unit comes with the day of hand-over and the day due, and answers only what it signed for.

    What was handed over to no unit is handled by the station itself.
    """
    values = row.values
    if values["unit"]:
        for key in ("handed_over_on", "due_on", "difficulty"):
            if not values[key] and key not in NEEDED[values["state"]]:
                yield _bad(row, key, _("must not be empty when a unit is named"))
        if values["answered_on"] and not values["signed_on"]:
            yield _bad(row, "signed_on", _("must not be empty when the unit has answered"))
    elif values["signed_on"]:
        yield _bad(row, "unit", _("must not be empty when something was signed for"))
    if values["answered_on"] and values["state"] not in (MatterState.ANSWERED, MatterState.CLOSED):
        yield _bad(row, "state", _("does not fit: there is an answer"))


def _check_days(row: Row, *, today: date) -> Iterable[BadRow]:
    """Nothing lies in the future, nothing comes before what it follows from."""
    before = None
    for key in DAYS:
        value = row.values[key]
        if value is None:
            continue
        if value > today:
            yield _bad(row, key, _("lies in the future"))
        if before and value < before:
            yield _bad(row, key, _("comes before the step it follows from"))
        before = value
    due, start = row.values["due_on"], row.values["handed_over_on"] or row.values["received_on"]
    if due and due < start:
        yield _bad(row, "due_on", _("comes before the step it follows from"))


MATTERS = ImportKind(
    key="matters",
    title=gettext_lazy("Ledger of residents' matters"),
    help=gettext_lazy(
        "A CSV file or workbook with one row per matter. Numbers of the old ledger are kept; units named get "
        "assignments with the days they really took. Bring stations in first."
    ),
    read=read_ledger,
    sheets=(("为民办实事台账", sheets.LEDGER),),
)
