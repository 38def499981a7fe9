"""What a unit does on the way: handler, contacts, milestones; and who presses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from followups import actions
from followups.models import Assignment, Milestone
from followups.tests.factories import make_assignment
from followups.tests.test_moves_race import race
from kit.workflow import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(people):
    """What Wu's unit has signed for today."""
    made = make_assignment(unit=people.unit, by=people.zhao, on=timezone.localdate())
    actions.sign_for(made, by=people.wu.person, on=timezone.localdate(), handler="小何")
    return made


def send(client, actor, name, thing, **data):
    """Post a form as somebody."""
    client.force_login(actor.user)
    return client.post(reverse(f"followups:{name}", args=[thing.pk]), {"form_key": uuid4().hex, **data})


def test_the_handler_changes_after_the_signature(client, people, signed):
    send(client, people.wu, "handler", signed, handler="小李")
    signed.refresh_from_db()
    step = signed.steps.last()
    assert (signed.handler, step.verb, step.note, step.from_state, step.to_state) == (
        "小李",
        "handler",
        "小何 → 小李",
        "signed",
        "signed",
    )
    assert step.label == "明确经办人"


def test_no_handler_is_named_before_the_signature_or_after_the_answer(people, signed):
    actions.answer(signed, by=people.wu.person, text="已办", on=timezone.localdate())
    fresh = make_assignment(unit=people.unit, by=people.zhao)
    for assignment in (signed, fresh):
        with pytest.raises(MoveRefused):
            actions.name_handler(assignment, by=people.wu.person, handler="小李")


def test_a_contact_is_noted_with_its_way(client, people, signed):
    assert send(client, people.wu, "contact", signed, way="none", text="x").status_code == 422
    send(client, people.wu, "contact", signed, way="phone", text="已与提出人通话")
    signed.refresh_from_db()
    assert (signed.state, signed.contacted_on, signed.steps.last().note) == (
        "in_hand",
        timezone.localdate(),
        "电话: 已与提出人通话",
    )


def test_a_milestone_is_promised_and_reached(client, people, signed):
    past, late = timezone.localdate() - timedelta(days=1), signed.due_on + timedelta(days=1)
    for day in (past, late, "2026-02-30", ""):
        assert send(client, people.wu, "milestone", signed, title="勘察", due_on=day).status_code == 422
    send(client, people.wu, "milestone", signed, title="勘察", due_on=timezone.localdate())
    milestone = Milestone.objects.get()
    signed.refresh_from_db()
    assert signed.next_milestone_on == timezone.localdate()
    assert send(client, people.he, "milestone_reach", milestone).status_code == 404
    assert send(client, people.zhao, "milestone_reach", milestone).status_code == 403
    for _turn in range(2):
        send(client, people.wu, "milestone_reach", milestone)
    signed.refresh_from_db()
    assert signed.next_milestone_on is None
    assert [step.verb for step in signed.steps.all()] == ["hand_over", "sign", "milestone", "reach"]


def test_the_office_writes_down_who_presses_and_the_outside_number(client, people, signed):
    send(client, people.zhao, "supervise", signed, level="chair", external_number=" 督字〔2026〕3号 ")
    signed.refresh_from_db()
    assert (signed.level, signed.external_number) == ("chair", "督字〔2026〕3号")
    client.force_login(people.wu.user)
    assert "督字〔2026〕3号" in client.get(signed.get_absolute_url()).content.decode()
    send(client, people.zhao, "supervise", signed, level="", external_number="")
    signed.refresh_from_db()
    assert (signed.level, signed.external_number) == ("", "")


def test_a_number_that_is_given_already_is_explained(client, people, signed):
    other = make_assignment(unit=people.unit, by=people.zhao, title="路灯")
    actions.set_supervision(other, by=people.zhao.person, level="", external_number="3号")
    answer = send(client, people.zhao, "supervise", signed, level="", external_number="3号")
    assert (answer.status_code, "路灯" in answer.content.decode()) == (422, True)
    with pytest.raises(MoveRefused, match="3号"):
        actions.set_supervision(signed, by=people.zhao.person, level="", external_number="3号")
    signed.refresh_from_db()
    assert signed.external_number == ""


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_set_the_level_at_once_one_is_refused(people, signed):
    def press(mine):
        actions.set_supervision(mine, by=people.zhao.person, level="chair", external_number="")

    assert race(people.committee.pk, signed.pk, press) == (1, 7)
    assert signed.steps.filter(verb="supervise").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_name_a_handler_at_once_one_is_refused(people, signed):
    def name(mine):
        actions.name_handler(mine, by=people.wu.person, handler="小李")

    assert race(people.committee.pk, signed.pk, name) == (1, 7)


def test_the_page_asks_little_and_no_more_than_it_shows(client, people, signed, django_assert_num_queries):
    client.force_login(people.zhao.user)
    client.get(signed.get_absolute_url())
    with django_assert_num_queries(10):  # what there is nothing of is not asked for
        client.get(signed.get_absolute_url())
    today = timezone.localdate()
    wish = {"by": people.wu.person, "kind": "extension", "reason": "汛期", "on": today}
    actions.grant(
        actions.ask(signed, wished_on=signed.due_on + timedelta(days=9), **wish), by=people.zhao.person, on=today
    )
    fresh = Assignment.objects.get(pk=signed.pk)
    for day in range(3):
        actions.add_milestone(fresh, by=people.wu.person, title="节点", due_on=today + timedelta(days=day))
    actions.add_assisting(fresh, by=people.zhao.person, unit=people.other_unit, request="x", on=today)
    with django_assert_num_queries(15):  # one each for requests, moved days, milestones, other parts, their opinions
        client.get(signed.get_absolute_url())


def test_what_is_done_now_and_then_stands_in_the_menu(client, people, signed):
    names = {"wu": {"contact", "milestone", "handler", "ask"}, "zhao": {"add_part", "supervise", "pass"}, "chen": set()}
    for who, verbs in names.items():
        client.force_login(getattr(people, who).user)
        more = client.get(signed.get_absolute_url()).context["more"]
        assert {url.split("/")[3] for _label, url in more} == verbs
