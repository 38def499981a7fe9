"""Makes front-door rows for tests."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import count

from django.utils import timezone

from members.access import Actor
from members.models import Area, Committee, Person
from stations import actions
from stations.models import DutyPlace, DutyRule, DutySlot, DutyTurn, Matter, Station, Visit
from stations.states import DutyKind, StationKind, StationLayer

_number = count(1)
ON = date(2026, 3, 18)


def make_station(
    committee: Committee,
    *,
    name: str = "",
    head: Person | None = None,
    liaison: Person | None = None,
    parent: Station | None = None,
    area: Area | None = None,
    layer: StationLayer = StationLayer.VILLAGE,
) -> Station:
    """A work station."""
    return Station.objects.create(
        committee=committee,
        name=name or f"测试站{next(_number)}",
        kind=StationKind.WORK_STATION,
        layer=layer,
        head=head,
        liaison=liaison,
        parent=parent,
        area=area,
    )


def make_rule(station: Station, *, pool: list[Person] | None = None, kind: str = DutyKind.WEEKLY, **fields) -> DutyRule:
    """Every Friday from three to five, unless said otherwise."""
    words = {"weekday": 4} if kind in (DutyKind.WEEKLY, DutyKind.WEEKLY_ROTA) else {}
    rule = DutyRule.objects.create(
        committee=station.committee,
        station=station,
        kind=kind,
        **{
            "name": f"规则{next(_number)}",
            "starts_at": time(15),
            "ends_at": time(17),
            "valid_from": date(2026, 1, 1),
            **words,
            **fields,
        },
    )
    for order, person in enumerate(pool or []):
        DutyPlace.objects.create(committee=rule.committee, rule=rule, person=person, order=order)
    return rule


def make_slot(station: Station, *, people: list[Person] | None = None, day: date = ON, **fields) -> DutySlot:
    """A duty day without a rule."""
    slot = DutySlot.objects.create(
        committee=station.committee,
        station=station,
        day=day,
        rule_day=day,
        starts_at=time(15),
        ends_at=time(17),
        **fields,
    )
    for person in people or []:
        DutyTurn.objects.create(committee=station.committee, slot=slot, person=person)
    return slot


def make_visit(station: Station, *, by: Actor, day: date = ON, person_times: int = 3, **fields) -> Visit:
    """A free visit logged by somebody who took part."""
    fields.setdefault("people", [by.person])
    return actions.log_visit(station=station, by=by.person, day=day, person_times=person_times, on=day, **fields)


def make_matter(station: Station, *, by: Actor, day: date = ON, subject: str = "路灯不亮", **fields) -> Matter:
    """A matter taken down at the desk."""
    return actions.receive_matter(station=station, by=by.person, on=day, received_on=day, subject=subject, **fields)


def make_many(committee: Committee, count: int, *, by: Actor, head: Person, also: Person) -> None:
    """As many stations, each with a rule, a duty day for two, a visit and a matter; written at once, without steps."""
    today, year = timezone.localdate(), timezone.localdate().year
    stations = Station.objects.bulk_create(
        Station(
            committee=committee,
            name=f"多站{next(_number)}",
            kind=StationKind.WORK_STATION,
            layer=StationLayer.VILLAGE,
            head=head,
        )
        for _ in range(count)
    )
    hours = {"starts_at": time(15), "ends_at": time(17)}
    DutyRule.objects.bulk_create(
        DutyRule(
            committee=committee, station=at, name="规则", kind=DutyKind.WEEKLY, weekday=4, valid_from=today, **hours
        )
        for at in stations
    )
    slots = DutySlot.objects.bulk_create(
        DutySlot(committee=committee, station=at, day=day, rule_day=day, **hours)
        for at, day in ((at, today + timedelta(days=number)) for number, at in enumerate(stations))
    )
    DutyTurn.objects.bulk_create(
        DutyTurn(committee=committee, slot=slot, person=person) for slot in slots for person in (by.person, also)
    )
    visits = Visit.objects.bulk_create(
        Visit(committee=committee, station=at, day=today, person_times=3, logged_by=by.person) for at in stations
    )
    taken_part = Visit.people.through
    taken_part.objects.bulk_create(taken_part(visit=visit, person=by.person) for visit in visits)
    Matter.objects.bulk_create(
        Matter(
            committee=committee,
            year=year,
            number=10_000 + next(_number),
            station=at,
            received_on=today,
            subject="路灯不亮",
            taken_by=by.person,
        )
        for at in stations
    )
