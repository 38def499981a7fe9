"""Answering: its page, the reply it leaves, and what bad input is told."""

from uuid import uuid4

import pytest
from django.urls import reverse

from followups import actions
from followups.models import Degree
from followups.tests.factories import ON

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(people, handed):
    """An assignment for which the verb is open."""
    actions.sign_for(handed, by=people.wu.person, on=ON)
    return handed


def url(assignment):
    """The address of the page."""
    return reverse("followups:answer", args=[assignment.pk])


def test_the_page_shows_the_form(client, people, ready):
    client.force_login(people.wu.user)
    page = client.get(url(ready))
    assert (page.status_code, 'name="text"' in page.content.decode()) == (200, True)


def test_it_keeps_the_answer(client, people, ready, degree):
    client.force_login(people.wu.user)
    answer = client.post(url(ready), {"form_key": uuid4().hex, "text": "已查看现场", "degree": degree.pk})
    ready.refresh_from_db()
    step = ready.steps.last()
    assert (answer.url, ready.state, step.verb, step.by) == (
        ready.get_absolute_url(),
        "answered",
        "answer",
        people.wu.person,
    )
    assert [(reply.text, reply.degree) for reply in ready.replies.all()] == [("已查看现场", degree)]
    assert ready.degree == degree


def test_the_same_form_sent_twice_acts_once(client, people, ready, degree):
    client.force_login(people.wu.user)
    form = {"form_key": uuid4().hex, "text": "已查看现场", "degree": degree.pk}
    assert [client.post(url(ready), form).status_code for _turn in range(2)] == [302, 302]
    assert ready.steps.filter(verb="answer").count() == 1


@pytest.mark.parametrize("text", ["", "   ", "空\x00字", "反\u202e转", "长" * 5001])
def test_a_bad_text_is_explained_and_nothing_moves(client, people, ready, degree, text):
    client.force_login(people.wu.user)
    answer = client.post(url(ready), {"form_key": uuid4().hex, "text": text, "degree": degree.pk})
    before = ready.state
    ready.refresh_from_db()
    assert (answer.status_code, ready.state) == (422, before)


def test_it_is_refused_where_it_is_not_open(client, people, handed, degree):
    client.force_login(people.wu.user)
    form = {"form_key": uuid4().hex, "text": "已查看现场", "degree": degree.pk}
    answer = client.post(url(handed), form, follow=True)
    handed.refresh_from_db()
    assert (handed.state, [message.level_tag for message in answer.context["messages"]]) == ("handed_over", ["warning"])
    assert client.get(url(handed)).status_code == 302


@pytest.mark.parametrize("letter", ["", "x", "987654321", "9" * 40])
def test_a_degree_is_one_of_the_committees_letters_in_force(client, people, ready, letter):
    client.force_login(people.wu.user)
    answer = client.post(url(ready), {"form_key": uuid4().hex, "text": "已查看现场", "degree": letter})
    assert (answer.status_code, ready.replies.count()) == (422, 0)


def test_without_letters_no_degree_is_asked_for(client, people, ready):
    Degree.objects.filter(committee=people.committee).delete()
    client.force_login(people.wu.user)
    assert 'name="degree"' not in client.get(url(ready)).content.decode()
    assert client.post(url(ready), {"form_key": uuid4().hex, "text": "已查看现场"}).status_code == 302
    assert [reply.degree for reply in ready.replies.all()] == [None]
