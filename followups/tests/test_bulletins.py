"""Bulletins keep the figures as they were; committees above see sums of those below, and nothing smaller than three."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from followups import actions, figures, sums, verify
from followups.models import Assignment, Bulletin, YearCount
from followups.tests.factories import make_assignment, make_equipped_committee
from followups.tests.test_board import some_life
from kit.forms import uuid4
from kit.tenancy import committee_scope
from kit.workflow import MoveRefused
from members.models import Committee
from members.states import Role
from members.tests.factories import make_actor, make_unit

pytestmark = pytest.mark.django_db
BULLETINS = "/board/bulletins/"


def make(people, *, on=None):
    """Make the bulletin of the present month."""
    on = on or timezone.localdate()
    return actions.freeze_bulletin(people.committee, year=on.year, month=on.month, by=people.zhao.person, on=on)


def test_a_bulletin_stays_as_it_was_when_things_move_on(client, people):
    on = timezone.localdate()
    thing = make_assignment(unit=people.unit, by=people.zhao, on=on.replace(day=1))
    bulletin = make(people)
    client.force_login(people.chen.user)
    before = client.get(bulletin.get_absolute_url()).content
    actions.sign_for(thing, by=people.wu.person, on=on)
    make_assignment(unit=people.other_unit, by=people.zhao, on=on.replace(day=1))
    bulletin.refresh_from_db()
    assert [count for table, _l, key, _w, count in bulletin.figures if (table, key) == ("alone", "total")] == [1]
    after = client.get(bulletin.get_absolute_url()).content
    assert before.partition(b"<main")[2] == after.partition(b"<main")[2]


def test_a_bulletin_names_version_and_words_of_each_definition(people):
    some_life(people, seed=3, count=4)
    bulletin = make(people)
    used = {key for _table, _line, key, _label, _count in bulletin.figures}
    assert used == set(bulletin.definitions)
    assert bulletin.definitions["total"]["version"] == figures.TOTAL.version
    assert all(each["words"] for each in bulletin.definitions.values())


def test_a_month_has_one_bulletin_and_none_before_it_begins(people):
    on = timezone.localdate()
    make(people)
    with pytest.raises(MoveRefused):
        make(people)
    ahead = on.replace(day=1) + timedelta(days=40)
    with pytest.raises(MoveRefused):
        actions.freeze_bulletin(people.committee, year=ahead.year, month=ahead.month, by=None, on=on)


def test_the_clock_makes_last_months_bulletin_once_and_none_of_nothing(people):
    actions.freeze_last_month(people.committee, on=date(2026, 5, 3))
    assert Bulletin.objects.count() == 0
    make_assignment(unit=people.unit, by=people.zhao, on=date(2026, 4, 9))
    for day in (3, 4):
        actions.freeze_last_month(people.committee, on=date(2026, 5, day))
    made = Bulletin.objects.get()
    assert (made.year, made.month, made.on, made.by, made.is_early) == (2026, 4, date(2026, 5, 3), None, False)


def test_the_office_makes_one_by_a_button_and_a_leader_only_reads(client, people):
    make_assignment(unit=people.unit, by=people.zhao, on=timezone.localdate())
    month = f"{timezone.localdate():%Y-%m}"
    client.force_login(people.chen.user)
    assert client.post(f"{BULLETINS}new/", {"of": month, "form_key": uuid4().hex}).status_code == 403
    client.force_login(people.zhao.user)
    assert client.post(f"{BULLETINS}new/", {"of": "1999-01", "form_key": uuid4().hex}).status_code == 422
    sent = {"of": month, "form_key": uuid4().hex}
    first, again = (client.post(f"{BULLETINS}new/", sent).url for _n in range(2))
    assert first == again == Bulletin.objects.get().get_absolute_url()
    other = client.post(f"{BULLETINS}new/", {"of": month, "form_key": uuid4().hex})
    assert (other.status_code, other.url, Bulletin.objects.count()) == (302, BULLETINS, 1)
    client.force_login(people.chen.user)
    assert client.get(first).status_code == 200
    assert first in client.get(BULLETINS).content.decode()


def test_the_pages_of_bulletins_and_sums_cost_the_same_for_many(client, people, django_assert_num_queries):
    make_assignment(unit=people.unit, by=people.zhao, on=timezone.localdate())
    bulletin = make(people)
    Committee.objects.create(name="乡政协", short_name="乡", code="lower-1", parent=people.committee)
    client.force_login(people.chen.user)
    # session, account, roles; what the page shows; unread notices
    for address, queries in ((BULLETINS, 5), (bulletin.get_absolute_url(), 5), ("/board/lower/", 6)):
        with django_assert_num_queries(queries):
            client.get(address)


@pytest.fixture
def province(everywhere):
    """A province with a city, a county below the city, and a county that belongs to nobody."""
    upper = make_equipped_committee(name="省政协")
    city = make_equipped_committee(name="市政协")
    county = make_equipped_committee(name="县政协")
    stranger = make_equipped_committee(name="外省县政协")
    Committee.objects.filter(pk=city.pk).update(parent=upper)
    Committee.objects.filter(pk=county.pk).update(parent=city)
    return upper, city, county, stranger


def work(committee, count):
    """Hand over so many things in a committee, and count its years."""
    on = timezone.localdate()
    with committee_scope(committee.pk):
        clerk, unit = make_actor(committee, Role.CLERK), make_unit(committee)
        for _n in range(count):
            make_assignment(unit=unit, by=clerk, on=on)
        actions.count_years(committee, on=on)


def test_a_committee_above_sees_the_sums_of_all_below_and_of_nobody_else(client, province):
    upper, city, county, stranger = province
    for committee, count in ((upper, 9), (city, 4), (county, 5), (stranger, 30)):
        work(committee, count)
    with committee_scope(upper.pk):
        leader = make_actor(upper, Role.LEADER)
    client.force_login(leader.user)
    shown = client.get("/board/lower/").context["sums"]
    assert [(row.name, row.committees, row.cells[0]) for row in shown.rows] == [("市政协", 2, "9")]
    assert (shown.total.cells[0], shown.uncounted) == ("9", 0)
    for below in (county, stranger):
        with committee_scope(below.pk):
            reader = make_actor(below, Role.LEADER)
        client.force_login(reader.user)
        assert client.get("/board/lower/").context["sums"].rows == []


def test_a_circle_of_committees_is_walked_once(province):
    upper, city, county, _stranger = province
    Committee.objects.filter(pk=upper.pk).update(parent=county)
    assert sums.below(upper) == {city.pk: ("市政协", {city.pk, county.pk})}


def test_small_cells_are_hidden_and_cannot_be_worked_out():
    lines = [[9, 2, 0, 1, 2], [5, 7, 0, 2, 0], [4, 5, 3, 8, 0]]
    shown, total = sums.hide(lines, width=5)
    assert shown == [["9", "<3", "0", "<3", "<3"], ["5", "7", "0", "<3", "0"], ["4", "*", "3", "8", "0"]]
    assert total == ["18", "14", "3", "11", "<3"]


def test_a_kept_year_that_is_wrong_is_found(people):
    make_assignment(unit=people.unit, by=people.zhao, on=timezone.localdate())
    actions.count_years(people.committee, on=timezone.localdate())
    assert verify._year_differences(people.committee) == []
    kept = YearCount.objects.get(year=timezone.localdate().year)
    kept.counts["total"] += 1
    kept.save()
    assert len(verify._year_differences(people.committee)) == 1
    Assignment.objects.get().steps.create(
        committee=people.committee, verb="x", from_state="", to_state="", at=timezone.now()
    )
    assert verify._year_differences(people.committee) == []  # it moved on; the clock counts it tonight
