"""Invented stations, duty days, visits and residents' matters."""

from __future__ import annotations

from datetime import date, time, timedelta

from bench.people import World
from bench.promises import Promises, count
from bench.ways import BATCH, Way, after, at_noon, numbered, way, write_steps
from followups.states import OriginKind
from stations.models import (
    DutyPlace,
    DutyRule,
    DutySlot,
    DutyTurn,
    Matter,
    MatterStep,
    SlotStep,
    Station,
    Visit,
    VisitStep,
)
from stations.states import (
    MATTER_MOVES,
    SLOT_MOVES,
    VISIT_MOVES,
    Channel,
    Difficulty,
    DutyKind,
    MatterState,
    Rating,
    SlotState,
    StationKind,
    StationLayer,
    VisitState,
)

SUBJECTS = ("路灯不亮", "下水道堵塞", "村道破损", "停车难", "自来水压力低", "公交班次少", "垃圾清运不及时", "广场噪声")


def open_stations(world: World) -> list[Station]:
    """Open the stations with one rule each; the first is kept by the first keeper."""
    owner = world.committee
    stations = Station.objects.bulk_create(
        Station(
            committee=owner,
            name=f"委员联络站{number:03}",
            kind=StationKind.WORK_STATION if number <= len(world.towns) else StationKind.CONSULT_ROOM,
            layer=StationLayer.TOWN if number <= len(world.towns) else StationLayer.VILLAGE,
            area=world.villages[number % len(world.villages)],
            brand=world.brand,
            address="示例路1号",
            hours="周一 9:00–11:30",
            head=world.keepers[number - 1],
            liaison=world.clerks[number % len(world.clerks)],
            opened_on=world.begin,
        )
        for number in range(1, world.scale.stations + 1)
    )
    rules = DutyRule.objects.bulk_create(
        DutyRule(
            committee=owner,
            station=station,
            name="委员值日",
            kind=DutyKind.WEEKLY,
            weekday=order % 5,
            starts_at=time(9),
            ends_at=time(11, 30),
            valid_from=world.begin,
        )
        for order, station in enumerate(stations)
    )
    DutyPlace.objects.bulk_create(
        [
            DutyPlace(committee=owner, rule=rule, person=person, order=order)
            for rule in rules
            for order, person in enumerate(world.rng.sample(world.members, 6))
        ],
        BATCH,
    )
    return stations


