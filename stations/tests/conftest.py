"""The cast of the front door."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache

from members.states import Role
from members.tests.factories import make_actor, make_area, make_unit

from .factories import make_station


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Names in the filter of the ledger are kept for minutes; each test starts without."""
    cache.clear()


@pytest.fixture
def people(committee):
    """Lin is on duty, Kong keeps the station, Cao another one, Zhao keeps the office, Wu answers for a unit."""
    area = make_area(committee, name="晨光社区")
    kong = make_actor(committee, Role.KEEPER, name="孔小测")
    cao = make_actor(committee, Role.KEEPER, name="曹小测")
    unit = make_unit(committee, name="住建局")
    return SimpleNamespace(
        committee=committee,
        area=area,
        unit=unit,
        station=make_station(committee, name="晨光站", head=kong.person, area=area),
        elsewhere=make_station(committee, name="水西站", head=cao.person),
        kong=kong,
        cao=cao,
        lin=make_actor(committee, Role.MEMBER, name="林小测"),
        ma=make_actor(committee, Role.MEMBER, name="马小测"),
        zhao=make_actor(committee, Role.CLERK, name="赵小测"),
        chen=make_actor(committee, Role.LEADER, name="陈小测"),
        wu=make_actor(committee, Role.OFFICER, name="吴小测", unit=unit),
    )


@pytest.fixture
def browser_of(client):
    """Sign somebody in and return the client."""

    def enter(actor):
        client.force_login(actor.user)
        return client

    return enter
