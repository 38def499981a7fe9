"""Acting: what a page says and where it goes after an act, a refusal, and the same form sent again."""

from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage

from kit.workflow import MoveRefused
from members.acting import acted, acted_once
from members.states import Role

from .factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of(committee, rf):
    """A request of the office that can be told something."""
    request = rf.post("/")
    request.actor = make_actor(committee, Role.CLERK)
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


class Form:
    """A form that was found good."""

    def __init__(self):
        self.cleaned_data = {"form_key": uuid4().hex}


def refuse():
    raise MoveRefused("already done")


def told(request):
    """Return what the page would say."""
    return [str(message) for message in get_messages(request)]


def test_what_was_done_is_said_and_leads_back(request_of):
    assert (acted(request_of, "/there/", list, "done").url, told(request_of)) == ("/there/", ["done"])


def test_a_refusal_is_told_and_leads_back(request_of):
    assert (acted(request_of, "/there/", refuse, "done").url, told(request_of)) == ("/there/", ["already done"])


def test_the_same_form_acts_once_and_goes_where_the_act_says_or_else_back(request_of):
    form, done = Form(), []
    for _turn in "12":
        assert acted_once(request_of, form, lambda: done.append(1) or "/made/", "/back/").url == "/made/"
    assert done == [1]
    assert acted_once(request_of, Form(), lambda: None, "/back/").url == "/back/"


def test_a_refused_form_may_be_sent_again(request_of):
    form = Form()
    assert acted_once(request_of, form, refuse, "/back/").url == "/back/"
    assert acted_once(request_of, form, lambda: "/made/", "/back/").url == "/made/"
    assert told(request_of) == ["already done"]
