"""The clocks' pages: what there is, and the next version of one."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone, translation

from followups.defaults import DEFAULTS
from followups.models import DeadlineRule
from kit.tenancy import committee_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(people):
    """The clock of an outcome."""
    return DeadlineRule.objects.get(key="outcome")


def form(rule, **changed):
    """A form that changes the length to 45 days from today on."""
    return {
        "form_key": uuid4().hex,
        "version": rule.version,
        "amount": 45,
        "unit": "cd",
        "rolls_forward": "on",
        "blue_days": 15,
        "yellow_days": 3,
        "source": "主席会议纪要",
        "valid_from": f"{timezone.localdate():%Y-%m-%d}",
        **changed,
    }


def url(rule):
    """The address of the page."""
    return reverse("followups:rule_edit", args=[rule.pk])


def test_every_clock_is_listed_with_its_source(client, people, rule):
    client.force_login(people.zhao.user)
    page = client.get(reverse("followups:rule_list"))
    assert [versions[0].key for versions in page.context["clocks"]] == [default.key for default in DEFAULTS]
    assert all(versions[0].source for versions in page.context["clocks"])


def test_the_engine_finds_its_clocks_as_the_domain_gives_them(people):
    found = {rule.key: (rule.amount, rule.unit) for rule in DeadlineRule.objects.all()}
    assert {key: found[key] for key in ("release", "decide", "assist", "contact", "rehandle", "track", "feedback")} == {
        "release": (7, "wd"),
        "decide": (3, "wd"),
        "assist": (1, "month"),
        "contact": (15, "wd"),
        "rehandle": (30, "cd"),
        "track": (90, "cd"),
        "feedback": (15, "wd"),
    }


def test_a_clock_may_end_on_a_fixed_day(client, people, rule):
    client.force_login(people.zhao.user)
    sent = form(rule, unit="fixed", amount="", month=8, day=5)
    assert client.post(url(rule), sent).status_code == 302
    new = DeadlineRule.objects.newest().get(key="outcome")
    with translation.override("en"):
        assert (new.amount, new.unit, new.length) == (805, "fixed", "by 5 August")
    with translation.override("zh-hans"):
        assert new.length == "8月5日前"
    page = client.get(url(new)).context["form"]
    assert (page["month"].value(), page["day"].value(), page["amount"].value()) == (8, 5, None)
    assert client.post(url(new), form(new, amount=20, unit="wd")).status_code == 302
    assert DeadlineRule.objects.newest().get(key="outcome").amount == 20


def test_a_change_is_a_new_version_and_the_old_one_stays(client, people, rule):
    client.force_login(people.zhao.user)
    assert client.get(url(rule)).status_code == 200
    sent = form(rule)
    assert [client.post(url(rule), sent).status_code, DeadlineRule.objects.filter(key="outcome").count()] == [302, 2]
    new = DeadlineRule.objects.newest().get(key="outcome")
    assert (new.version, new.amount, new.source, new.name) == (2, 45, "主席会议纪要", rule.name)
    assert client.get(url(rule)).status_code == 404  # only the newest version can be followed by another
    assert client.get(reverse("followups:rule_list")).status_code == 200


@pytest.mark.parametrize(
    "bad",
    [
        {"amount": 0},
        {"amount": "9" * 30},
        {"amount": "x"},
        {"unit": "moon"},
        {"blue_days": -1},
        {"yellow_days": 61},
        {"source": ""},
        {"source": "空\x00"},
        {"valid_from": "2020-01-01"},
        {"valid_from": "9999-12-31"},
        {"valid_from": "nonsense"},
        {"version": 7},
        {"form_key": "short"},
        {"amount": ""},
        {"unit": "fixed", "amount": ""},
        {"unit": "fixed", "month": 8},
        {"unit": "fixed", "month": 2, "day": 30},
        {"unit": "fixed", "month": 13, "day": 1},
        {"unit": "fixed", "month": 8, "day": "x"},
    ],
)
def test_a_bad_change_is_explained_and_writes_nothing(client, people, rule, bad):
    client.force_login(people.zhao.user)
    assert client.post(url(rule), form(rule, **bad)).status_code == 422
    assert DeadlineRule.objects.filter(key="outcome").count() == 1


def test_a_change_ahead_is_not_in_force_yet(client, people, rule):
    client.force_login(people.zhao.user)
    on = timezone.localdate()
    client.post(url(rule), form(rule, valid_from=f"{on + timedelta(days=30):%Y-%m-%d}"))
    assert DeadlineRule.objects.in_force("outcome", on=on).first() == rule
    assert DeadlineRule.objects.in_force("outcome", on=on + timedelta(days=30)).first().version == 2


def test_another_committees_clock_does_not_exist(client, people, other_committee):
    with committee_scope(other_committee.pk):
        theirs = DeadlineRule.objects.get(key="outcome")
    client.force_login(people.zhao.user)
    assert client.get(url(theirs)).status_code == 404


def test_missing_clocks_are_named_and_added_as_shipped(client, people):
    DeadlineRule.objects.filter(key__in=["release", "track"]).delete()
    client.force_login(people.zhao.user)
    page = client.get(reverse("followups:rule_list"))
    assert [default.key for default in page.context["missing"]] == ["release", "track"]
    for _twice in range(2):
        assert client.post(reverse("followups:rule_add_missing")).status_code == 302
    added = DeadlineRule.objects.filter(key__in=["release", "track"]).order_by("amount")
    assert [(rule.key, rule.amount, rule.valid_from.year) for rule in added] == [
        ("release", 7, 2020),
        ("track", 90, 2020),
    ]
    assert client.get(reverse("followups:rule_list")).context["missing"] == []


def test_committees_of_before_get_the_new_clocks_by_the_migration(people):
    DeadlineRule.objects.filter(key__in=["release", "assist"]).delete()
    import_module("followups.migrations.0006_more_clocks").add_clocks(apps, None)
    found = {rule.key: (rule.amount, rule.unit, rule.valid_from.year) for rule in DeadlineRule.objects.all()}
    assert (found["release"], found["assist"]) == ((7, "wd", 2020), (1, "month", 2020))
    assert len(found) == DeadlineRule.objects.count() == len(DEFAULTS)
