"""Who may do what at the front door: every address by every kind of person, in one table."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kit.tenancy import committee_scope
from members.states import Role
from members.tests.factories import make_actor
from stations import actions
from stations.models import Matter, Visit

from .factories import make_matter, make_rule, make_slot, make_station, make_visit

pytestmark = pytest.mark.django_db
# A keeper of another station sees duty days but no visits and matters here: 404, as if they did not exist.
SEEN, REFUSED, HIDDEN = 200, 403, 404
WHO = ("zhao", "chen", "lin", "ma", "kong", "cao", "wu")
TABLE = {
    "station_list": (200, 200, 200, 200, 200, 200, 403),
    "station_create": (200, 403, 403, 403, 403, 403, 403),
    "rule_list": (200, 200, 200, 200, 200, 200, 403),
    "my_duty": (403, 403, 200, 200, 200, 200, 403),
    "duty_calendar": (200, 200, 200, 200, 200, 200, 403),
    "visit_list": (200, 200, 200, 200, 200, 200, 403),
    "visit_create": (200, 403, 200, 200, 200, 200, 403),
    "visit_counts": (200, 200, 403, 403, 403, 403, 403),
    "matter_list": (200, 200, 200, 200, 200, 200, 403),
    "matter_create": (200, 403, 403, 403, 200, 200, 403),
    "matter_export": (200, 200, 200, 200, 200, 200, 403),
    "station_detail station": (200, 200, 200, 200, 200, 200, 403),
    "station_edit station": (200, 403, 403, 403, 403, 403, 403),
    "rule_create station": (200, 403, 403, 403, 403, 403, 403),
    "rule_detail rule": (200, 200, 200, 200, 200, 200, 403),
    "rule_edit rule": (200, 403, 403, 403, 403, 403, 403),
    "slot_detail slot": (200, 200, 200, 200, 200, 200, 403),
    "slot_move slot": (200, 403, 403, 403, 403, 403, 403),
    "slot_cancel slot": (200, 403, 403, 403, 403, 403, 403),
    "visit_log slot": (403, 403, 200, 403, 200, 403, 403),
    "visit_detail visit": (200, 200, 200, 404, 200, 404, 403),
    "visit_return visit": (200, 403, 403, 403, 200, 404, 403),
    "visit_resend visit": (403, 403, 200, 404, 403, 404, 404),
    "matter_detail matter": (200, 200, 200, 404, 200, 404, 403),
    "matter_classify matter": (200, 403, 403, 404, 200, 404, 403),
    "matter_take matter": (200, 403, 403, 404, 200, 404, 403),
    "matter_assign matter": (200, 403, 403, 404, 200, 404, 403),
    "matter_answer matter": (200, 403, 200, 404, 200, 404, 403),
    "matter_close matter": (200, 403, 403, 404, 200, 404, 403),
    "matter_reopen matter": (200, 403, 403, 404, 200, 404, 403),
}
POSTS = {
    "slot_confirm slot": (403, 403, 302, 403, 302, 403, 403),
    "slot_miss slot": (302, 403, 403, 403, 302, 403, 403),
    "slot_keep slot": (302, 403, 403, 403, 403, 403, 403),
    "visit_confirm visit": (302, 403, 403, 403, 302, 404, 403),
}


@pytest.fixture
def things(people):
    """One of everything: Lin's, at Kong's station."""
    today = timezone.localdate()
    return {
        "station": people.station,
        "rule": make_rule(people.station),
        "slot": make_slot(people.station, people=[people.lin.person], day=today),
        "visit": make_visit(people.station, by=people.lin, day=today),
        "matter": make_matter(people.station, by=people.lin, day=today),
    }


def address(row, things):
    name, *what = row.split()
    return reverse(f"stations:{name}", args=[things[thing].pk for thing in what])


def answers(people, things, client, rows, ask):
    """What each address answers each person; whatever one of them does is taken back before the next."""
    got = {}
    for row in rows:
        codes = []
        for who in WHO:
            client.force_login(getattr(people, who).user)
            with transaction.atomic():
                codes.append(ask(client, address(row, things)).status_code)
                transaction.set_rollback(True)
        got[row] = tuple(codes)
    return got


def test_who_may_look(people, things, client):
    assert answers(people, things, client, TABLE, lambda client, url: client.get(url)) == TABLE


def test_who_may_act(people, things, client):
    assert answers(people, things, client, POSTS, lambda client, url: client.post(url)) == POSTS


def test_another_committee_finds_nothing(people, things, client, other_committee):
    with committee_scope(other_committee.pk):
        stranger = make_actor(other_committee, Role.CLERK, Role.MEMBER, Role.KEEPER, name="外人")
    client.force_login(stranger.user)
    rows = [row for row in [*TABLE, *POSTS] if " " in row]
    found = {
        row: code
        for row in rows
        if (code := (client.post if row in POSTS else client.get)(address(row, things)).status_code) != 404
    }
    assert found == {}


@pytest.mark.scenario("A03")
def test_the_station_above_sees_all_three_layers_and_another_street_none(people):
    committee = people.committee
    village = make_station(committee, parent=people.station)
    firm_keeper = make_actor(committee, Role.KEEPER, name="企小测")
    firm = make_station(committee, parent=village, head=firm_keeper.person, layer="enterprise")
    for station in (people.station, village, firm):
        make_matter(station, by=people.zhao)
    seen = {who: Matter.objects.visible_to(actor).count() for who, actor in (
        ("street", people.kong), ("firm", firm_keeper), ("other street", people.cao))}  # fmt: skip
    assert seen == {"street": 3, "firm": 1, "other street": 0}


@pytest.mark.scenario("E26")
def test_a_head_who_is_no_member_runs_the_station(people):
    assert not people.kong.is_member
    visit = make_visit(people.station, by=people.lin)
    actions.confirm_visit(visit, by=people.kong.person)
    assert Visit.objects.visible_to(people.kong).count() == 1


def test_nobody_vouches_for_a_record_of_their_own(people, client):
    visit = make_visit(people.station, by=people.kong, people=[])
    client.force_login(people.kong.user)
    assert client.post(reverse("stations:visit_confirm", args=[visit.pk])).status_code == 403


def test_a_unit_reads_what_it_was_handed_on_the_assignment_only(people, things, client):
    client.force_login(people.wu.user)
    assert client.get(things["matter"].get_absolute_url()).status_code == 403
    assert Matter.objects.visible_to(people.wu).count() == 0


def test_a_visit_stays_with_those_who_took_part(people):
    make_visit(people.station, by=people.lin, people=[people.lin.person, people.ma.person])
    assert [Visit.objects.visible_to(actor).count() for actor in (people.lin, people.ma, people.cao)] == [1, 1, 0]
