"""Who may do what to an assignment, by page and by API: one table, every pair."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from followups import actions
from followups.tests.factories import ON, make_assignment
from kit.tenancy import committee_scope
from members.states import Role
from members.tests.factories import make_actor, make_unit

pytestmark = pytest.mark.django_db

# who: zhao office, chen leader, wu the unit, he another unit, lin raised it, ma has nothing to do with it
SEEN = {"zhao": 200, "chen": 200, "wu": 200, "lin": 200, "he": 404, "ma": 404}
UNIT_ONLY = {"zhao": 403, "chen": 403, "wu": 302, "lin": 403, "he": 404, "ma": 403}
OFFICE_ONLY = {"zhao": 302, "chen": 403, "wu": 403, "lin": 403, "he": 403, "ma": 403}
EXPECTED = {
    "detail": SEEN,
    "receipt": SEEN,
    "slip": {**SEEN, "lin": 403},
    "sign": UNIT_ONLY,
    "progress": UNIT_ONLY,
    "answer": UNIT_ONLY,
    "send_back": OFFICE_ONLY,
    "close": OFFICE_ONLY,
}
WORDS = {"handler": "小何", "text": "正在办理", "reason": "请写明时间", "proof": "验收单"}


def brought_to(verb, assignment, people):
    """Bring an assignment to where the verb is open."""
    if verb not in ("detail", "slip", "sign"):
        actions.sign_for(assignment, by=people.wu.person, on=ON)
    if verb in ("send_back", "close"):
        actions.answer(assignment, by=people.wu.person, text="已办", on=ON)


@pytest.mark.parametrize("who", SEEN)
@pytest.mark.parametrize("verb", EXPECTED)
def test_each_page_is_open_to_whom_it_is_meant_for(client, people, handed, degree, verb, who):
    handed.origin_kind = "matter"  # members see every outcome; this one is between Lin, the unit and the office
    handed.save(update_fields=["origin_kind"])
    brought_to(verb, handed, people)
    client.force_login(getattr(people, who).user)
    url = reverse(f"followups:{verb}", args=[handed.pk])
    is_page = verb in ("detail", "receipt", "slip")
    answer = client.get(url) if is_page else client.post(url, {"form_key": uuid4().hex, "degree": degree.pk, **WORDS})
    assert answer.status_code == EXPECTED[verb][who]


@pytest.mark.parametrize("verb", EXPECTED)
def test_another_committees_assignment_does_not_exist(client, people, other_committee, verb):
    with committee_scope(other_committee.pk):
        clerk = make_actor(other_committee, Role.CLERK)
        theirs = make_assignment(unit=make_unit(other_committee), by=clerk)
    for actor in (people.zhao, people.wu):
        client.force_login(actor.user)
        assert client.get(reverse(f"followups:{verb}", args=[theirs.pk])).status_code in (403, 404)
    client.force_login((people.wu if verb in ("sign", "progress", "answer") else people.zhao).user)
    assert client.get(reverse(f"followups:{verb}", args=[theirs.pk])).status_code == 404


def test_a_member_sees_every_outcome_and_no_others_matter(client, people, handed):
    ma = make_actor(people.committee, Role.MEMBER, name="马小测")
    client.force_login(ma.user)
    assert client.get(handed.get_absolute_url()).status_code == 200
    assert client.get(reverse("followups:slip", args=[handed.pk])).status_code == 403


@pytest.mark.parametrize(("who", "status"), [("zhao", 200), ("chen", 200), ("wu", 403), ("lin", 403), ("ma", 403)])
def test_the_board_is_for_office_and_leaders(client, people, who, status):
    client.force_login(getattr(people, who).user)
    assert client.get(reverse("followups:board")).status_code == status


@pytest.mark.parametrize(("who", "status"), [("zhao", 200), ("chen", 403), ("wu", 403), ("lin", 403)])
def test_the_clocks_are_for_the_office(client, people, who, status):
    client.force_login(getattr(people, who).user)
    assert client.get(reverse("followups:rule_list")).status_code == status


def test_a_stranger_is_asked_to_sign_in(client, handed):
    assert client.get(reverse("followups:list")).status_code == 302
    assert client.get(handed.get_absolute_url()).url.startswith("/sign-in/")


def test_a_receipt_not_given_yet_does_not_exist(client, people, handed):
    client.force_login(people.zhao.user)
    assert client.get(reverse("followups:receipt", args=[handed.pk])).status_code == 404


@pytest.mark.parametrize("number", ["9" * 30, "0", "999999"])
def test_a_number_that_names_nothing_does_not_exist(client, people, number):
    client.force_login(people.zhao.user)
    assert client.get(f"/assignments/{number}/").status_code == 404


def test_the_day_a_receipt_is_given_is_the_day_of_the_signature(client, people, handed):
    actions.sign_for(handed, by=people.wu.person, on=date(2026, 3, 20))
    client.force_login(people.lin.user)
    page = client.get(reverse("followups:receipt", args=[handed.pk])).content.decode()
    assert "2026年3月20日" in page
