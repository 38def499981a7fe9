"""Visits: logged on a phone with what was raised, once, vouched for or sent back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kit.workflow import MoveRefused
from members.models import Notice
from members.tests.factories import make_area
from stations import actions
from stations.models import DutySlot, Matter, Visit
from stations.states import MatterState, SlotState, VisitState

from .factories import ON, make_slot, make_station, make_visit

pytestmark = pytest.mark.django_db
KEY = "k" * 32


def typed(*matters, key=KEY, **fields):
    """What a member types: the visit and one dict per matter."""
    data = {"form_key": key, "day": timezone.localdate().isoformat(), "direction": "in", "person_times": "7"}
    data |= {"matters-TOTAL_FORMS": str(max(len(matters), 1)), "matters-INITIAL_FORMS": "0"}
    for number, matter in enumerate(matters):
        data |= {f"matters-{number}-{name}": value for name, value in matter.items()}
    return {name: value for name, value in (data | fields).items() if value is not None}


LAMP = {"subject": "路灯不亮"}
DUST = {"subject": "垃圾未清", "at_once": "on", "answer": "片长已安排清运"}


@pytest.fixture
def slot(people):
    """Lin's duty today."""
    return make_slot(people.station, people=[people.lin.person], day=timezone.localdate())


@pytest.mark.scenario("A05")
def test_a_member_logs_a_duty_with_two_matters_and_reads_their_numbers(people, slot, browser_of):
    client = browser_of(people.lin)
    answer = client.post(reverse("stations:visit_log", args=[slot.pk]), typed(LAMP, DUST), follow=True)
    visit = Visit.objects.get()
    slot.refresh_from_db()
    assert (slot.state, visit.state, visit.person_times) == (SlotState.DONE, VisitState.LOGGED, 7)
    assert list(visit.people.all()) == [people.lin.person]
    assert [
        (matter.number, matter.subject, matter.state, matter.area) for matter in visit.matters.order_by("number")
    ] == [
        (1, "路灯不亮", MatterState.RECEIVED, people.area),
        (2, "垃圾未清", MatterState.ANSWERED, people.area),
    ]
    page = answer.content.decode()
    assert all(matter.label in page for matter in visit.matters.all())
    assert Notice.objects.filter(to=people.kong.person, key=f"visit:{visit.pk}:logged:0").count() == 1


def test_the_same_form_sent_twice_is_one_visit(people, slot, browser_of):
    client = browser_of(people.lin)
    on_duty = [client.post(reverse("stations:visit_log", args=[slot.pk]), typed(key="d" * 32)).url for _turn in "12"]
    assert on_duty[0] == on_duty[1] == Visit.objects.get().get_absolute_url() + "?logged=1"
    urls = [client.post(reverse("stations:visit_create"), typed(LAMP, station=people.station.pk)).url for _turn in "12"]
    assert urls[0] == urls[1]
    assert (Visit.objects.count(), Matter.objects.count()) == (2, 1)


def test_the_form_asks_for_at_most_eight_things(people, slot, browser_of):
    page = browser_of(people.lin).get(reverse("stations:visit_log", args=[slot.pk]))
    form = page.context["form"]
    assert len([field for field in form.visible_fields() if field.field.required]) <= 8
    assert len(form.visible_fields()) <= 8


def test_nobody_came_is_a_visit_of_zero(people, slot, browser_of):
    browser_of(people.lin).post(reverse("stations:visit_log", args=[slot.pk]), typed(person_times="", nobody="on"))
    assert Visit.objects.get().person_times == 0


