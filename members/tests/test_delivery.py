"""Deliveries: planned by choice, held back at night, tried again, given up aloud, and never sent by two at once."""

import smtplib
from datetime import UTC, datetime, time, timedelta
from typing import ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from members import actions, delivery, notices
from members.dashboard import cards_for
from members.models import Delivery, Notice
from members.states import DeliveryState, NoticeKind

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)  # nine in the morning
NIGHT = datetime(2026, 3, 18, 14, 30, tzinfo=UTC)  # half past ten in the evening
MORNING = datetime(2026, 3, 18, 23, 0, tzinfo=UTC)  # seven of the next day


def owe(actor, key="thing:1", *, at=AT, email="lin@example.org", **more):
    """Promise one notice to somebody with an address."""
    actor.user.email = email
    actor.user.save()
    words = {"context": {"day": "2026-03-18"}, "url": "/inbox/", "template": "notices/members/password_reset"}
    notices.promise([actor.person], key=key, at=at, **words, **more)


def rows():
    """The deliveries as (channel, state, attempts)."""
    return list(Delivery.objects.order_by("pk").values_list("channel", "state", "attempts"))


def test_a_notice_goes_by_mail_when_nothing_was_chosen_and_keeps_its_id(lin):
    owe(lin)
    assert notices.deliver_all(at=AT) == 1
    assert rows() == [("email", "sent", 1)]
    (letter,) = mail.outbox
    assert letter.to == ["lin@example.org"]
    assert letter.extra_headers["Message-ID"] == f"<notice-{Notice.objects.get().pk}@127.0.0.1>"
    assert letter.body.endswith("http://127.0.0.1:8000/inbox/")


def test_without_an_address_the_inbox_is_the_only_channel(lin):
    owe(lin, email="")
    assert (notices.deliver_all(at=AT), rows()) == (1, [])


def test_everything_but_sessions_can_be_turned_off(lin):
    actions.choose_notices(lin.person, channels=[], unwanted=[])
    owe(lin)
    owe(lin, "session:1:invited", kind=NoticeKind.MEETING)
    assert notices.deliver_all(at=AT) == 2
    assert list(Delivery.objects.values_list("notice__key", "channel")) == [("session:1:invited", "email")]


def test_a_kind_that_is_not_wanted_stays_inside(lin):
    actions.choose_notices(lin.person, channels=["email"], unwanted=[NoticeKind.DUTY])
    owe(lin, kind=NoticeKind.DUTY)
    owe(lin, "thing:2", kind=NoticeKind.WORK)
    notices.deliver_all(at=AT)
    assert list(Delivery.objects.values_list("notice__key", flat=True)) == ["thing:2"]


def test_small_reminders_are_left_to_the_digest(lin):
    owe(lin, kind=NoticeKind.REMINDER)
    assert (notices.deliver_all(at=AT), rows(), mail.outbox) == (1, [], [])


def test_at_night_a_notice_arrives_and_its_mail_waits_for_the_morning(lin):
    owe(lin)
    assert notices.deliver_all(at=NIGHT) == 1
    assert (rows(), Delivery.objects.get().not_before) == ([("email", "pending", 0)], MORNING)
    notices.deliver_all(at=MORNING - timedelta(minutes=1))
    assert mail.outbox == []
    notices.deliver_all(at=MORNING)
    assert (rows(), len(mail.outbox)) == ([("email", "sent", 1)], 1)


def test_what_was_planned_by_day_is_not_sent_at_night_either(lin):
    owe(lin)
    notices.deliver_all(at=AT, most=0)
    assert notices.deliver_all(at=AT, most=1) == 1
    Delivery.objects.update(state=DeliveryState.PENDING, not_before=AT, sent_at=None)
    mail.outbox.clear()
    notices.deliver_all(at=NIGHT)
    assert mail.outbox == []


def test_what_is_urgent_is_sent_at_night(lin):
    owe(lin, is_urgent=True)
    notices.deliver_all(at=NIGHT)
    assert len(mail.outbox) == 1


def test_equal_quiet_times_mean_never_quiet(committee):
    committee.quiet_from = committee.quiet_until = time(0)
    assert [committee.is_quiet(at) for at in (AT, NIGHT, MORNING)] == [False, False, False]
    committee.quiet_from, committee.quiet_until = time(12), time(14)
    noon = datetime(2026, 3, 18, 4, 30, tzinfo=UTC)
    assert (committee.is_quiet(noon), committee.next_loud(noon)) == (True, datetime(2026, 3, 18, 6, 0, tzinfo=UTC))


