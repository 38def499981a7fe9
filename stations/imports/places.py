"""Stations and their duty rules out of the roster workbook (sheets 站室 and 值日规则)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.sheets import Row, SheetError, Table, parse_rows, read_table
from members.importing import BadRow, ImportKind, Reading, on_sheet, repeated
from members.models import Area, Brand, Committee, Membership, Person

from ..models import DutyPlace, DutyRule, Station
from . import sheets

HEADERS = {
    sheet: {column.key: str(column.header) for column in columns} for sheet, columns in sheets.STATION_SHEETS.items()
}


@dataclass
class Known:
    """What the rows may refer to: names in the portal, members by number and by name."""

    stations: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    brands: set[str] = field(default_factory=set)
    members: dict[str, Person] = field(default_factory=dict)

    def called(self, name: str) -> list[Person]:
        """Return the members who bear a name."""
        return [person for person in self.members.values() if person.name == name]

    def member(self, word: str) -> Person | None:
        """Return the member a word means: by number, or by a name only one bears."""
        called = self.called(word)
        return self.members.get(word) or (called[0] if len(called) == 1 else None)


def read_places(content: bytes, filename: str, committee: Committee) -> Reading:
    """Look through a workbook with stations and duty rules. Writes nothing; see members.importing."""
    tables = _tables(content, filename)
    reading = Reading()
    if not tables:
        names = "、".join(sheets.STATION_SHEETS)
        reading.errors.append(BadRow(0, "", _("The file has none of these sheets: %(names)s") % {"names": names}))
    parsed = {sheet: parse_rows(table, sheets.STATION_SHEETS[sheet]) for sheet, table in tables.items()}
    rows = {sheet: found.rows for sheet, found in parsed.items()}
    known = _known(committee, tables)
    checks = {sheets.PLACES: _check_places, sheets.RULES: _check_rules}
    for sheet, found in parsed.items():
        wrong = on_sheet(sheet, found.errors) + list(checks[sheet](found.rows, known))
        reading.errors += sorted(wrong, key=lambda error: error.line)
        reading.notes += [f"{sheet}: {note}" for note in found.notices]
        reading.counts[sheet] = len(found.rows)

    def write(by: Person | None) -> None:
        if reading.errors:
            raise ValueError("stations with errors are not taken over")
        _write(committee, rows, known)

    reading.write = write
    return reading


def _tables(content: bytes, filename: str) -> dict[str, Table]:
    """Return the sheets that have something on them; a text table holds stations."""
    first = read_table(content, filename)
    if not first.sheets:
        return {sheets.PLACES: first}
    tables = {}
    for sheet in sheets.STATION_SHEETS:
        if sheet in first.sheets:
            try:
                tables[sheet] = first if sheet == first.sheet else read_table(content, filename, sheet=sheet)
            except SheetError:  # nothing on it
                continue
    return tables


def _known(committee: Committee, tables: Mapping[str, Table]) -> Known:
    """Return what the committee has, and the stations the file itself brings, also those wrong elsewhere."""
    memberships = Membership.objects.filter(committee=committee).current().select_related("person")
    known = Known(
        stations=set(Station.objects.filter(committee=committee).values_list("name", flat=True)),
        areas=set(Area.objects.filter(committee=committee).values_list("name", flat=True)),
        brands=set(Brand.objects.filter(committee=committee).values_list("name", flat=True)),
        members={membership.number: membership.person for membership in memberships},
    )
    if sheets.PLACES in tables:
        (name,) = (column for column in sheets.STATION_SHEETS[sheets.PLACES] if column.key == "name")
        known.stations |= {row.values["name"] for row in parse_rows(tables[sheets.PLACES], [name]).rows}
    return known


def _bad(sheet: str, row: Row, key: str, reason: str, value: Any = None) -> BadRow:
    shown = row.values.get(key) if value is None else value
    return BadRow(row.line, HEADERS[sheet][key], reason, str(shown or "")[:50], sheet)


def _check_places(rows: Sequence[Row], known: Known) -> Iterable[BadRow]:
    """Names once; upper station, area and brand exist; the way up ends after two steps."""
    yield from repeated(sheets.PLACES, "名称", ((row.line, row.values["name"]) for row in rows))
    uppers = {row.values["name"]: row.values["parent"] for row in rows}
    for row in rows:
        parent = row.values["parent"]
        if parent and parent not in known.stations:
            yield _bad(sheets.PLACES, row, "parent", _("there is no such station"))
        elif parent and _height(row.values["name"], uppers) > 3:
            yield _bad(sheets.PLACES, row, "parent", _("three layers at most, and no station above itself"))
        if row.values["area"] and row.values["area"] not in known.areas:
            yield _bad(sheets.PLACES, row, "area", _("there is no such place"))
        if row.values["brand"] and row.values["brand"] not in known.brands:
            yield _bad(sheets.PLACES, row, "brand", _("there is no such brand"))


def _height(name: str, uppers: Mapping[str, str | None]) -> int:
    """Return how many layers the way up from a station has; more than three for a circle."""
    height, upper = 1, uppers.get(name)
    while upper and height < 5:
        height, upper = height + 1, uppers.get(upper)
    return height


def _check_rules(rows: Sequence[Row], known: Known) -> Iterable[BadRow]:
    """Names once per station; station and members are known, days make sense, hours and dates run forward."""
    keys = ((row.line, (row.values["station"], row.values["name"])) for row in rows)
    yield from repeated(sheets.RULES, "规则名称", keys)
    for row in rows:
        values = row.values
        if values["station"] not in known.stations:
            yield _bad(sheets.RULES, row, "station", _("there is no such station"))
        try:
            sheets.which_days(values["kind"], values["which"])
        except ValueError as wrong:
            yield _bad(sheets.RULES, row, "which", str(wrong))
        if values["ends_at"] <= values["starts_at"]:
            yield _bad(sheets.RULES, row, "ends_at", _("ends before it starts"))
        if values["valid_until"] and values["valid_until"] <= values["valid_from"]:
            yield _bad(sheets.RULES, row, "valid_until", _("ends before it starts"))
        for word in values["pool"] or ():
            if known.member(word) is None:
                several = _("several members have this name; give the number")
                reason = several if known.called(word) else _("there is no such member")
                yield _bad(sheets.RULES, row, "pool", reason, word)


@transaction.atomic
def _write(committee: Committee, rows: Mapping[str, Sequence[Row]], known: Known) -> None:
    """Make or bring up to date every station and rule named; a blank cell leaves what is there."""
    stations = {station.name: station for station in Station.objects.filter(committee=committee)}
    people = _people(committee, rows.get(sheets.PLACES, ()))
    areas = {area.name: area for area in Area.objects.filter(committee=committee).order_by("-pk")}
    brands = {brand.name: brand for brand in Brand.objects.filter(committee=committee)}
    for row in rows.get(sheets.PLACES, ()):
        words = {key: row.values[key] for key in ("kind", "layer", "address", "hours", "opened_on")}
        words |= {
            "area": areas.get(row.values["area"]),
            "brand": brands.get(row.values["brand"]),
            "head": people.get((row.values["head"], row.values["head_phone"])),
            "liaison": people.get((row.values["liaison"], row.values["liaison_phone"])),
        }
        given = {key: value for key, value in words.items() if value is not None}
        name = row.values["name"]
        stations[name], _new = Station.objects.update_or_create(committee=committee, name=name, defaults=given)
    for row in rows.get(sheets.PLACES, ()):
        if row.values["parent"]:
            station = stations[row.values["name"]]
            station.parent = stations[row.values["parent"]]
            station.save(update_fields=["parent"])
    for row in rows.get(sheets.RULES, ()):
        _write_rule(committee, row, stations[row.values["station"]], known)


def _people(committee: Committee, rows: Sequence[Row]) -> dict[tuple[str, str | None], Person]:
    """Return the heads and liaisons by (name, telephone); who is not known yet becomes a person without account.

    A head need not be a member. Somebody is known by name and telephone, else by a name that only one person bears.
    """
    wanted = {
        (row.values[role], row.values[f"{role}_phone"])
        for row in rows
        for role in ("head", "liaison")
        if row.values[role]
    }
    by_name: dict[str, list[Person]] = {}
    for one in Person.objects.filter(committee=committee, name__in={name for name, _phone in wanted}):
        by_name.setdefault(one.name, []).append(one)
    found = {}
    for name, number in sorted(wanted, key=str):
        called = by_name.setdefault(name, [])
        same = [person for person in called if number and person.mobile == number]
        free = [person for person in called if not person.mobile or not number]
        person: Person | None = same[0] if same else free[0] if len(free) == 1 else None
        if person is None:
            person = Person.objects.create(committee=committee, name=name, mobile=number or "")
            called.append(person)
        elif number and not person.mobile:
            person.mobile = number
            person.save(update_fields=["mobile"])
        found[name, number] = person
    return found


def _write_rule(committee: Committee, row: Row, station: Station, known: Known) -> None:
    """Write one rule with its order of turns; planning is the planner's."""
    keys = ("kind", "starts_at", "ends_at", "holiday_policy", "adjusted_policy", "valid_from", "wall_text")
    words = {key: row.values[key] for key in keys if row.values[key] is not None}
    words |= {"weekday": None, "nth": None, "month_days": "", "valid_until": row.values["valid_until"]}
    words |= sheets.which_days(row.values["kind"], row.values["which"])
    words["people_needed"] = row.values["people_needed"] or 1
    rule, _new = DutyRule.objects.update_or_create(
        committee=committee, station=station, name=row.values["name"], defaults=words
    )
    if row.values["pool"]:
        rule.places.all().delete()
        people = dict.fromkeys(person for word in row.values["pool"] if (person := known.member(word)))
        DutyPlace.objects.bulk_create(
            [
                DutyPlace(committee=committee, rule=rule, person=person, order=order)
                for order, person in enumerate(people)
            ]
        )


STATIONS = ImportKind(
    key="stations",
    title=gettext_lazy("Stations and duty rules"),
    help=gettext_lazy(
        "A workbook with the sheets 站室 and 值日规则, for example the roster's. Stations are matched by their names; "
        "bring the roster in first."
    ),
    read=read_places,
    sheets=tuple(sheets.STATION_SHEETS.items()),
)
