"""The clocks' pages: what there is, and the next version of one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

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
    assert [versions[0].key for versions in page.context["clocks"]][:6] == [
        "sign",
        "outcome",
        "matter_easy",
        "matter_medium",
        "matter_hard",
        "proposal",
    ]


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
