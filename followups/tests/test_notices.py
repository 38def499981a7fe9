"""The notices of the follow-up room: each can be put into words, in both languages, and says what, when and who."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from followups import actions
from followups.notices import morning_of
from followups.tests.factories import ON
from members.models import Notice
from members.notices import deliver_all

pytestmark = pytest.mark.django_db
LATER = timedelta(days=400)


def bodies(person, occasion):
    """Return the delivered texts of one kind for a person."""
    return [
        (notice.subject, notice.body)
        for notice in Notice.objects.filter(to=person, template=f"notices/followups/{occasion}").order_by("due_at")
    ]


@pytest.fixture
def lived(people, handed):
    """An assignment with quotes in its name that went all the way, sent back once; a second one nobody signed for."""
    handed.title = "“电梯”<加装> & 维护"
    handed.save(update_fields=["title"])
    actions.sign_for(handed, by=people.wu.person, on=ON)
    actions.answer(handed, by=people.wu.person, text="已列入计划", on=ON)
    actions.send_back(handed, by=people.zhao.person, reason="请写明时间", on=ON)
    return handed


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_notice_is_put_into_words(people, lived, language):
    for actor in (people.wu, people.zhao, people.lin):
        actor.user.language = language
        actor.user.save(update_fields=["language"])
    owed = Notice.objects.count()
    deliver_all(at=timezone.now() + LATER)
    assert Notice.objects.filter(fault="", sent_at__isnull=False).exclude(subject="").exclude(body="").count() == owed
    assert mail.outbox == []  # nobody here has an address


def test_the_words_are_those_of_an_office_and_plain_text(people, lived):
    deliver_all(at=timezone.now() + LATER)
    assert bodies(people.lin.person, "signed") == [
        (
            "收条〔2026〕1号：“电梯”<加装> & 维护",
            "林小测：您提出的《“电梯”<加装> & 维护》已由住建局签收，并出具收条〔2026〕1号，答复期限为2026-05-18。",
        )
    ]
    assert bodies(people.wu.person, "sent_back")[0][1].endswith("理由：请写明时间 答复期限仍为2026-05-18。")
    assert len(bodies(people.zhao.person, "overdue")) == 1
    assert len(bodies(people.wu.person, "due_reminder")) == 3


def test_a_signature_not_given_is_asked_for_twice_and_the_second_time_the_office_hears_of_it(people, handed):
    # To be signed for by Monday 23 March; the first and the third working day after.
    owed = Notice.objects.filter(template="notices/followups/sign_reminder").order_by("due_at", "pk")
    days = [(notice.to.name, notice.due_at) for notice in owed]
    first, third = morning_of(ON + timedelta(days=6)), morning_of(ON + timedelta(days=8))
    assert days == [("吴小测", first), ("吴小测", third), ("赵小测", third)]


def test_a_reminder_missed_while_the_clock_slept_is_still_given(people, handed):
    at = morning_of(handed.due_on + timedelta(days=3))
    deliver_all(at=at)
    assert len(bodies(people.wu.person, "overdue")) == 1
