"""Striking off: its page, its proof, and what bad input is told."""

from uuid import uuid4

import pytest
from django.urls import reverse

from followups import actions
from followups.tests.factories import ON

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(people, handed):
    """An assignment for which the verb is open."""
    actions.sign_for(handed, by=people.wu.person, on=ON)
    actions.answer(handed, by=people.wu.person, text="已列入计划", on=ON)
    return handed


def url(assignment):
    """The address of the page."""
    return reverse("followups:close", args=[assignment.pk])


def test_the_page_shows_the_form(client, people, ready):
    client.force_login(people.zhao.user)
    page = client.get(url(ready))
    assert (page.status_code, 'name="proof"' in page.content.decode()) == (200, True)


def test_it_is_struck_off_on_proof(client, people, ready):
    client.force_login(people.zhao.user)
    answer = client.post(url(ready), {"form_key": uuid4().hex, "proof": "已查看现场"})
    ready.refresh_from_db()
    step = ready.steps.last()
    assert (answer.url, ready.state, step.verb, step.by) == (
        ready.get_absolute_url(),
        "closed",
        "close",
        people.zhao.person,
    )
    assert (ready.proof, ready.closed_on is None) == ("已查看现场", False)


def test_the_same_form_sent_twice_acts_once(client, people, ready):
    client.force_login(people.zhao.user)
    form = {"form_key": uuid4().hex, "proof": "已查看现场"}
    assert [client.post(url(ready), form).status_code for _turn in range(2)] == [302, 302]
    assert ready.steps.filter(verb="close").count() == 1


@pytest.mark.parametrize("text", ["", "   ", "空\x00字", "反\u202e转", "长" * 2001])
def test_a_bad_text_is_explained_and_nothing_moves(client, people, ready, text):
    client.force_login(people.zhao.user)
    answer = client.post(url(ready), {"form_key": uuid4().hex, "proof": text})
    before = ready.state
    ready.refresh_from_db()
    assert (answer.status_code, ready.state) == (422, before)


def test_it_is_refused_where_it_is_not_open(client, people, handed):
    client.force_login(people.zhao.user)
    answer = client.post(url(handed), {"form_key": uuid4().hex, "proof": "已查看现场"}, follow=True)
    handed.refresh_from_db()
    assert (handed.state, [message.level_tag for message in answer.context["messages"]]) == ("handed_over", ["warning"])
    assert client.get(url(handed)).status_code == 302