class Broken(BaseEmailBackend):
    """A mail server as it fails: out of reach, or refusing one letter."""

    fault: ClassVar[Exception] = OSError("no route to host")

    def send_messages(self, messages):
        """Take nothing."""
        raise self.fault


@pytest.fixture
def broken(settings):
    """Use the mail server that fails."""
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    return Broken


def test_a_message_that_fails_is_tried_again_later_each_time(lin, broken):
    owe(lin)
    notices.deliver_all(at=AT)
    first = Delivery.objects.get()
    assert (first.state, first.attempts, first.fault) == ("pending", 1, "OSError: no route to host")
    waits = []
    for _turn in range(3):
        now = Delivery.objects.get().not_before
        notices.deliver_all(at=now)
        waits.append(round((Delivery.objects.get().not_before - now).total_seconds() / 60))
    assert waits == [2, 4, 8]
    assert (delivery.pause(1), delivery.pause(12)) == (timedelta(minutes=1), timedelta(days=1))


def test_after_the_last_try_the_office_is_told_and_can_send_it_again(lin, zhao, ma, as_, broken, settings):
    owe(lin)
    notices.deliver_all(at=AT)
    Delivery.objects.update(attempts=Delivery.MOST_ATTEMPTS - 1, not_before=AT)
    notices.deliver_all(at=AT + timedelta(minutes=1))
    dead = Delivery.objects.get()
    assert (dead.state, dead.attempts) == ("dead", 12)
    assert Notice.objects.filter(to=zhao.person).values_list("key", flat=True).get() == "undelivered:email:2026-03-18"
    assert [(card.tone, card.count, card.url) for card in cards_for(zhao, on=AT.date())] == [
        ("bad", 1, "/setup/outbox/?state=dead")
    ]

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert as_(ma).post(f"/setup/outbox/{dead.pk}/send-again/").status_code == 404
    assert as_(zhao).post(f"/setup/outbox/{dead.pk}/send-again/").status_code == 302
    Delivery.objects.update(not_before=AT)
    notices.deliver_all(at=AT + timedelta(minutes=2))
    assert (rows()[0], len(mail.outbox)) == (("email", "sent", 1), 1)
    page = as_(zhao).post(f"/setup/outbox/{dead.pk}/send-again/", follow=True).content.decode()
    assert "（已发送）" in page or "已发送" in page
    assert rows()[0] == ("email", "sent", 1)


def test_a_server_out_of_reach_costs_the_others_no_try(lin, wu, broken):
    owe(lin)
    owe(wu, email="wu@example.org")
    notices.deliver_all(at=AT)
    assert [row[1:] for row in rows()] == [("pending", 1), ("pending", 0)]


def test_a_letter_refused_holds_up_no_other(lin, wu, broken):
    broken.fault, usual = smtplib.SMTPRecipientsRefused({}), broken.fault
    try:
        owe(lin)
        owe(wu, email="wu@example.org")
        notices.deliver_all(at=AT)
    finally:
        broken.fault = usual
    assert [row[1:] for row in rows()] == [("pending", 1), ("pending", 1)]


def test_a_claim_that_was_never_finished_is_free_after_its_lease(lin):
    owe(lin)
    notices.deliver_all(at=AT)
    Delivery.objects.update(state=DeliveryState.CLAIMED, claim="gone", not_before=AT + delivery.LEASE, sent_at=None)
    mail.outbox.clear()
    notices.deliver_all(at=AT + timedelta(minutes=14))
    assert mail.outbox == []
    notices.deliver_all(at=AT + timedelta(minutes=16))
    assert (rows(), len(mail.outbox)) == ([("email", "sent", 2)], 1)


def test_who_may_no_longer_sign_in_is_sent_nothing(lin):
    owe(lin)
    notices.deliver_all(at=NIGHT)
    lin.user.is_active = False
    lin.user.save()
    notices.deliver_all(at=MORNING)
    assert (rows(), mail.outbox) == ([("email", "dropped", 1)], [])


def test_what_is_withdrawn_at_night_is_not_sent_in_the_morning(lin):
    owe(lin)
    notices.deliver_all(at=NIGHT)
    assert notices.withdraw(key_prefix="thing:1") == 0
    notices.deliver_all(at=MORNING)
    assert (rows(), mail.outbox, Notice.objects.count()) == ([("email", "dropped", 0)], [], 1)