def test_without_script_another_row_comes_from_the_server_with_what_was_typed(people, slot, browser_of):
    url = reverse("stations:visit_log", args=[slot.pk])
    answer = browser_of(people.lin).post(url, typed(LAMP, add="1", person_times="", note="下雨"))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert [words in page for words in ('value="路灯不亮"', "matters-1-subject", "下雨", "is-invalid")] == [
        True,
        True,
        True,
        False,
    ]
    assert Visit.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "matter"),
    [
        ({"day": "2026-02-30"}, LAMP),
        ({"day": "0001-01-01"}, LAMP),
        ({"day": "9999-12-31"}, LAMP),
        ({"person_times": ""}, LAMP),
        ({"person_times": "-1"}, LAMP),
        ({"person_times": "9" * 40}, LAMP),
        ({"person_times": "3", "nobody": "on"}, LAMP),
        ({"note": "甲\x00乙"}, LAMP),
        ({"direction": "up"}, LAMP),
        ({}, {"subject": "长" * 101}),
        ({}, {"subject": "甲\x00"}),
        ({}, {"subject": "路灯", "area": "999999999999999999999"}),
        ({}, {"subject": "垃圾", "at_once": "on"}),
        ({}, {"at_once": "on", "answer": "已清运"}),
        ({"matters-TOTAL_FORMS": "21"}, LAMP),
        ({"form_key": "short"}, LAMP),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(people, slot, browser_of, fields, matter):
    answer = browser_of(people.lin).post(reverse("stations:visit_log", args=[slot.pk]), typed(matter, **fields))
    assert answer.status_code == 422
    assert (Visit.objects.count(), DutySlot.objects.get().state) == (0, SlotState.PLANNED)


@pytest.mark.parametrize("count", ["", "x", "-5", "9" * 30])
def test_a_broken_count_of_rows_is_never_an_error(people, slot, browser_of, count):
    data = typed(LAMP, **{"matters-TOTAL_FORMS": count})
    assert browser_of(people.lin).post(reverse("stations:visit_log", args=[slot.pk]), data).status_code in (302, 422)


def test_a_place_of_another_committee_is_refused(people, slot, browser_of, other_committee, everywhere):
    foreign = make_area(other_committee)
    answer = browser_of(people.lin).post(
        reverse("stations:visit_log", args=[slot.pk]), typed({"subject": "路灯", "area": foreign.pk})
    )
    assert answer.status_code == 422


def test_a_station_of_another_committee_is_refused(people, browser_of, other_committee, everywhere):

    foreign = make_station(other_committee)
    client = browser_of(people.lin)
    assert client.post(reverse("stations:visit_create"), typed(LAMP, station=foreign.pk)).status_code == 422


def test_a_duty_to_come_and_a_settled_one_are_refused(people):
    slot = make_slot(people.station, people=[people.lin.person], day=ON + timedelta(days=1))
    words = {"station": people.station, "slot": slot, "by": people.lin.person, "day": ON, "person_times": 1}
    with pytest.raises(MoveRefused):
        actions.log_visit(on=ON, **words)
    actions.log_visit(on=ON + timedelta(days=1), **words)
    with pytest.raises(MoveRefused):
        actions.log_visit(on=ON + timedelta(days=1), **words)
    assert Visit.objects.count() == 1


def test_the_keeper_confirms_or_sends_back_and_the_author_sends_again(people):
    visit = make_visit(people.station, by=people.lin)
    actions.return_visit(visit, by=people.kong.person, reason="人次不对")
    assert Notice.objects.filter(to=people.lin.person, key__startswith=f"visit:{visit.pk}:returned").count() == 1
    actions.resend_visit(visit, by=people.lin.person, day=ON, person_times=5, direction="in", note="", on=ON)
    actions.confirm_visit(visit, by=people.kong.person)
    assert (visit.state, visit.person_times) == (VisitState.CONFIRMED, 5)
    assert [step.verb for step in visit.steps.all()] == ["log", "return", "resend", "confirm"]
    with pytest.raises(MoveRefused):
        actions.return_visit(visit, by=people.kong.person, reason="晚了")


def test_a_record_sent_back_is_corrected_on_its_own_form(people, browser_of):
    visit = make_visit(people.station, by=people.lin, day=timezone.localdate())
    actions.return_visit(visit, by=people.kong.person, reason="漏记一件")
    client = browser_of(people.lin)
    url = reverse("stations:visit_resend", args=[visit.pk])
    assert 'value="3"' in client.get(url).content.decode()
    client.post(url, typed(LAMP, person_times="4"))
    visit.refresh_from_db()
    assert (visit.state, visit.person_times, visit.matters.count()) == (VisitState.LOGGED, 4, 1)
