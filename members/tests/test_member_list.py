"""The list of members: two axes, stroke order, no more queries for more rows, and who may see it."""

import pytest
from django.utils import timezone

from kit.paging import PER_PAGE
from kit.tenancy import every_committee
from members.access import actors_of
from members.actions import take_seats
from members.models import Area, ExportLog, Membership, Notice, Person, RoleGrant, Sector
from members.states import AreaKind, Role
from members.tests.factories import (
    make_actor,
    make_area,
    make_copies,
    make_group,
    make_member,
    make_members_like,
    make_unit,
)

pytestmark = pytest.mark.django_db


def names(response):
    """Return the names on the page, in order."""
    return [row.person.name for row, _shown in response.context["rows"]]


@pytest.fixture
def grid(committee):
    """Four members in two sectors and two towns; 田富 sits in groups of both towns."""
    towns, groups = [], []
    for name in ("东街", "西街"):
        town = Area.objects.create(committee=committee, name=name, kind=AreaKind.SUBDISTRICT)
        community = make_area(committee, name=f"{name}社区", parent=town)
        group = make_group(committee, name=f"{name}一组")
        Area.objects.filter(pk=community.pk).update(served_by=group)
        towns.append(town)
        groups.append(group)
    seats = {"田大利": ("教育界", [0]), "田富": ("教育界", [0, 1]), "丁一": ("经济界", [0]), "王二": ("经济界", [1])}
    for name, (sector, places) in seats.items():
        enrolled = make_member(committee, name=name, sector=sector).memberships.get()
        take_seats(enrolled, groups=[groups[place] for place in places])
    sectors = {row.sector.name: row.sector for row in Membership.objects.select_related("sector")}
    return {"sectors": sectors, "towns": towns, "groups": groups}


@pytest.mark.scenario("A10")
def test_sector_and_area_are_two_axes_of_one_list(grid, zhao, as_):
    client = as_(zhao)
    teachers, east, west = grid["sectors"]["教育界"].pk, grid["towns"][0].pk, grid["towns"][1].pk
    assert names(client.get(f"/members/?sector={teachers}")) == ["田富", "田大利"]
    assert names(client.get(f"/members/?area={east}")) == ["丁一", "田富", "田大利"]
    assert names(client.get(f"/members/?area={west}")) == ["王二", "田富"]
    assert names(client.get(f"/members/?sector={teachers}&area={west}")) == ["田富"]


@pytest.mark.scenario("A10")
def test_a_member_of_two_areas_stands_once_in_the_whole_list(grid, zhao, as_):
    assert names(as_(zhao).get("/members/")) == ["丁一", "王二", "田富", "田大利"]


def test_the_list_can_be_narrowed_by_group_standing_and_name(grid, zhao, as_):
    client = as_(zhao)
    Membership.objects.filter(person__name="王二").update(is_standing=True)
    assert names(client.get(f"/members/?group={grid['groups'][1].pk}")) == ["王二", "田富"]
    assert names(client.get("/members/?standing=1")) == ["王二"]
    assert names(client.get("/members/", {"q": "田　富"})) == ["田富"]


def test_two_character_names_are_padded(grid, zhao, as_):
    assert "田　富" in as_(zhao).get("/members/").content.decode()


def test_nonsense_in_the_address_is_no_error(grid, zhao, as_):
    assert as_(zhao).get("/members/?sector=x&area=99999999999999&group=-1&page=abc").status_code == 200


# Session, account, roles; unread notices; the page itself, and on the list of members the choices of its filter.
@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/members/", 6),
        ("/groups/", 5),
        ("/units/", 5),
        ("/setup/sectors/", 5),
        ("/setup/areas/", 5),
        ("/setup/accounts/", 6),
        ("/inbox/", 5),
        ("/setup/notices/", 5),
    ],
)
def test_fifty_rows_take_no_more_queries_than_one_but_for_their_number(
    rows, address, queries, committee, zhao, as_, django_assert_num_queries
):
    make_members_like(make_actor(committee, Role.MEMBER, name="甲"), rows - 1)
    read = {"committee": committee, "to": zhao.person, "template": "x", "due_at": timezone.now()}
    told = Notice.objects.create(**read, key="told", sent_at=timezone.now())
    stuck = Notice.objects.create(**read, key="stuck", attempts=5)
    for thing in (make_group(committee), make_area(committee), make_unit(committee), Sector.objects.get()):
        make_copies(thing, rows - 1, name=lambda place: f"其{place}")
    for notice in (told, stuck):
        make_copies(notice, rows - 1, key=lambda place, key=notice.key: f"{key}{place}")
    client = as_(zhao)
    with django_assert_num_queries(queries + (rows > PER_PAGE)):
        assert client.get(address).status_code == 200


def test_an_export_holds_what_the_list_shows_and_is_noted(grid, zhao, as_):
    answer = as_(zhao).get(f"/members/export/?format=csv&sector={grid['sectors']['教育界'].pk}")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in lines] == ["姓名", "田富", "田大利"]
    log = ExportLog.objects.get()
    assert (log.by, log.what, log.rows) == (zhao.person, "members.csv", 2)


@pytest.mark.parametrize(("role", "status"), [(Role.LEADER, 403), (Role.MEMBER, 403), (Role.KEEPER, 403)])
def test_only_the_office_takes_the_list_away(committee, as_, role, status):
    assert as_(make_actor(committee, role)).get("/members/export/").status_code == status
    assert ExportLog.objects.count() == 0


def test_a_mobile_is_masked_for_all_but_the_office(committee, zhao, lin, as_):
    person = make_member(committee, name="丁一", mobile="10000000077")
    assert as_(zhao).get(person.get_absolute_url()).context["mobile"] == "10000000077"
    page = as_(lin).get(person.get_absolute_url())
    assert page.context["mobile"] == "100****0077"
    assert "10000000077" not in page.content.decode()


def test_somebody_with_roles_in_two_committees_acts_in_the_chosen_one(zhao, ma, as_):

    with every_committee(because="one account, two committees"):
        second = Person.objects.create(committee=ma.committee, name="赵小测", user=zhao.user)
        RoleGrant.objects.create(committee=ma.committee, person=second, role=Role.LEADER)
        assert [actor.committee for actor in actors_of(zhao.user)] == [zhao.committee, ma.committee]
    client = as_(zhao)
    assert client.get("/setup/").status_code == 200
    assert client.post("/members/switch/", {"committee": ma.committee.pk}).status_code == 302
    assert client.get("/setup/").status_code == 403
    assert client.get("/").context["actor"].committee == ma.committee
    client.post("/members/switch/", {"committee": "999"})
    assert client.get("/").context["actor"].committee == ma.committee
