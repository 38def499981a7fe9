"""Taking a ledger over: every row becomes a matter with its steps and, where a unit is named, its assignment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from followups.clocks import due_day
from followups.history import record_history
from followups.models import Assignment
from followups.origins import Origin
from followups.states import OriginKind
from kit import workflow
from kit.sheets import Row
from members.models import Area, Committee, Person, Unit
from members.numbers import next_number

from ..models import DutyPlace, Matter, Station
from ..states import MatterState

NOON = time(12, 0)  # the ledger names days, not hours


class Names(Protocol):
    """What a row's names mean."""

    @property
    def stations(self) -> Mapping[str, Station]:
        """Stations by name."""

    @property
    def areas(self) -> Mapping[str, Area]:
        """Places by name."""

    @property
    def units(self) -> Mapping[str, Unit]:
        """Units by name."""


@transaction.atomic
def write_matters(committee: Committee, rows: Sequence[Row], known: Names, *, by: Person | None, today: date) -> None:
    """Write the matters of a ledger in the order of their days, so that numbers and receipts follow the days.

    What was handed over is recorded in the order of signing; reminders are owed only for what is open and lies ahead.
    """
    owners = _owners(committee, rows)
    assignments = {
        row.line: _assignment(committee, row, known, owners, by=by, today=today)
        for row in sorted(rows, key=_signing)
        if row.values["unit"]
    }
    for row in sorted(rows, key=lambda row: (row.values["received_on"], row.values["number"])):
        _matter(committee, row, known, owners, assignments.get(row.line), by=by)


def _signing(row: Row) -> tuple[date, str]:
    """The order of receipts: by the day of signing; what is unsigned comes last and gets none."""
    return row.values["signed_on"] or date.max, row.values["number"]


def _owners(committee: Committee, rows: Sequence[Row]) -> dict[tuple[str, str], Person]:
    """Return the named persons by (station, name).

    A name means the station's own head, liaison or member on duty before anybody else of that name; who is not known
    becomes a person without account, once per name.
    """
    wanted = {(row.values["station"], row.values["owner"]) for row in rows if row.values["owner"]}
    names = {name for _station, name in wanted}
    by_name: dict[str, list[Person]] = {}
    for person in Person.objects.filter(committee=committee, name__in=names).order_by("pk"):
        by_name.setdefault(person.name, []).append(person)
    near: dict[tuple[str, str], Person] = {}
    for station in Station.objects.filter(committee=committee).select_related("head", "liaison"):
        for keeper in (station.liaison, station.head):
            if keeper:
                near[station.name, keeper.name] = keeper
    places = DutyPlace.objects.filter(committee=committee, person__name__in=names)
    for place in places.select_related("person", "rule__station"):
        near.setdefault((place.rule.station.name, place.person.name), place.person)
    found = {}
    for key in sorted(wanted):
        called = by_name.setdefault(key[1], [])
        if key not in near and not called:
            called.append(Person.objects.create(committee=committee, name=key[1]))
        found[key] = near.get(key) or called[0]
    return found


def _assignment(
    committee: Committee,
    row: Row,
    known: Names,
    owners: Mapping[tuple[str, str], Person],
    *,
    by: Person | None,
    today: date,
) -> Assignment:
    values = row.values
    closed_on = values["closed_on"] if values["state"] == MatterState.CLOSED else None
    return record_history(
        committee=committee,
        unit=known.units[values["unit"]],
        title=values["subject"],
        request=values["text"] or values["subject"],
        rule=f"matter_{values['difficulty']}",
        origin=Origin(
            kind=OriginKind.MATTER,
            title=f"{values['number']} {values['subject']}",
            place=values["station"],
            area=known.areas.get(values["area"]),
            brand=known.stations[values["station"]].brand,
            raised_by=_owner(row, owners) or known.stations[values["station"]].head,
        ),
        handed_over_on=values["handed_over_on"],
        due_on=values["due_on"],
        signed_on=values["signed_on"],
        answered_on=values["answered_on"],
        answer=values["answer"] or "",
        closed_on=closed_on,
        proof=values["answer"] or "",
        rating=(values["rating"] or "") if closed_on else "",
        by=by,
        today=today,
    )


def _owner(row: Row, owners: Mapping[tuple[str, str], Person]) -> Person | None:
    return owners.get((row.values["station"], row.values["owner"] or ""))


def _matter(
    committee: Committee,
    row: Row,
    known: Names,
    owners: Mapping[tuple[str, str], Person],
    assignment: Assignment | None,
    *,
    by: Person | None,
) -> None:
    """Write one matter and lead it, move by move, to the state the row says."""
    values, station = row.values, known.stations[row.values["station"]]
    matter = Matter.objects.create(
        committee=committee,
        year=values["received_on"].year,
        number=next_number(committee, "matter", values["received_on"].year),
        old_number=values["number"],
        station=station,
        area=known.areas.get(values["area"]) or station.area,
        channel=values["channel"],
        received_on=values["received_on"],
        subject=values["subject"],
        text=values["text"] or "",
    )
    matter.steps.create(
        committee=committee,
        verb="receive",
        from_state="",
        to_state=matter.state,
        by=by,
        at=_noon(values["received_on"]),
        note=values["number"],
    )
    for verb, on, note, fields in _moves(committee, row, _owner(row, owners), assignment):
        workflow.apply(matter, verb, by=by, at=_noon(on), note=note, **fields)


def _moves(
    committee: Committee, row: Row, owner: Person | None, assignment: Assignment | None
) -> list[tuple[str, date, str, dict[str, Any]]]:
    """Return the moves a row tells of as (verb, day, words, fields); the rule gives a day that is missing."""
    values = row.values
    start = values["handed_over_on"] or values["received_on"]
    moves: list[tuple[str, date, str, dict[str, Any]]] = []
    if values["difficulty"]:
        due_on = values["due_on"] or due_day(committee, f"matter_{values['difficulty']}", on=values["received_on"]).on
        named = {"difficulty": values["difficulty"], "owner": owner, "due_on": due_on}
        moves.append(("classify", start, "", named))
    if assignment:
        moves.append(("assign", start, assignment.unit.name, {"assignment": assignment, "due_on": assignment.due_on}))
    elif values["handed_over_on"]:
        moves.append(("take", start, "", {"owner": owner, "due_on": values["due_on"]}))
    if values["state"] in (MatterState.ANSWERED, MatterState.CLOSED):
        told = {"answer": values["answer"], "answered_on": values["answered_on"]}
        moves.append(("answer", values["answered_on"], values["answer"], told))
    if values["state"] == MatterState.CLOSED:
        rated = {"rating": values["rating"], "closed_on": values["closed_on"]}
        moves.append(("close", values["closed_on"], "", rated))
    return moves


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, NOON))
