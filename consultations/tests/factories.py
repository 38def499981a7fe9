"""Makes topics and sessions for tests."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import count
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from consultations.actions import meeting, sessions
from consultations.actions.sessions import Guests
from consultations.models import ConsultationForm, Plan, Session, Topic
from members.access import Actor
from members.models import Committee, Person
from members.states import Role
from members.tests.factories import make_actor, make_unit
from stations.models import DutySlot, DutyTurn, Station

ZONE = ZoneInfo("Asia/Shanghai")
_number = count(1)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment here."""
    return datetime.combine(day, time(hour, minute), ZONE)


def ahead(days: int = 10) -> date:
    """A day that lies ahead of the clock on the wall."""
    return datetime.now(ZONE).date() + timedelta(days=days)


def make_form(committee: Committee, *, name: str = "", is_light: bool = False) -> ConsultationForm:
    """A form of consultation."""
    return ConsultationForm.objects.create(committee=committee, name=name or f"形式{next(_number)}", is_light=is_light)


def make_station(committee: Committee, *, name: str = "", head: Person | None = None) -> Station:
    """A station, kept by `head`."""
    return Station.objects.create(
        committee=committee, name=name or f"联络站{next(_number)}", kind="work_station", layer="village", head=head
    )


def make_plan(committee: Committee, *, year: int = 2026) -> Plan:
    """A year's plan."""
    return Plan.objects.create(committee=committee, year=year)


def make_topic(committee: Committee, *, title: str = "老旧小区加装电梯", **fields) -> Topic:
    """A drafted topic."""
    year = fields["plan"].year if fields.get("plan") else None
    fields = {"source": "member", "year": year, **fields}
    return Topic.objects.create(committee=committee, title=title, **fields)


def make_session(
    *,
    by: Actor,
    title: str = "加装电梯协商会",
    starts_at: datetime | None = None,
    hours: int = 2,
    form: ConsultationForm | None = None,
    station: Station | None = None,
    place: str = "社区议事厅",
    guests: Guests | None = None,
    **fields,
) -> Session:
    """A session ten days ahead, called together by the actor."""
    starts_at = starts_at or at(ahead())
    return sessions.schedule_session(
        committee=by.committee,
        by=by.person,
        guests=guests or Guests(),
        title=title,
        form=form or make_form(by.committee),
        station=station,
        place=place,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        **fields,
    )


def make_meeting(*, by: Actor, **fields) -> Session:
    """A session that is being held now."""
    now = datetime.now(ZONE)
    session = make_session(by=by, starts_at=fields.pop("starts_at", now - timedelta(minutes=5)), **fields)
    return meeting.open_session(session, by=by.person, at=now)


def make_slot(committee: Committee, *, person: Person, day: date, begins: int = 9, ends: int = 11) -> DutySlot:
    """A person's duty day."""
    slot = DutySlot.objects.create(
        committee=committee,
        station=make_station(committee),
        day=day,
        rule_day=day,
        starts_at=time(begins),
        ends_at=time(ends),
    )
    DutyTurn.objects.create(committee=committee, slot=slot, person=person)
    return slot


def make_cast(committee: Committee) -> SimpleNamespace:
    """Zhao keeps the office, Lin and Ma are members, Wu answers for a unit, Kong keeps a station, Chen leads."""
    unit = make_unit(committee, name=f"住建局{next(_number)}")
    kong = make_actor(committee, Role.KEEPER, name="孔小测")
    return SimpleNamespace(
        committee=committee,
        unit=unit,
        other_unit=make_unit(committee),
        zhao=make_actor(committee, Role.CLERK, name="赵小测"),
        lin=make_actor(committee, Role.MEMBER, name="林小测"),
        ma=make_actor(committee, Role.MEMBER, name="马小测"),
        wu=make_actor(committee, Role.OFFICER, name="吴小测", unit=unit),
        chen=make_actor(committee, Role.LEADER, name="陈小测"),
        kong=kong,
        station=make_station(committee, head=kong.person),
        form=make_form(committee, name="对口协商"),
        light=make_form(committee, name="微协商", is_light=True),
    )
