"""A small county to tell stories in: who lives there, and what lies there when a story begins."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from types import SimpleNamespace

from django.utils import timezone

from consultations.models import ConsultationForm, Session
from members.models import Area, Committee
from members.states import Role
from members.tests.factories import make_actor, make_unit
from stations.models import Station
from stations.tests.factories import make_matter, make_station

ELEVATOR = "三栋老楼没有电梯，老人下楼难"


def build(committee: Committee) -> SimpleNamespace:
    """Zhao keeps the office, Lin and Ma are members, Kong keeps a station, Wu answers for a bureau, Chen leads."""
    unit = make_unit(committee, name="住房建设局")
    kong = make_actor(committee, Role.KEEPER, name="孔小测")
    area = Area.objects.create(committee=committee, name="春晖社区", kind="community")
    station = make_station(committee, name="春晖社区委员联络站", head=kong.person, area=area)
    return SimpleNamespace(
        committee=committee,
        unit=unit,
        station=station,
        area=area,
        kong=kong,
        zhao=make_actor(committee, Role.CLERK, name="赵小测"),
        lin=make_actor(committee, Role.MEMBER, name="林小测"),
        ma=make_actor(committee, Role.MEMBER, name="马小测"),
        wu=make_actor(committee, Role.OFFICER, name="吴小测", unit=unit),
        chen=make_actor(committee, Role.LEADER, name="陈小测"),
        form=ConsultationForm.objects.create(committee=committee, name="对口协商"),
        light=ConsultationForm.objects.create(committee=committee, name="微协商", is_light=True),
    )


def login(actor) -> str:
    """The name an actor signs in with."""
    return actor.user.username


def a_matter(town: SimpleNamespace, *, subject: str = ELEVATOR):
    """What a resident said at the station yesterday; Kong took it down."""
    return make_matter(town.station, by=town.kong, day=timezone.localdate() - timedelta(days=1), subject=subject)


def a_session(town: SimpleNamespace, *, title: str, day, begins: int = 9, station: Station | None = None) -> Session:
    """A session of two hours that Zhao put on the calendar."""
    start = timezone.make_aware(datetime.combine(day, time(begins)))
    return Session.objects.create(
        committee=town.committee, title=title, form=town.form, station=station, place="" if station else "社区议事厅",
        starts_at=start, ends_at=start + timedelta(hours=2), convener=town.zhao.person,
    )  # fmt: skip


def the_day_has_come(title: str) -> None:
    """Let the day of a session be today: it began a minute ago."""
    begin = timezone.now() - timedelta(minutes=1)
    assert Session.objects.filter(title=title).update(starts_at=begin, ends_at=begin + timedelta(hours=2)) == 1