def serve_duty(world: World, stations: list[Station]) -> list[Visit]:
    """Serve every station's duty days in turn and log a visit for each past one; a fortieth of them lies ahead."""
    owner, scale = world.committee, world.scale
    rules = {rule.station_id: rule for rule in DutyRule.objects.filter(committee=owner)}
    weeks = -(-scale.visits // len(stations))
    span = (world.today - world.begin).days + 18
    slots, visits = [], []
    for number in range(scale.visits):
        station, week = stations[number % len(stations)], number // len(stations)
        near = world.begin + timedelta(days=span * week // weeks)
        day = near + timedelta(days=(rules[station.pk].weekday - near.weekday()) % 7)
        slots.append((_slot(world, station, rules[station.pk], day), world.rng.sample(world.members, 2)))
    DutySlot.objects.bulk_create([slot for (slot, _), _ in slots], BATCH)
    write_steps(SlotStep, owner, (pair for pair, _ in slots))
    DutyTurn.objects.bulk_create(
        [DutyTurn(committee=owner, slot=slot, person=person) for (slot, _), people in slots for person in people],
        BATCH,
    )
    for (slot, _), people in slots:
        if slot.state == SlotState.DONE:
            visits.append((_visit(world, slot, people[0]), people))
    Visit.objects.bulk_create([visit for (visit, _), _ in visits], BATCH)
    write_steps(VisitStep, owner, (pair for pair, _ in visits))
    there = Visit.people.through
    there.objects.bulk_create(
        [there(visit_id=visit.pk, person_id=person.pk) for (visit, _), people in visits for person in people], BATCH
    )
    return [visit for (visit, _), _ in visits]


def _slot(world: World, station: Station, rule: DutyRule, day: date) -> tuple[DutySlot, Way]:
    person = world.members[0]
    if day > world.today:
        walked = way(SLOT_MOVES, SlotState.PLANNED)
    elif world.rng.random() < 0.02:
        walked = way(SLOT_MOVES, SlotState.PLANNED, ("miss", None, at_noon(day), ""))
    else:
        walked = way(SLOT_MOVES, SlotState.PLANNED, ("serve", person, at_noon(day), ""))
    slot = DutySlot(
        committee=world.committee,
        station=station,
        rule=rule,
        day=day,
        rule_day=day,
        starts_at=rule.starts_at,
        ends_at=rule.ends_at,
        state=walked.state,
    )
    return slot, walked


def _visit(world: World, slot: DutySlot, logged_by) -> tuple[Visit, Way]:
    acts = [("confirm", slot.station.head, at_noon(slot.day), "")] if slot.day < world.today else []
    walked = way(VISIT_MOVES, VisitState.LOGGED, *acts)
    visit = Visit(
        committee=world.committee,
        station=slot.station,
        slot=slot,
        day=slot.day,
        person_times=world.rng.randint(0, 30),
        note="接待群众，听取意见。",
        logged_by=logged_by,
        state=walked.state,
    )
    return visit, walked


def hear_matters(world: World, stations: list[Station], visits: list[Visit], promises: Promises) -> list:
    """Return the residents' matters with their ways; they are written once the assignments are."""
    rng, scale = world.rng, world.scale
    span = (world.today - world.begin).days
    heard = []
    for number in range(scale.matters):
        visit = visits[number * len(visits) // scale.matters] if number % 3 else None
        day = visit.day if visit else world.begin + timedelta(days=span * number // scale.matters)
        station = visit.station if visit else rng.choice(stations)
        heard.append(_matter(world, promises, station, visit, day))
    count(world, "matter", numbered([matter for matter, _ in heard], day="received_on"))
    return heard


def _matter(world: World, promises: Promises, station: Station, visit: Visit | None, day: date) -> tuple[Matter, Way]:
    rng, today = world.rng, world.today
    person, clerk = rng.choice(world.members), world.clerks[0]
    subject = f"{station.area.name}{rng.choice(SUBJECTS)}"
    difficulty = rng.choice(Difficulty.values)
    old = (today - day).days
    acts = [("classify", clerk, at_noon(after(day, 1, today=today)), "")] if old > 1 else []
    assignment = answered_on = closed_on = None
    if old > 3 and rng.random() < world.scale.assigned:
        assignment = promises.hand_over(
            rule=f"matter_{difficulty}",
            kind=OriginKind.MATTER,
            title=subject,
            raised_by=person,
            place=station.name,
            on=after(day, 2, today=today),
        )
        acts.append(("assign", clerk, at_noon(assignment.handed_over_on), ""))
        if assignment.closed_on:
            answered_on, closed_on = assignment.closed_on, after(assignment.closed_on, 7, today=today)
    elif old > 30 and rng.random() < 0.95:
        answered_on, closed_on = after(day, rng.randint(2, 25), today=today), after(day, 30, today=today)
        acts.append(("take", clerk, at_noon(after(day, 2, today=today)), ""))
    if answered_on:
        acts.append(("answer", person, at_noon(answered_on), ""))
        acts.append(("close", clerk, at_noon(closed_on), ""))
    walked = way(MATTER_MOVES, MatterState.RECEIVED, *acts)
    matter = Matter(
        committee=world.committee,
        station=station,
        area=station.area,
        visit=visit,
        channel=Channel.DUTY if visit else Channel.PHONE,
        received_on=day,
        subject=subject,
        text="居民反映情况，希望尽快解决。",
        difficulty=difficulty if old > 1 else "",
        taken_by=person,
        owner=person if old > 1 else None,
        due_on=day + timedelta(days=30) if old > 1 else None,
        answer="已经办理，谢谢您的意见。" if answered_on else "",
        answered_on=answered_on,
        closed_on=closed_on,
        rating=rng.choice(Rating.values) if closed_on else "",
        assignment=assignment,
        state=walked.state,
    )
    return matter, walked


def write_matters(world: World, heard: list) -> list[Matter]:
    """Write the matters and their steps."""
    matters = [matter for matter, _ in heard]
    Matter.objects.bulk_create(matters, BATCH)
    write_steps(MatterStep, world.committee, heard)
    return matters
