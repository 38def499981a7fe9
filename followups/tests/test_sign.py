"""Signing for one assignment: its page, its receipt, and what a second press does."""

from uuid import uuid4

import pytest
from django.urls import reverse

from followups.models import Receipt
from followups.tests.factories import make_assignment

pytestmark = pytest.mark.django_db


def url(assignment):
    """The address of the page."""
    return reverse("followups:sign", args=[assignment.pk])


def test_the_page_shows_what_is_asked_and_the_form(client, people, handed):
    client.force_login(people.wu.user)
    page = client.get(url(handed)).content.decode()
    assert ("请研究办理" in page, 'name="handler"' in page) == (True, True)


def test_signing_gives_the_receipt_and_notes_the_handler(client, people, handed):
    client.force_login(people.wu.user)
    answer = client.post(url(handed), {"form_key": uuid4().hex, "handler": "小何"})
    handed.refresh_from_db()
    assert (answer.url, handed.state, handed.handler, handed.receipt.number) == (
        handed.get_absolute_url(),
        "signed",
        "小何",
        1,
    )


def test_the_handler_may_be_left_empty(client, people, handed):
    client.force_login(people.wu.user)
    client.post(url(handed), {"form_key": uuid4().hex, "handler": ""})
    handed.refresh_from_db()
    assert (handed.state, handed.handler) == ("signed", "")


def test_the_same_form_twice_and_another_form_after_it_sign_once(client, people, handed):
    client.force_login(people.wu.user)
    form = {"form_key": uuid4().hex, "handler": "小何"}
    codes = [client.post(url(handed), data).status_code for data in (form, form, {**form, "form_key": uuid4().hex})]
    assert codes == [302, 302, 302]
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("handler", ["长" * 41, "空\x00字", "反\u202e转"])
def test_a_bad_handler_is_explained_and_kept(client, people, handed, handler):
    client.force_login(people.wu.user)
    answer = client.post(url(handed), {"form_key": uuid4().hex, "handler": handler})
    handed.refresh_from_db()
    assert (answer.status_code, handed.state) == (422, "handed_over")


def test_the_page_of_what_is_signed_already_says_so(client, people):
    assignment = make_assignment(unit=people.unit, by=people.zhao)
    client.force_login(people.wu.user)
    client.post(url(assignment), {"form_key": uuid4().hex})
    page = client.get(url(assignment), follow=True)
    assert [str(message.level_tag) for message in page.context["messages"]] == ["success", "warning"]
