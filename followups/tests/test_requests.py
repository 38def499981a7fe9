"""What units ask for, on pages: asking, deciding, taking back, going on, and the office's list and card."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from followups import actions, dashboard
from followups.access import ASSIGNMENT_MAY
from followups.models import Assignment, UnitRequest
from followups.tests.factories import make_assignment
from followups.tests.test_moves_race import race
from kit.workflow import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    """The day on which pages act."""
    return timezone.localdate()


@pytest.fixture
def signed(people, today):
    """What Wu's unit has signed for today."""
    made = make_assignment(unit=people.unit, by=people.zhao, raised_by=people.lin.person, on=today)
    actions.sign_for(made, by=people.wu.person, on=today)
    return made


def send(client, actor, name, *things, **data):
    """Post a form as somebody."""
    client.force_login(actor.user)
    return client.post(reverse(f"followups:{name}", args=things), {"form_key": uuid4().hex, **data})


def asked(people, assignment, today, kind="pause", **more):
    """A request of Wu's unit."""
    return actions.ask(assignment, by=people.wu.person, kind=kind, reason="待上级批复", on=today, **more)


@pytest.mark.parametrize("kind", ["release", "extension", "pause"])
def test_a_unit_asks_from_the_assignment(client, people, signed, today, kind):
    wish = signed.due_on + timedelta(days=30)
    client.force_login(people.wu.user)
    page = client.get(signed.get_absolute_url()).content.decode()
    assert reverse("followups:ask", args=[signed.pk, kind]) in page
    form = client.get(reverse("followups:ask", args=[signed.pk, kind])).content.decode()
    assert ('name="wished_on"' in form) == (kind == "extension")
    answer = send(client, people.wu, "ask", signed.pk, kind, reason="原因", wished_on=wish)
    made = UnitRequest.objects.get()
    assert (answer.url, made.kind, made.reason) == (signed.get_absolute_url(), kind, "原因")
    assert made.wished_on == (wish if kind == "extension" else None)


@pytest.mark.parametrize(("kind", "data"), [("release", {}), ("extension", {"reason": "x", "wished_on": "2000-01-01"})])
def test_a_wish_that_makes_no_sense_is_explained(client, people, signed, kind, data):
    assert send(client, people.wu, "ask", signed.pk, kind, **data).status_code == 422
    assert not UnitRequest.objects.exists()


def test_an_unknown_wish_has_no_page(client, people, signed):
    client.force_login(people.wu.user)
    assert client.get(reverse("followups:ask", args=[signed.pk, "holiday"])).status_code == 404


def test_while_one_waits_nothing_else_is_asked_for(client, people, signed, today):
    asked(people, signed, today)
    client.force_login(people.wu.user)
    url = reverse("followups:ask", args=[signed.pk, "release"])
    assert url not in client.get(signed.get_absolute_url()).content.decode()
    assert (client.get(url).status_code, UnitRequest.objects.count()) == (302, 1)


def test_the_office_grants_a_release_and_names_another_unit(client, people, signed, today):
    request = asked(people, signed, today, "release")
    assert send(client, people.zhao, "request_grant", request.pk).status_code == 422
    assert send(client, people.zhao, "request_grant", request.pk, unit=people.unit.pk).status_code == 422
    send(client, people.zhao, "request_grant", request.pk, unit=people.other_unit.pk, words="同意")
    signed.refresh_from_db()
    request.refresh_from_db()
    assert (signed.unit, signed.state, request.state, request.decision) == (
        people.other_unit,
        "handed_over",
        "granted",
        "同意",
    )
    client.force_login(people.he.user)
    assert client.get(signed.get_absolute_url()).status_code == 200
    client.force_login(people.wu.user)
    assert client.get(signed.get_absolute_url()).status_code == 404


def test_a_unit_never_passes_it_on_itself(people, signed):
    assert "pass_on" in signed.MOVES
    assert {"pass_on", "pause"} & ASSIGNMENT_MAY.keys() == set()


def test_the_office_gives_a_day_of_its_own(client, people, signed, today):
    old = signed.due_on
    request = asked(people, signed, today, "extension", wished_on=old + timedelta(days=30))
    assert send(client, people.zhao, "request_grant", request.pk, until=old).status_code == 422
    send(client, people.zhao, "request_grant", request.pk, until=old + timedelta(days=10))
    signed.refresh_from_db()
    assert (signed.due_on, signed.extensions) == (old + timedelta(days=10), 1)
    page = client.get(signed.get_absolute_url()).content.decode()
    assert f"{old:%Y-%m-%d} →" in page


