"""Makes front-door rows for tests."""

from __future__ import annotations

from datetime import date, time
from itertools import count

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
