"""Stations and duty rules through their forms."""

import pytest
from django.urls import reverse

from members.tests.factories import make_person
from stations.models import DutyRule, Station

from .factories import make_rule, make_station

pytestmark = pytest.mark.django_db
RULE = {
    "form_key": "r" * 32,
    "name": "周五说事日",
    "kind": "weekly",
    "weekday": "4",
    "nth": "",
    "month_days": "",
    "starts_at": "15:00",
    "ends_at": "17:00",
    "people_needed": "1",
    "holiday_policy": "skip",
    "adjusted_policy": "keep",
    "valid_from": "2020-01-01",
    "valid_until": "",
    "pool": "林小测、马小测",
    "wall_text": "每周五接待",
}


def test_a_rule_is_written_and_its_days_are_planned_at_once(people, browser_of):
    client = browser_of(people.zhao)
    for _turn in "12":  # sent twice it is one rule
        answer = client.post(reverse("stations:rule_create", args=[people.station.pk]), RULE)
    rule = DutyRule.objects.get()
    assert answer.url == rule.get_absolute_url()
    assert [person.name for person in rule.pool.order_by("duty_places__order")] == ["林小测", "马小测"]
    assert rule.slots.count() in range(5, 10)
    assert client.get(answer.url).status_code == 200


def test_an_edited_rule_keeps_its_order_of_turns_when_only_its_name_changes(people, browser_of):
    rule = make_rule(people.station, pool=[people.ma.person, people.lin.person])
    client = browser_of(people.zhao)
    url = reverse("stations:rule_edit", args=[rule.pk])
    form = client.get(url).context["form"]
    answer = client.post(url, RULE | {"name": "新名字", "pool": form["pool"].value()})
    assert answer.status_code == 302
    rule.refresh_from_db()
    assert (rule.name, [place.person for place in rule.places.all()]) == (
        "新名字",
        [people.ma.person, people.lin.person],
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekday": ""},
        {"kind": "nth_weekend"},
        {"kind": "nth_weekend", "nth": "9"},
        {"kind": "month_days", "month_days": "32"},
        {"kind": "month_days", "month_days": "十"},
        {"kind": "x"},
        {"ends_at": "15:00"},
        {"valid_until": "2019-01-01"},
        {"valid_from": "2026-02-30"},
        {"valid_from": "0001-01-01"},
        {"people_needed": "0"},
        {"people_needed": "9" * 30},
        {"pool": "没有这个人"},
        {"name": "甲\x00"},
        {"name": ""},
    ],
)
def test_a_wrong_rule_comes_back(people, browser_of, wrong):
    answer = browser_of(people.zhao).post(reverse("stations:rule_create", args=[people.station.pk]), RULE | wrong)
    assert answer.status_code == 422
    assert DutyRule.objects.count() == 0


def test_a_station_has_one_rule_of_a_name(people, browser_of):
    make_rule(people.station, name="周五说事日")
    answer = browser_of(people.zhao).post(reverse("stations:rule_create", args=[people.station.pk]), RULE)
    assert answer.status_code == 422


STATION = {"form_key": "s" * 32, "name": "新站", "kind": "studio", "layer": "village", "address": "", "hours": ""}


def test_a_station_is_opened_once_and_changed(people, browser_of):
    client = browser_of(people.zhao)
    for _turn in "12":
        client.post(reverse("stations:station_create"), STATION)
    station = Station.objects.get(name="新站")
    client.post(reverse("stations:station_edit", args=[station.pk]), STATION | {"form_key": "t" * 32, "name": "改名站"})
    station.refresh_from_db()
    assert station.name == "改名站"


def test_stations_stand_in_three_layers_at_most_and_never_on_themselves(people, browser_of):
    middle = make_station(people.committee, parent=people.station)
    low = make_station(people.committee, parent=middle)
    client = browser_of(people.zhao)
    assert client.post(reverse("stations:station_create"), STATION | {"parent": low.pk}).status_code == 422
    url = reverse("stations:station_edit", args=[people.station.pk])
    assert client.post(url, STATION | {"name": "晨光站", "parent": low.pk}).status_code == 422


def test_a_head_of_another_committee_and_a_name_in_use_are_refused(people, browser_of, other_committee, everywhere):
    stranger = make_person(other_committee)
    client = browser_of(people.zhao)
    assert client.post(reverse("stations:station_create"), STATION | {"head": stranger.pk}).status_code == 422
    assert client.post(reverse("stations:station_create"), STATION | {"name": "晨光站"}).status_code == 422
