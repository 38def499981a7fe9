"""Notices: owed with the act, told once, and in the end seen by the office."""

import time
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from members import actions, delivery, notices
from members.models import Delivery, Notice

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
TEMPLATE = "notices/members/password_reset"


def owe(person, key="thing:1", *, template=TEMPLATE, at=AT):
    """Promise one notice."""
    notices.promise([person], key=key, template=template, context={"day": "2026-03-18"}, url="/inbox/", at=at)


def test_promised_twice_is_owed_once(lin):
    owe(lin.person)
    owe(lin.person)
    assert Notice.objects.count() == 1


def test_a_notice_is_rolled_back_with_its_act(lin):
    with pytest.raises(RuntimeError), transaction.atomic():
        _act_that_breaks(lin.person)
    assert Notice.objects.count() == 0


def _act_that_breaks(person):
    owe(person)
    raise RuntimeError


def test_a_notice_withdrawn_before_it_is_due_is_never_told(lin):
    owe(lin.person, "thing:1:reminder", at=AT + timedelta(days=1))
    assert notices.withdraw(key_prefix="thing:1") == 1
    assert notices.deliver_all(at=AT + timedelta(days=2)) == 0


def test_withdrawn_is_only_what_is_owed_and_begins_so(lin, zhao):
    later = AT + timedelta(days=1)
    for person, key in [(lin, "thing:1:told"), (lin, "thing:1:x_y"), (lin, "thing:1:xzy"), (lin, "thing:12:x_y")]:
        owe(person.person, key, at=AT if key.endswith("told") else later)
    owe(zhao.person, "thing:1:x_y", at=later)
    assert notices.deliver_all(at=AT) == 1
    assert notices.withdraw(key_prefix="thing:1:x_", to=zhao.person) == 1
    assert notices.withdraw(key_prefix="thing:1:x_") == 1
    assert notices.withdraw(key_prefix="thing:1:") == 1
    assert sorted(Notice.objects.values_list("key", flat=True)) == ["thing:12:x_y", "thing:1:told"]


def test_a_notice_is_told_in_the_readers_language_and_by_mail(lin):
    lin.user.email, lin.user.language = "lin@example.org", "en"
    lin.user.save()
    owe(lin.person)

    assert notices.deliver_all(at=AT) == 1

    notice = Notice.objects.get()
    assert notice.subject == "A new password was set for your account"
    assert [(message.subject, message.to) for message in mail.outbox] == [(notice.subject, ["lin@example.org"])]


class Meanwhile(BaseEmailBackend):
    """A mail server so slow that a second dispatcher starts while the first one is still sending."""

    sent: ClassVar[list] = []

    def send_messages(self, messages):
        """Let the other dispatcher run, then take the mail."""
        self.sent.append(notices.deliver_all(at=AT))
        return len(messages)


def test_two_dispatchers_tell_it_once(lin, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Meanwhile"
    lin.user.email = "lin@example.org"
    lin.user.save()
    owe(lin.person)

    assert (notices.deliver_all(at=AT), Meanwhile.sent) == (1, [0])
    assert Notice.objects.get().attempts == 1


class Slow(BaseEmailBackend):
    """A mail server that takes its time; while it has the last mail, a second dispatcher starts."""

    taken: ClassVar[list] = []

    def send_messages(self, messages):
        """Take longer for all mails together than a lease lasts, but not for one."""
        self.taken.append(messages[0].extra_headers["Message-ID"])
        time.sleep(0.15)
        if len(self.taken) == 2:
            notices.deliver_all(at=AT + timedelta(seconds=0.45))
        return len(messages)


def test_a_batch_that_takes_long_gives_the_rest_back_before_its_lease_ends(lin, settings, monkeypatch):
    monkeypatch.setattr(delivery, "LEASE", timedelta(seconds=0.6))
    monkeypatch.setattr(delivery, "LONGEST", timedelta(seconds=0.2))
    settings.EMAIL_BACKEND = f"{__name__}.Slow"
    lin.user.email = "lin@example.org"
    lin.user.save()
    for number in range(3):
        owe(lin.person, f"thing:{number}")

    assert notices.deliver_all(at=AT) == 3
    assert len(Slow.taken) == 2
    notices.deliver_all(at=AT + timedelta(minutes=1))
    assert len(Slow.taken) == len(set(Slow.taken)) == 3
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_a_claim_that_was_never_finished_is_free_after_a_quarter_of_an_hour(lin):
    owe(lin.person)
    Notice.objects.update(claim="gone", claimed_at=AT, attempts=1)

    assert notices.deliver_all(at=AT + timedelta(minutes=14)) == 0
    assert notices.deliver_all(at=AT + timedelta(minutes=16)) == 1


def test_after_five_tries_the_office_sees_it_and_can_send_it_again(lin, zhao):
    owe(lin.person, template="notices/members/no_such_template")
    for number in range(8):
        notices.deliver_all(at=AT + timedelta(hours=number))
    stuck = Notice.objects.stuck().get()
    assert (stuck.attempts, "no_such_template" in stuck.fault) == (5, True)

    Notice.objects.update(template=TEMPLATE)
    actions.send_again(stuck)

    assert notices.deliver_all(at=AT + timedelta(days=1)) == 1
    assert list(Notice.objects.stuck()) == []


def test_words_arrive_as_they_were_written(lin):
    words = {"title": "A&B <路灯>", "unit": "住建局", "due_on": "2026-03-18", "sign_due": "2026-03-18"}
    notices.promise([lin.person], key="plain", template="notices/followups/overdue", context=words, at=AT)
    notices.deliver_all(at=AT)
    notice = Notice.objects.get(key="plain")
    assert "A&B <路灯>" in notice.subject
    assert "A&B <路灯>" in notice.body
