"""The digest of the morning: what is overdue, due today and soon, once a day, and nothing when nothing waits."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cppcc_portal.tasks import ROOMS
from followups import actions as followups
from followups.tests.factories import make_assignment
from kit.cards import Row
from members import actions, digests, notices
from members.models import Delivery, Notice
from members.states import NoticeKind, Role
from members.tests.factories import make_actor, make_unit

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 18)
AT = datetime(2026, 3, 17, 21, 40, tzinfo=UTC)  # twenty to six in the morning
SENT = datetime(2026, 3, 17, 23, 30, tzinfo=UTC)  # half past seven


@pytest.fixture
def zhao(committee):
    """Zhao works in the office."""
    return make_actor(committee, Role.CLERK, name="赵小测")


@pytest.fixture
def wu(committee):
    """Wu answers for a unit and has an address."""
    actor = make_actor(committee, Role.OFFICER, name="吴小测", unit=make_unit(committee, name="测试局"))
    actor.user.email = "wu@example.org"
    actor.user.save()
    return actor


def hand_over(wu, zhao, days):
    """Hand something to Wu's unit that is due in so many days."""
    unit = wu.person.grants.get().unit
    on = ON - timedelta(days=60)
    made = make_assignment(unit=unit, by=zhao, title=f"事项{days}", on=on, due_on=ON + timedelta(days=days))
    followups.sign_for(made, by=wu.person, on=on)


def digest_letters():
    """The letters with a digest."""
    keys = {f"<notice-{pk}@" for pk in Notice.objects.filter(kind=NoticeKind.DIGEST).values_list("pk", flat=True)}
    return [letter for letter in mail.outbox if letter.extra_headers["Message-ID"].startswith(tuple(keys))]


def test_two_beats_or_a_late_one_make_one_digest_with_what_waits(wu, zhao):
    for days in (-2, 0, 3, 4):
        hand_over(wu, zhao, days)
    Notice.objects.all().delete()
    assert [digests.plan(ROOMS, at=at) for at in (AT, AT, AT + timedelta(hours=3))] == [1, 0, 0]

    notices.deliver_all(at=SENT)
    (letter,) = digest_letters()
    lines = [line for line in letter.body.splitlines() if line and not line.startswith("  ")]
    assert lines[1:] == [
        "逾期",
        "- 事项-2 (2026-03-16 到期)",
        "今天",
        "- 事项0 (2026-03-18 到期)",
        "今后三天",
        "- 事项3 (2026-03-21 到期)",
        "http://127.0.0.1:8000/",
    ]
    assert Notice.objects.get().key == "digest:2026-03-18"
    assert digests.plan(ROOMS, at=AT + timedelta(days=1)) == 1


def test_nothing_waiting_is_no_digest(wu, zhao):
    hand_over(wu, zhao, 10)
    assert digests.plan(ROOMS, at=AT) == 0


def test_after_noon_none_is_planned(wu, zhao):
    hand_over(wu, zhao, 0)
    assert digests.plan(ROOMS, at=datetime(2026, 3, 18, 4, 0, tzinfo=UTC)) == 0


def test_who_does_not_want_it_or_has_no_channel_gets_none(wu, zhao):
    hand_over(wu, zhao, 0)
    actions.choose_notices(wu.person, channels=["email"], unwanted=[NoticeKind.DIGEST])
    assert digests.plan(ROOMS, at=AT) == 0
    actions.choose_notices(wu.person, channels=[], unwanted=[])
    assert digests.plan(ROOMS, at=AT) == 0


def test_a_unit_is_reminded_by_the_digest_and_not_one_by_one(wu, zhao):
    assignment = make_assignment(unit=wu.person.grants.get().unit, by=zhao, on=ON)
    notices.deliver_all(at=timezone.now())
    keys = set(Delivery.objects.filter(notice__to=wu.person).values_list("notice__key", flat=True))
    assert keys == {f"assignment:{assignment.pk}:{occasion}" for occasion in ("handed-over", "overdue:overdue")}


def test_a_digest_that_is_long_is_cut(wu, zhao):
    rows = [(ON, Row(f"事项{number}", f"/x/{number}/")) for number in range(25)]
    rooms = (*ROOMS, lambda actor, *, on: digests.by_day(rows, on=on))
    assert digests.plan(rooms, at=AT) == 1
    text = Notice.objects.get().context["lines"]
    assert (text.count("- 事项"), text.splitlines()[-1]) == (20, "还有 5 项")
