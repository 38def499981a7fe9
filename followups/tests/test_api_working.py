"""The API of what is done on the way: asking and deciding, drafts, milestones, parts; the same rules as the pages."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from followups import actions
from followups.models import UnitRequest
from followups.tests.factories import make_assignment
from members.states import Role
from members.tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(people):
    """What Wu's unit has signed for today."""
    made = make_assignment(unit=people.unit, by=people.zhao, raised_by=people.lin.person, on=timezone.localdate())
    actions.sign_for(made, by=people.wu.person, on=timezone.localdate())
    return made


def call(actor, address, **data):
    """Send a move."""
    client = APIClient()
    client.force_login(actor.user)
    return client.post(f"/api/{address}/", data, format="json")


def look(actor, address, **wishes):
    """Read."""
    client = APIClient()
    client.force_login(actor.user)
    return client.get(f"/api/{address}/", wishes)


def test_a_unit_asks_and_the_office_decides(people, signed):
    here = f"assignments/{signed.pk}"
    assert call(people.wu, f"{here}/ask", kind="holiday", reason="x").status_code == 400
    assert call(people.wu, f"{here}/ask", kind=["x"], reason="x").status_code == 400
    assert call(people.wu, f"{here}/ask", kind="extension", reason="x").json().keys() == {"wished_on"}
    day = f"{signed.due_on + timedelta(days=9)}"
    assert call(people.wu, f"{here}/ask", kind="extension", reason="汛期", wished_on=day).status_code == 200
    assert call(people.wu, f"{here}/ask", kind="pause", reason="汛期").status_code == 409
    request = UnitRequest.objects.get()
    counts = {who: look(getattr(people, who), "unit-requests").json()["count"] for who in ("zhao", "chen", "wu", "he")}
    assert counts == {"zhao": 1, "chen": 1, "wu": 1, "he": 0}
    there = f"unit-requests/{request.pk}"
    assert [call(actor, f"{there}/grant").status_code for actor in (people.wu, people.he)] == [403, 404]
    assert call(people.zhao, f"{there}/grant", until=day).json()["state"] == "granted"
    assert call(people.zhao, f"{there}/refuse", words="否").status_code == 409
    told = look(people.lin, here).json()
    assert [change["new_due"] for change in told["due_changes"]] == [day] == [told["due_on"]]
    assert look(people.zhao, "unit-requests", state="pending").json()["count"] == 0


def test_a_pause_is_granted_and_ended(people, signed):
    here = f"assignments/{signed.pk}"
    call(people.wu, f"{here}/ask", kind="pause", reason="待批复")
    call(people.zhao, f"unit-requests/{UnitRequest.objects.get().pk}/grant")
    assert look(people.wu, here).json()["state"] == "paused"
    assert call(people.wu, f"{here}/resume").json()["state"] == "in_hand"


def test_a_draft_is_handed_in_given_back_and_cleared(people, signed, degree):
    people.unit.clears_answers = True
    people.unit.save(update_fields=["clears_answers"])
    head = make_actor(people.committee, Role.OFFICER, name="周小测", unit=people.unit)
    here = f"assignments/{signed.pk}"
    assert call(people.wu, f"{here}/answer", text="一稿", degree=degree.pk).json()["state"] == "signed"
    draft = look(head, f"{here}/draft").json()
    assert (draft["text"], draft["version"], draft["is_ready"]) == ("一稿", 1, True)
    assert call(people.wu, f"{here}/clear_draft", version=1).status_code == 409
    assert call(head, f"{here}/return_draft", version=1, words="请补充").status_code == 200
    assert call(people.wu, f"{here}/answer", text="二稿", degree=degree.pk, version=1).status_code == 400
    assert call(people.wu, f"{here}/answer", text="二稿", degree=degree.pk, version=2).status_code == 200
    assert call(head, f"{here}/clear_draft", version=2).status_code == 409
    assert call(head, f"{here}/clear_draft", version=3).json()["replies"][0]["letter"] == "A"
    assert look(head, f"{here}/draft").status_code == 404


def test_what_the_unit_does_on_the_way(people, signed):
    here, today = f"assignments/{signed.pk}", f"{timezone.localdate()}"
    assert call(people.wu, f"{here}/handler", handler="小李").json()["handler"] == "小李"
    assert call(people.wu, f"{here}/contact", way="visit", text="登门").json()["contacted_on"] == today
    promised = call(people.wu, f"{here}/milestone", title="勘察", due_on=today).json()["milestones"][0]
    assert call(people.zhao, f"milestones/{promised['id']}/reach").status_code == 403
    assert call(people.wu, f"milestones/{promised['id']}/reach").json()["done_on"] == today


def test_the_office_adds_a_unit_and_says_who_presses(people, signed):
    here = f"assignments/{signed.pk}"
    assert call(people.zhao, f"{here}/add_part", unit=people.unit.pk, request="x").status_code == 400
    assert call(people.zhao, f"{here}/add_part", unit=people.other_unit.pk, request="x").json()["part"] == "lead"
    parts = look(people.lin, f"{here}/parts").json()
    assert [(part["unit_name"], part["part"], part["light"]) for part in parts] == [("民政局", "assist", "green")]
    pressed = call(people.zhao, f"{here}/supervise", level="chair", external_number="3号").json()
    assert (pressed["level"], pressed["external_number"]) == ("chair", "3号")
