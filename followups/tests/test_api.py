"""The API of the follow-up room: the same rows, rights, forms and moves as the pages."""

from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from followups import actions
from followups.models import Assignment
from followups.tests.factories import ON, make_assignment

pytestmark = pytest.mark.django_db
API = "/api/assignments/"


def api(actor):
    """A client that speaks JSON for an actor."""
    client = APIClient()
    client.force_login(actor.user)
    return client


def post(actor, assignment, verb, **data):
    """Send a move."""
    return api(actor).post(f"{API}{assignment.pk}/{verb}/", data, format="json")


def test_the_list_holds_what_the_actor_sees(people, handed):
    make_assignment(unit=people.other_unit, by=people.zhao, title="别的")
    counts = [api(actor).get(API).json()["count"] for actor in (people.zhao, people.wu, people.he, people.ma)]
    assert counts == [2, 1, 1, 0]
    assert api(people.zhao).get(API, {"unit": people.unit.pk}).json()["count"] == 1


def test_one_assignment_is_told_in_full(people, handed):
    actions.sign_for(handed, by=people.wu.person, on=ON)
    told = api(people.lin).get(f"{API}{handed.pk}/").json()
    assert (told["request"], told["receipt"], told["state"], told["replies"]) == (
        "请研究办理",
        "2026-1",
        "signed",
        [],
    )


def test_the_whole_way_can_be_walked(people, handed, degree):
    assert post(people.wu, handed, "sign", handler="小何").json()["state"] == "signed"
    assert post(people.wu, handed, "progress", text="正在办理").json()["state"] == "in_hand"
    assert post(people.wu, handed, "answer", text="已办", degree=degree.pk).json()["state"] == "answered"
    assert post(people.zhao, handed, "send_back", reason="再办").json()["state"] == "in_hand"
    assert post(people.wu, handed, "answer", text="已办好", degree=degree.pk).json()["state"] == "answered"
    assert post(people.zhao, handed, "close", proof="验收单").json()["state"] == "closed"
    assert [reply.text for reply in handed.replies.all()] == ["已办", "已办好"]


@pytest.mark.parametrize(
    ("who", "verb", "status"),
    [
        ("zhao", "sign", 403),
        ("lin", "sign", 403),
        ("chen", "sign", 403),
        ("he", "sign", 404),
        ("ma", "sign", 404),
        ("wu", "sign", 200),
        ("wu", "close", 403),
        ("zhao", "close", 400),
        ("wu", "answer", 400),
    ],
)
def test_each_move_is_open_to_whom_it_is_meant_for(people, handed, who, verb, status):
    assert post(getattr(people, who), handed, verb).status_code == status


def test_a_bad_form_is_told_by_field(people, handed):
    answer = post(people.wu, handed, "answer", text="")
    assert (answer.status_code, list(answer.json())) == (400, ["text", "degree"])


def test_a_move_that_is_not_open_is_refused_with_409(people, handed, degree):
    answer = post(people.wu, handed, "answer", text="已办", degree=degree.pk)
    assert (answer.status_code, "detail" in answer.json()) == (409, True)


def test_the_same_key_moves_once(people, handed):
    actions.sign_for(handed, by=people.wu.person, on=ON)
    key = uuid4().hex
    codes = [post(people.wu, handed, "progress", text="进展", form_key=key).status_code for _turn in range(2)]
    assert codes == [200, 200]
    assert handed.steps.filter(verb="progress").count() == 1


@pytest.mark.parametrize("body", ["[]", '"x"', "1", '{"text": "\\u0000"}', '{"text": null}', "{"])
def test_a_body_that_makes_no_sense_is_400(people, handed, body):
    actions.sign_for(handed, by=people.wu.person, on=ON)
    answer = api(people.wu).post(f"{API}{handed.pk}/answer/", body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("number", ["9" * 30, "9" * 18, "0", "x"])
def test_a_number_that_names_nothing_is_404(people, number):
    assert api(people.zhao).get(f"{API}{number}/").status_code == 404


def test_a_stranger_gets_nothing(handed):
    assert APIClient().get(API).status_code == 403


def test_why_the_answer_is_due_on_its_day_is_counted_day_by_day(client, people, handed):
    client.force_login(people.wu.user)
    why = client.get(f"/api/assignments/{handed.pk}/why/").json()
    assert {name: why["rule"][name] for name in ("key", "version", "amount", "unit")} == {
        "key": "outcome",
        "version": 1,
        "amount": 60,
        "unit": "cd",
    }
    assert why["rule"]["source"]
    assert (why["start"], why["counted_to"], why["due_on"]) == ("2026-03-18", "2026-05-18", "2026-05-18")
    assert (why["ends_on_it"], why["provisional"], why["calendar_version"]) == (True, False, 0)
    assert [sum(day["counted"] for day in why["days"]), why["days"][-1]["on"]] == [60, "2026-05-18"]
    assert all(day["reason"] for day in why["days"])


def test_why_is_told_without_a_rule_and_not_to_others(client, people, handed):
    Assignment.objects.filter(pk=handed.pk).update(rule=None)
    client.force_login(people.wu.user)
    why = client.get(f"/api/assignments/{handed.pk}/why/").json()
    assert (why["rule"], why["days"], why["due_on"], why["ends_on_it"]) == (None, [], "2026-05-18", False)
    client.force_login(people.he.user)
    assert client.get(f"/api/assignments/{handed.pk}/why/").status_code == 404
