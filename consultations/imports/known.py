"""What the rows of a plan or of sessions may refer to, and how an error is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kit.sheets import Row
from members.importing import BadRow
from members.models import Area, Brand, Committee, Group, Membership, Person, Unit
from members.states import GroupKind
from stations.models import Station

from ..defaults import FORMS
from ..models import ConsultationForm
from .sheets import HEADERS


@dataclass
class Known:
    """The committee's own things by their names; a name several people bear leads to all of them."""

    forms: set[str] = field(default_factory=set)
    units: dict[str, Unit] = field(default_factory=dict)
    brands: dict[str, Brand] = field(default_factory=dict)
    stations: dict[str, Station] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    special_committees: dict[str, Group] = field(default_factory=dict)
    members: dict[str, Person] = field(default_factory=dict)  # by number
    people: dict[str, list[Person]] = field(default_factory=dict)  # by name

    @classmethod
    def of(cls, committee: Committee) -> Known:
        """Read what the committee has; the usual forms of consultation count as known."""

        def named(things):
            return {thing.name: thing for thing in things.filter(committee=committee)}

        known = cls(
            forms={name for name, _light in FORMS} | set(named(ConsultationForm.objects)),
            units=named(Unit.objects),
            brands=named(Brand.objects),
            stations=named(Station.objects.select_related("area")),
            areas=named(Area.objects),
            special_committees=named(Group.objects.filter(kind=GroupKind.SPECIAL_COMMITTEE)),
        )
        enrolled = Membership.objects.filter(committee=committee, term__is_current=True).select_related("person")
        known.members = {membership.number: membership.person for membership in enrolled}
        for person in Person.objects.filter(committee=committee):
            known.people.setdefault(person.name, []).append(person)
        return known

    def member(self, word: str) -> Person | None:
        """Return the member a cell means: by number, or by a name only one member bears."""
        if word in self.members:
            return self.members[word]
        bearing = [person for person in self.members.values() if person.name == word]
        return bearing[0] if len(bearing) == 1 else None

    def is_shared(self, word: str) -> bool:
        """Whether several members bear the name."""
        return sum(person.name == word for person in self.members.values()) > 1

    def only(self, name: str | None) -> Person | None:
        """Return the person of a name, if it is exactly one."""
        people = self.people.get(name or "", [])
        return people[0] if len(people) == 1 else None


def bad(sheet: str, row: Row, key: str, reason: str, value: Any = None) -> BadRow:
    """Return what is wrong with one cell."""
    shown = row.values.get(key) if value is None else value
    return BadRow(row.line, HEADERS[sheet][key], reason, str("" if shown is None else shown)[:50], sheet)
