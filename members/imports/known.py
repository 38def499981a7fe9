"""What rows of a roster may refer to: the names in the portal and those in the file itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kit.sheets import Table, parse_rows

from ..models import Area, Committee, Group, Membership, Sector, Unit
from . import sheets


@dataclass
class Known:
    """Names by what they name; a member's number leads to the name."""

    sectors: set[str] = field(default_factory=set)
    groups: set[tuple[str, str]] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    members: dict[str, str] = field(default_factory=dict)
    enrolled: dict[str, str] = field(default_factory=dict)  # those the portal has already

    @property
    def group_names(self) -> set[str]:
        """The names of all groups, whatever their kind."""
        return {name for _kind, name in self.groups}

    def numbers_called(self, name: str) -> list[str]:
        """Return the numbers of all members of that name."""
        return [number for number, called in self.members.items() if called == name]

    def number_of(self, word: str | None) -> str | None:
        """Return the member a cell means: by number, or by a name only one member bears; None when unclear."""
        if word in self.members:
            return word
        called = self.numbers_called(word or "")
        return called[0] if len(called) == 1 else None


def known_to(committee: Committee, tables: Mapping[str, Table]) -> Known:
    """Return what the committee has and what the file brings, so that a sheet may refer to another one.

    A row of the file that has its name right but is wrong elsewhere still counts, so one mistake is told once.
    """
    known = Known(
        sectors=set(Sector.objects.filter(committee=committee).values_list("name", flat=True)),
        groups=set(Group.objects.filter(committee=committee).values_list("kind", "name")),
        areas=set(Area.objects.filter(committee=committee).values_list("name", flat=True)),
        units=set(Unit.objects.filter(committee=committee).values_list("name", flat=True)),
        enrolled=dict(
            Membership.objects.filter(committee=committee, term__is_current=True).values_list("number", "person__name")
        ),
    )
    known.sectors |= {name for (name,) in _cells(tables, sheets.SECTORS, "name")}
    known.groups |= set(_cells(tables, sheets.GROUPS, "kind", "name"))
    known.areas |= {name for (name,) in _cells(tables, sheets.AREAS, "name")}
    known.units |= {name for (name,) in _cells(tables, sheets.UNITS, "name")}
    known.members = {**known.enrolled, **dict(_cells(tables, sheets.MEMBERS, "number", "name"))}
    return known


def _cells(tables: Mapping[str, Table], sheet: str, *keys: str) -> Iterable[tuple[Any, ...]]:
    """Yield the values of a few columns of a sheet, from every row that has them all."""
    if sheet in tables:
        columns = [replace(column, required=False) for column in sheets.SHEETS[sheet] if column.key in keys]
        for row in parse_rows(tables[sheet], columns).rows:
            values = tuple(row.values[key] for key in keys)
            if None not in values:
                yield values
