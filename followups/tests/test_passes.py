"""Ways in without an account: what a mailed link opens, for whom, how often, and what it never opens."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from followups import actions
from followups.models import Assignment, Receipt, UnitPass
from kit.workflow import MoveRefused
from members.delivery import letter
from members.models import Delivery, Notice, Person
from members.notices import deliver_all

from .factories import ON, make_assignment


@pytest.fixture
def quick_codes(settings):
    """Codes are hashed quickly, as passwords are in tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def made(people, handed, quick_codes):
    """A pass for somebody in Wu's unit."""
    return actions.make_pass(
        handed, by=people.zhao.person, name="郑小测", email="zheng@example.test", at=timezone.now()
    )


def made_for(assignment, *, by):
    """Make a pass for somebody in the unit."""
    return actions.make_pass(assignment, by=by.person, name="郑小测", email="zheng@example.test", at=timezone.now())


def address(made):
    """The mailed address."""
    return reverse("followups:pass_open", args=[made.token])


def opened(made):
    """A browser that has opened the pass."""
    browser = Client()
    assert browser.post(address(made), {"code": made.code}).url == reverse("followups:pass_work")
    return browser


def post(browser, verb, **words):
    """Fill in and send the form of one verb by a pass."""
    url = reverse("followups:pass_act", args=[verb])
    return browser.post(url, {"form_key": browser.get(url).context["form"]["form_key"].value(), **words})


def test_looking_at_the_link_does_nothing(made):
    for _time in range(3):
        assert Client().get(address(made)).status_code == 200
    assert UnitPass.objects.get().used_at is None


def test_with_the_code_it_opens_the_one_assignment_and_the_unit_works_on_it(people, handed, made, degree):
    browser = opened(made)
    assert handed.title in browser.get(reverse("followups:pass_work")).content.decode()
    assert post(browser, "sign", handler="郑小测").status_code == 302
    assert post(browser, "progress", text="正在勘察").status_code == 302
    assert post(browser, "answer", text="已办理", degree=degree.pk).status_code == 302
    done = Assignment.objects.get(pk=handed.pk)
    assert (done.state, done.handler, done.replies.get().by.name) == ("answered", "郑小测", "郑小测")
    assert Receipt.objects.get().signed_by.name == "郑小测"
    assert browser.get(handed.get_absolute_url()).url.startswith("/sign-in/")


def test_another_browser_cannot_open_it_again(made):
    opened(made)
    other = Client()
    answer = other.post(address(made), {"code": made.code})
    assert answer.status_code == 422
    assert other.get(reverse("followups:pass_work")).status_code == 404


def test_the_browser_that_opened_it_may_come_back_by_the_link(made):
    assert opened(made).get(address(made)).url == reverse("followups:pass_work")


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "1" * 400, "１２３４５６", "12345\n", "空\x00字"])
def test_what_is_no_code_costs_no_try(made, code):
    assert Client().post(address(made), {"code": code}).status_code == 422
    assert (UnitPass.objects.get().tries, UnitPass.objects.get().used_at) == (0, None)


def test_after_five_wrong_codes_the_right_one_opens_nothing(made):
    wrong = f"{(int(made.code) + 1) % 10**6:06d}"
    for _time in range(5):
        assert Client().post(address(made), {"code": wrong}).status_code == 422
    assert Client().post(address(made), {"code": made.code}).status_code == 422
    assert UnitPass.objects.get().used_at is None


def test_it_ends_after_two_weeks_and_with_the_next_one(people, handed, made):
    assert actions.find_pass(made.token, at=timezone.now() + timedelta(days=15)) is None
    browser = opened(made)
    second = made_for(handed, by=people.zhao)
    assert browser.get(reverse("followups:pass_work")).status_code == 404
    assert Client().get(address(made)).status_code == 404
    assert opened(second).get(reverse("followups:pass_work")).status_code == 200
    assert Person.objects.filter(name="郑小测").count() == 1


def test_a_released_unit_keeps_no_way_in(people, handed, made):
    browser = opened(made)
    request = actions.ask(handed, by=people.wu.person, kind="release", reason="非我局职责", on=ON)
    actions.grant(request, by=people.zhao.person, on=ON, unit=people.other_unit)
    assert browser.get(reverse("followups:pass_work")).status_code == 404


def test_without_a_pass_there_is_nothing(people, handed):
    for url in (reverse("followups:pass_work"), reverse("followups:pass_act", args=["answer"]), "/pass/abc/"):
        assert Client().get(url).status_code == 404
    assert Client().post(reverse("followups:pass_act", args=["answer"]), {"text": "x"}).status_code == 404


def test_only_three_acts_are_open_to_it(made):
    browser = opened(made)
    for verb in ("close", "send_back", "reopen", "pause"):
        assert browser.post(reverse("followups:pass_act", args=[verb]), {}).status_code == 404


def test_neither_link_nor_code_is_kept(made):
    kept = UnitPass.objects.get()
    assert made.token not in f"{kept.token_digest}{kept.code_digest}"
    assert made.code not in (kept.token_digest, kept.code_digest)


def test_the_link_is_mailed_to_the_contact_and_the_code_is_not(people, made, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver_all(at=timezone.now() + timedelta(minutes=1))
    mail = letter(Delivery.objects.select_related("notice__to__user").get(notice__key__contains=":pass:"))
    assert mail.to == ["zheng@example.test"]
    assert made.token in mail.body
    assert made.code not in mail.body


def test_nothing_else_is_mailed_to_somebody_without_an_account(people, handed, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    person = Person.objects.create(committee=people.committee, name="郑小测", email="zheng@example.test")
    Notice.objects.create(
        committee=people.committee, to=person, key="x", template="notices/followups/signed", due_at=timezone.now(),
        context={"title": "x", "receipt": "x", "due_on": "2026-01-01", "unit": "x"},
    )  # fmt: skip
    deliver_all(at=timezone.now() + timedelta(minutes=1))
    assert not Delivery.objects.filter(notice__to=person).exists()


def test_of_two_who_open_at_once_one_gets_in(made):
    first = UnitPass.objects.select_related("assignment").get()
    second = UnitPass.objects.select_related("assignment").get()
    actions.open_pass(first, code=made.code, at=timezone.now())
    with pytest.raises(MoveRefused):
        actions.open_pass(second, code=made.code, at=timezone.now())


def test_the_office_makes_it_on_a_page_and_sees_the_code_once(client, people, handed, quick_codes):
    client.force_login(people.zhao.user)
    url = reverse("followups:pass_make", args=[handed.pk])
    words = {
        "form_key": client.get(url).context["form"]["form_key"].value(),
        "name": "郑小测",
        "email": "z@example.test",
    }
    assert client.post(url, {**words, "email": "nobody"}).status_code == 422
    for _twice in range(2):
        assert client.post(url, words).url == handed.get_absolute_url()
    kept = UnitPass.objects.get()
    page = client.get(handed.get_absolute_url()).content.decode()
    (code,) = re.findall(r"验证码：(\d{6})", page)
    assert check_password(code, kept.code_digest)
    assert "验证码" not in client.get(handed.get_absolute_url()).content.decode()


def test_what_is_answered_needs_no_pass(people, quick_codes):
    assignment = make_assignment(unit=people.unit, by=people.zhao)
    actions.sign_for(assignment, by=people.wu.person, on=ON)
    actions.answer(assignment, by=people.wu.person, text="已办", on=ON)
    with pytest.raises(MoveRefused):
        made_for(assignment, by=people.zhao)
