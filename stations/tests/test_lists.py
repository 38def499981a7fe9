"""Lists and files: what they cost, what they show, and the counts on two axes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kit.paging import PER_PAGE
from kit.sheets import read_table
from members.models import ExportLog, Sector
from members.states import Role
from members.tests.factories import make_actor, make_area
from stations import actions, reports, verify
from stations.dashboard import cards_for
from stations.models import Matter, Visit

from .factories import make_many, make_matter, make_slot, make_station, make_visit

pytestmark = pytest.mark.django_db

# Session, account, roles; unread notices; the page itself; the choices of its filter; days and years of the calendar.
COSTS = {"station_list": 6, "rule_list": 5, "visit_list": 7, "matter_list": 7, "my_duty": 8, "duty_calendar": 8}
# A list of thirty rows a page counts its rows as soon as there is a second page.
PAGED = {"station_list", "rule_list", "visit_list", "matter_list"}


@pytest.mark.parametrize("name", COSTS)
@pytest.mark.parametrize("count", [1, 50])
def test_a_list_costs_the_same_with_one_and_fifty_rows(people, client, name, count, django_assert_num_queries):
    who = make_actor(people.committee, Role.CLERK, Role.MEMBER, name="多岗")
    make_many(people.committee, count, by=who, head=people.kong.person, also=people.ma.person)
    client.force_login(who.user)
    client.get(reverse("home"))
    with django_assert_num_queries(COSTS[name] + (count > PER_PAGE and name in PAGED)):
        client.get(reverse(f"stations:{name}"))


def test_a_members_own_visits_are_counted_along_with_the_first_page(people, client, django_assert_num_queries):
    make_many(people.committee, 50, by=people.lin, head=people.kong.person, also=people.ma.person)
    client.force_login(people.lin.user)
    client.get(reverse("home"))
    with django_assert_num_queries(5):
        page = client.get(reverse("stations:visit_list")).context_data["page"]
    assert (len(page.object_list), page.paginator.count, page.paginator.num_pages) == (30, 50, 2)


@pytest.mark.parametrize("model", [Visit, Matter])
def test_a_keeper_on_duty_elsewhere_has_every_row_counted_once(people, client, model):
    both = make_actor(people.committee, Role.KEEPER, Role.MEMBER, name="两任")
    kept = make_station(people.committee, name="本站", head=both.person)
    for station, by in ((kept, both), (kept, people.lin), (people.elsewhere, both), (people.elsewhere, people.lin)):
        make_matter(station, by=by)
        make_visit(station, by=by, people=[by.person, people.ma.person])
    seen = sorted(model.objects.visible_to(both).values_list("pk", flat=True))
    parts = [pk for part in model.objects.visible_in_parts(both) for pk in part.values_list("pk", flat=True)]
    assert sorted(parts) == seen
    assert len(seen) == 3
    make_many(people.committee, 40, by=people.lin, head=both.person, also=people.ma.person)
    client.force_login(both.user)
    answer = client.get(reverse("stations:visit_list" if model is Visit else "stations:matter_list"))
    assert answer.context_data["page"].paginator.count == 43


NONSENSE = [
    "q=%00", "state=x&difficulty=x&station=x&owner=-1", "since=2026-02-30&until=9999-12-31", "show=x", "page=x",
    "station=99999999999999999999999", "month=2026-13", "month=0000-01", "month=2099-12&question=1", "area=x&kind=x",
]  # fmt: skip


@pytest.mark.parametrize("name", COSTS)
def test_nonsense_in_a_filter_is_no_wish_and_never_an_error(people, client, name):
    client.force_login(make_actor(people.committee, Role.CLERK, Role.MEMBER, name="多岗").user)
    assert [client.get(reverse(f"stations:{name}") + "?" + query).status_code for query in NONSENSE] == [200] * len(
        NONSENSE
    )


def test_the_ledger_is_filtered_by_everything_that_matters(people):
    today = timezone.localdate()
    late = make_matter(people.station, by=people.lin, day=today - timedelta(days=40), subject="早")
    actions.classify_matter(late, by=people.zhao.person, difficulty="easy", owner=people.lin.person, on=today)
    make_matter(people.elsewhere, by=people.lin, day=today, subject="晚")
    matters = type(late).objects.visible_to(people.zhao)

    def subjects(**wishes):
        return [matter.subject for matter in matters.matching(on=today, **wishes).order_by("pk")]

    assert subjects(show="overdue") == subjects(difficulty="easy") == subjects(owner=people.lin.person.pk) == ["早"]
    assert subjects(until=today - timedelta(days=1)) == subjects(station=people.station.pk) == ["早"]
    assert subjects(show="received") == subjects(q="晚") == subjects(since=today) == ["晚"]
    assert subjects() == ["早", "晚"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_ledger_leaves_as_a_file_that_is_written_down_and_runs_no_formula(people, client, kind):
    make_matter(people.station, by=people.lin, subject="=HYPERLINK(1)")
    client.force_login(people.zhao.user)
    answer = client.get(reverse("stations:matter_export") + f"?format={kind}")
    table = read_table(answer.content, f"x.{kind}")
    assert [len(line.cells) for line in table.rows] == [17, 17]
    assert table.rows[1].cells[5] == ("'=HYPERLINK(1)" if kind == "csv" else "=HYPERLINK(1)")
    assert ExportLog.objects.get().rows == 1


def test_a_keeper_exports_only_own_stations(people, client):
    make_matter(people.station, by=people.lin)
    make_matter(people.elsewhere, by=people.lin)
    client.force_login(people.kong.user)
    table = read_table(client.get(reverse("stations:matter_export") + "?format=csv").content, "x.csv")
    assert len(table.rows) == 2


@pytest.mark.scenario("A10")
def test_a_visit_counts_once_in_the_total_and_once_on_each_axis(people):
    committee = people.committee
    other = make_actor(committee, Role.MEMBER, name="教小测")
    other.person.memberships.update(sector=_sector(committee, "教育界"))
    hill = make_station(committee, area=make_area(committee, name="山村"))
    both = [people.lin.person, people.ma.person, other.person]
    for station, there in ((people.station, both), (hill, [people.lin.person])):
        visit = make_visit(station, by=people.lin, people=there)
        actions.confirm_visit(visit, by=people.zhao.person)
    make_visit(hill, by=people.lin)  # not confirmed: does not count
    counts = reports.visit_counts(Visit.objects.all())
    assert (counts.visits, counts.person_times) == (2, 6)
    assert {line.name: line.visits for line in counts.by_sector} == {"经济界": 2, "教育界": 1}
    assert {line.name: line.visits for line in counts.by_area} == {"晨光社区": 1, "山村": 1}
    teaching = next(line.key for line in counts.by_sector if line.name == "教育界")
    assert [visit.station for visit in Visit.objects.matching(sector=teaching)] == [people.station]
    assert Visit.objects.matching(area=hill.area_id).count() == 2


def _sector(committee, name):

    return Sector.objects.get_or_create(committee=committee, name=name)[0]


def titles(actor, on):
    """The cards a person finds, with their counts."""
    return {str(card.title): card.count for card in cards_for(actor, on=on)}


def test_the_first_page_tells_each_what_waits(people):
    today = timezone.localdate()
    make_slot(people.station, people=[people.lin.person], day=today)
    make_slot(people.station, people=[people.lin.person], day=today - timedelta(days=3))
    make_slot(people.station, day=today + timedelta(days=2), has_question=True)
    make_visit(people.station, by=people.lin, day=today)
    back = make_visit(people.station, by=people.lin, day=today)
    actions.return_visit(back, by=people.kong.person, reason="补")
    matter = make_matter(people.station, by=people.lin, day=today - timedelta(days=40))
    actions.classify_matter(matter, by=people.kong.person, difficulty="easy", owner=people.lin.person, on=today)
    assert titles(people.lin, today) == {
        "我的下次值日": 1,
        "退回给您的走访记录": 1,
        "尚未登记的值日": 1,
    }
    assert titles(people.kong, today) == {"本站室今日值日": 1, "待确认的走访记录": 1, "超期未答复的诉求": 1}
    assert titles(people.zhao, today) == {"待定夺的值日": 1, "待确认的走访记录": 1, "超期未答复的诉求": 1}
    assert titles(people.cao, today) == titles(people.wu, today) == {}


def test_everything_agrees_and_a_state_changed_past_the_door_is_found(people):
    today = timezone.localdate()
    slot = make_slot(people.station, people=[people.lin.person], day=today)
    matters = [actions.MatterHeard("路灯"), actions.MatterHeard("垃圾", answer="已清")]
    make_visit(people.station, by=people.lin, day=today, slot=slot, matters=matters)
    assert verify.differences() == []
    slot.visits.update(slot=None)
    assert verify.differences() == [f"duty day {slot.pk}: state done with 0 visits"]