def test_the_office_refuses_with_words_that_the_unit_reads(client, people, signed, today):
    request = asked(people, signed, today)
    assert send(client, people.zhao, "request_refuse", request.pk).status_code == 422
    send(client, people.zhao, "request_refuse", request.pk, words="理由不充分")
    client.force_login(people.wu.user)
    assert "理由不充分" in client.get(signed.get_absolute_url()).content.decode()


def test_whoever_raised_it_does_not_read_what_the_unit_asked(client, people, signed, today):
    asked(people, signed, today)
    client.force_login(people.lin.user)
    assert "待上级批复" not in client.get(signed.get_absolute_url()).content.decode()


def test_a_request_is_taken_back_by_the_unit_alone(client, people, signed, today):
    request = asked(people, signed, today)
    assert send(client, people.he, "request_withdraw", request.pk).status_code == 404
    assert send(client, people.zhao, "request_withdraw", request.pk).status_code == 403
    send(client, people.wu, "request_withdraw", request.pk)
    request.refresh_from_db()
    assert request.state == "withdrawn"
    assert send(client, people.zhao, "request_grant", request.pk).status_code in (302, 422)
    signed.refresh_from_db()
    assert signed.state == "signed"


@pytest.mark.parametrize("who", ["zhao", "wu"])
def test_office_or_unit_let_a_paused_one_go_on(client, people, signed, today, who):
    actions.grant(asked(people, signed, today), by=people.zhao.person, on=today)
    actor = getattr(people, who)
    client.force_login(actor.user)
    assert reverse("followups:resume", args=[signed.pk]) in client.get(signed.get_absolute_url()).content.decode()
    send(client, actor, "resume", signed.pk)
    signed.refresh_from_db()
    assert (signed.state, signed.paused_on) == ("in_hand", None)


def test_an_answer_takes_back_what_is_still_asked_for(people, signed, today):
    request = asked(people, signed, today)
    actions.answer(signed, by=people.wu.person, text="已办", on=today)
    request.refresh_from_db()
    assert request.state == "withdrawn"
    with pytest.raises(MoveRefused):
        actions.grant(request, by=people.zhao.person, on=today)


def test_what_the_released_unit_kept_to_itself_does_not_go_with_it(people, signed, today):
    actions.save_draft(signed, by=people.wu.person, text="拟稿")
    actions.add_milestone(signed, by=people.wu.person, title="勘察", due_on=today)
    request = asked(people, signed, today, "release")
    actions.grant(request, by=people.zhao.person, on=today, unit=people.other_unit)
    moved = Assignment.objects.get(pk=signed.pk)
    assert (moved.milestones.count(), moved.next_milestone_on, hasattr(moved, "draft")) == (0, None, False)


def several(people, today):
    """Three requests, the last of which is to be decided first."""
    made = []
    for days in (0, 1, 6):
        thing = make_assignment(unit=people.unit, by=people.zhao, title=f"事项{days}", on=today - timedelta(days=10))
        actions.sign_for(thing, by=people.wu.person, on=today)
        made.append(asked(people, thing, today - timedelta(days=days)))
    return made


def test_the_office_finds_what_waits_with_the_most_urgent_first(client, people, today, django_assert_num_queries):
    made = several(people, today)
    client.force_login(people.zhao.user)
    client.get(reverse("followups:request_list"))
    with django_assert_num_queries(5):  # session, account, roles; rows; unread notices
        page = client.get(reverse("followups:request_list"))
    assert [row.pk for row in page.context["page"]] == [made[2].pk, made[1].pk, made[0].pk]
    actions.refuse(made[2], by=people.zhao.person, on=today, words="否")
    assert [row.pk for row in client.get(reverse("followups:request_list")).context["page"]] == [made[1].pk, made[0].pk]


def test_the_clerks_first_page_has_a_card_for_it(people, today):
    several(people, today)
    cards = {card.title: card for card in dashboard.cards_for(people.zhao, on=today)}
    assert cards["待审批的申请"].count == 3
    assert all(card.title != "待审批的申请" for card in dashboard.cards_for(people.chen, on=today))


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_decide_at_once_one_is_refused(people, signed, today):
    request = asked(people, signed, today)
    both = iter(["grant", "refuse"] * 4)

    def decide(mine):
        verb, mine_too = next(both), UnitRequest.objects.get(pk=request.pk)
        if verb == "grant":
            actions.grant(mine_too, by=people.zhao.person, on=today)
        else:
            actions.refuse(mine_too, by=people.zhao.person, on=today, words="否")

    assert race(people.committee.pk, signed.pk, decide) == (1, 7)
    request.refresh_from_db()
    assert request.steps.count() == 1


def test_release_may_be_asked_for_only_in_time(client, people, today):
    late = make_assignment(unit=people.unit, by=people.zhao, on=date(2026, 3, 18))
    client.force_login(people.wu.user)
    answer = client.get(reverse("followups:ask", args=[late.pk, "release"]), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
