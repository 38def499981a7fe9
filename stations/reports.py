"""Reports: choices for lists, and visits counted on two axes (条块结合): by sector and by area."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet, Sum

from members.access import Actor
from members.models import Area, Person, RoleGrant, Sector
from members.states import Role

from .models import DutyPlace, Matter, Station, Visit
from .models.visits import VisitQuerySet
from .states import VisitState

OWNERS_LAST = 300  # seconds the names in the filter of the ledger are kept


@dataclass(frozen=True)
class Line:
    """One line of an axis: how many visits, and how many person-times."""

    key: int
    name: str
    visits: int
    person_times: int


@dataclass(frozen=True)
class Counts:
    """Visits once in the total, once in each sector that took part, once in their area."""

    visits: int
    person_times: int
    by_sector: list[Line]
    by_area: list[Line]


def visit_counts(visits: VisitQuerySet) -> Counts:
    """Count confirmed visits; three queries whatever their number.

    A visit of two members of one sector counts once in it, of two sectors once in each, and once in the total.
    """
    visits = visits.filter(state=VisitState.CONFIRMED)
    total = visits.aggregate(visits=Count("pk"), person_times=Sum("person_times"))
    pairs = (
        Visit.people.through.objects.filter(visit__in=visits, person__memberships__term__is_current=True)
        .order_by("person__memberships__sector__order", "person__memberships__sector")
        .values_list("person__memberships__sector", "person__memberships__sector__name", "visit", "visit__person_times")
        .distinct()
    )
    lines: dict[tuple[int, str], list[int]] = {}
    for sector, name, _visit, times in pairs:
        lines.setdefault((sector, name), []).append(times)
    areas = (
        visits.order_by()
        .values_list("station__area", "station__area__name")
        .annotate(visits=Count("pk"), person_times=Sum("person_times"))
        .order_by("station__area")
    )
    return Counts(
        visits=total["visits"],
        person_times=total["person_times"] or 0,
        by_sector=[Line(key, name, len(times), sum(times)) for (key, name), times in lines.items()],
        by_area=[Line(key or 0, name or "", visits, times) for key, name, visits, times in areas],
    )


def station_choices(actor: Actor, *, kept_only: bool = False) -> list[tuple[int, str]]:
    """Return (pk, name) of the stations in use, or of those the actor keeps."""
    return list(stations_for(actor, kept_only=kept_only).values_list("pk", "name"))


def stations_for(actor: Actor, *, kept_only: bool = False) -> QuerySet[Station]:
    """Return the stations in use, or those the actor keeps."""
    return Station.objects.choices_of(actor, kept_only=kept_only)


def sector_choices() -> list[tuple[int, str]]:
    """Return (pk, name) of the committee's sectors."""
    return list(Sector.objects.values_list("pk", "name"))


def people_of(station: Station) -> list[tuple[int, str]]:
    """Return (pk, name) of those who may be named for a matter of the station: its keepers, its members on duty, the
    office."""
    people = Person.objects.filter(
        Q(pk__in=station.keeper_ids)
        | Q(pk__in=DutyPlace.objects.filter(rule__station=station).values("person"))
        | Q(pk__in=RoleGrant.objects.filter(role=Role.CLERK).values("person"))
    )
    return list(people.by_strokes().values_list("pk", "name"))


def owner_choices(actor: Actor) -> list[tuple[int, str]]:
    """Return (pk, name) of the people named for open matters the actor sees; kept for minutes."""
    key = f"stations:owners:{actor.committee.pk}:{'all' if actor.sees_all else actor.person.pk}"
    kept = cache.get(key)
    if kept is None:
        kept = _owners(actor)
        cache.set(key, kept, OWNERS_LAST)
    return kept


def _owners(actor: Actor) -> list[tuple[int, str]]:
    named = Q()
    for part in Matter.objects.visible_in_parts(actor):
        named |= Q(pk__among=part.open().order_by().values("owner").distinct())
    return list(Person.objects.filter(named).by_strokes().values_list("pk", "name")[:300])


def areas_near(station: Station) -> list[tuple[int, str]]:
    """Return (pk, name) of the places a matter at the station may concern: its own, those within and beside."""
    if station.area is None:
        return []
    upper = station.area.parent_id
    near = Q(pk=station.area_id) | Q(parent=station.area_id)
    if upper:
        near |= Q(pk=upper) | Q(parent=upper)
    return list(Area.objects.filter(near).order_by("pk").values_list("pk", "name"))
