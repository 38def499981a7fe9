"""The coverage page shows every hole with its reason, and where the matters stand."""

import pytest
from django.utils import timezone

from members.models import Area, Group
from members.states import Role
from members.tests.factories import make_actor
from stations.models import Station
from stations.tests.factories import make_matter, make_station

pytestmark = pytest.mark.django_db


def holes(client):
    """Return (name, reason) of every hole by the key of its coverage, and how many there are of each."""
    found = client.get("/board/coverage/").context["coverages"]
    return {each.of.key: (each.whole, [(hole.name, str(hole.reason)) for hole in each.holes]) for each in found}


def test_every_hole_is_named_with_its_reason(client, committee):
    leader = make_actor(committee, Role.LEADER)
    empty = Group.objects.create(committee=committee, kind="duty_group", name="空组")
    old = Group.objects.create(committee=committee, kind="duty_group", name="旧组", is_active=False)
    town = Area.objects.create(committee=committee, kind="town", name="东山镇", served_by=empty)
    Area.objects.create(committee=committee, kind="village", name="甲村", parent=town)
    Area.objects.create(committee=committee, kind="village", name="乙村", served_by=old)
    Area.objects.create(committee=committee, kind="community", name="丙社区")
    make_station(committee, name="有人站", head=leader.person)
    Station.objects.create(committee=committee, name="空站", kind="work_station", layer="town")
    client.force_login(leader.user)
    found = holes(client)
    assert [name for name, _reason in found["villages_with_group"][1]] == ["乙村", "丙社区"]
    assert len({reason for _name, reason in found["villages_with_group"][1]}) == 2
    assert found["villages_with_group"][0] == 3
    assert [name for name, _reason in found["groups_with_members"][1]] == ["空组"]
    assert [name for name, _reason in found["stations_with_people"][1]] == ["空站"]
    assert [name for name, _reason in found["stations_active"][1]] == ["有人站", "空站"]


def test_where_the_matters_stand_opens_their_rows(client, committee):
    leader = make_actor(committee, Role.LEADER)
    station = make_station(committee)
    make_matter(station=station, by=make_actor(committee, Role.CLERK), day=timezone.localdate())
    client.force_login(leader.user)
    funnel = client.get("/board/coverage/").context["funnel"]
    assert funnel[0].count == 1
    for figure in funnel:
        assert (figure.of.key, client.get(figure.url).context["page"].paginator.count) == (figure.of.key, figure.count)


def test_the_coverage_page_costs_the_same_for_one_and_for_many(client, committee, django_assert_num_queries):
    client.force_login(make_actor(committee, Role.LEADER).user)
    # session, account, roles; villages, groups, stations, stations again, visits, sessions, matters; unread notices
    with django_assert_num_queries(11):
        client.get("/board/coverage/")
    for n in range(5):
        make_station(committee, name=f"站{n}")
        Area.objects.create(committee=committee, kind="village", name=f"村{n}")
    with django_assert_num_queries(11):
        client.get("/board/coverage/")
