"""Notices and reminders: owed once, dated anew on a move, taken back on answers and when it is off."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from consultations import notices, verify
from consultations.actions import meeting, rsvp, sessions
from consultations.actions.sessions import Guests
from consultations.tasks import owe_reminders
from members.models import Notice
from members.notices import deliver_all

from .factories import ZONE, at, make_session

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)
DAY = date(2026, 3, 20)


@pytest.fixture
def session(cast):
    """A session on 20 March with Lin and Wu's unit, notified on 2 March."""
    guests = Guests(members=[cast.lin.person], units=[cast.unit], residents=["居民甲"])
    made = make_session(by=cast.zhao, starts_at=at(DAY), guests=guests)
    return sessions.notify_session(made, by=cast.zhao.person, at=NOW)


def owed(actor, occasion=""):
    """Return (occasion, date of the session, day it is due) of what a person is owed."""
    rows = Notice.objects.filter(to=actor.person, sent_at__isnull=True).order_by("due_at", "key")
    found = [(*row.key.split(":")[2:], f"{timezone.localtime(row.due_at):%m-%d}") for row in rows]
    return [row for row in found if row[0].startswith(occasion)]


def test_the_notice_owes_reminders_seven_three_and_one_day_before(cast, session):
    assert owed(cast.lin) == [
        ("invited", "2026-03-20", "03-02"),
        ("remind-7", "2026-03-20", "03-13"),
        ("remind-3", "2026-03-20", "03-17"),
        ("no-answer", "2026-03-20", "03-18"),
        ("remind-1", "2026-03-20", "03-19"),
    ]
    assert owed(cast.wu) == owed(cast.lin)
    assert owed(cast.zhao) == [("no-answer-office", "2026-03-20", "03-18")]


def test_only_what_lies_ahead_is_owed(cast):
    made = make_session(by=cast.zhao, starts_at=at(DAY), guests=Guests(members=[cast.lin.person]))
    sessions.notify_session(made, by=cast.zhao.person, at=at(date(2026, 3, 18), 12))
    assert owed(cast.lin, "remind") == [("remind-1", "2026-03-20", "03-19")]
    assert owed(cast.lin, "no-answer") == []


def test_promising_again_owes_nothing_twice(cast, session):
    before = Notice.objects.count()
    notices.owe_reminders(session, at=NOW)
    notices.notified(session, notices.everybody(session), at=NOW)
    assert Notice.objects.count() == before


def test_an_answer_takes_the_question_back(cast, session):
    rsvp.attend(session.participants.get(person=cast.lin.person), by=cast.lin.person, at=NOW)
    assert [row[0] for row in owed(cast.lin)] == ["invited", "remind-7", "remind-3", "remind-1"]
    assert [row[0] for row in owed(cast.zhao)] == ["no-answer-office"]
    rsvp.attend(session.participants.get(unit=cast.unit), by=cast.wu.person, at=NOW)
    assert owed(cast.zhao) == []


def test_who_has_leave_is_not_reminded(cast, session):
    seat = session.participants.get(person=cast.lin.person)
    rsvp.ask_leave(seat, by=cast.lin.person, reason="出差", at=NOW)
    assert owed(cast.zhao, "leave_asked") != []
    rsvp.grant_leave(seat, by=cast.zhao.person, at=NOW)
    assert owed(cast.lin, "remind") == owed(cast.lin, "no-answer") == []
    assert len(owed(cast.lin, "leave_granted")) == 1


def test_who_is_refused_leave_is_told_why_and_reminded(cast, session):
    seat = session.participants.get(person=cast.lin.person)
    rsvp.ask_leave(seat, by=cast.lin.person, reason="出差", at=NOW)
    rsvp.refuse_leave(seat, by=cast.zhao.person, reason="议题与您有关", at=NOW)
    assert len(owed(cast.lin, "remind")) == 3
    assert Notice.objects.get(key__contains="leave_refused").context["reason"] == "议题与您有关"


def test_moving_tells_everybody_and_dates_the_reminders_anew(cast, session):
    later = date(2026, 3, 27)
    sessions.move_session(session, by=cast.zhao.person, starts_at=at(later), ends_at=at(later, 11), at=NOW)
    assert owed(cast.lin, "remind") == [
        ("remind-7", "2026-03-27", "03-20"),
        ("remind-3", "2026-03-27", "03-24"),
        ("remind-1", "2026-03-27", "03-26"),
    ]
    for actor in (cast.lin, cast.wu):
        assert len(owed(actor, "moved")) == 1
    told = Notice.objects.filter(key__contains=":moved:").first()
    assert (told.context["old_day"], told.context["day"]) == ("2026-03-20", "2026-03-27")


def test_moving_there_and_back_tells_twice_and_reminds_once(cast, session):
    for day in (date(2026, 3, 27), DAY):
        sessions.move_session(session, by=cast.zhao.person, starts_at=at(day), ends_at=at(day, 11), at=NOW)
    assert len(owed(cast.lin, "moved")) == 2
    assert [row[1] for row in owed(cast.lin, "remind")] == ["2026-03-20"] * 3


def test_another_hour_of_the_same_day_is_in_the_reminder(cast, session):
    sessions.move_session(session, by=cast.zhao.person, starts_at=at(DAY, 14), ends_at=at(DAY, 16), at=NOW)
    hours = Notice.objects.filter(key__contains=":remind-", to=cast.lin.person).values_list("context__hours", flat=True)
    assert set(hours) == {"14:00–16:00"}


def test_a_session_that_is_off_reminds_nobody_and_tells_all(cast, session):
    sessions.cancel_session(session, by=cast.zhao.person, reason="另行安排")
    assert [row[0] for row in owed(cast.lin)] == ["cancelled"]
    assert owed(cast.zhao) == []


def test_an_unnotified_session_owes_nothing_when_moved_or_cancelled(cast):
    made = make_session(by=cast.zhao, starts_at=at(DAY), guests=Guests(members=[cast.lin.person]))
    sessions.move_session(made, by=cast.zhao.person, starts_at=at(DAY, 14), ends_at=at(DAY, 15), at=NOW)
    sessions.cancel_session(made, by=cast.zhao.person, reason="不开了")
    assert Notice.objects.count() == 0


def test_who_is_invited_later_gets_the_notice_and_who_is_dropped_no_more(cast, session):
    words = {name: getattr(session, name) for name in ("title", "place", "starts_at", "ends_at")}
    sessions.edit_session(
        session, by=cast.zhao.person, guests=Guests(members=[cast.ma.person], units=[cast.unit]), at=NOW, **words
    )
    assert [row[0] for row in owed(cast.ma)] == ["invited", "remind-7", "remind-3", "no-answer", "remind-1"]
    assert owed(cast.lin) == []
    assert len(owed(cast.wu, "invited")) == 1


def test_opening_the_meeting_takes_back_what_is_owed(cast):
    now = timezone.now()
    made = make_session(by=cast.zhao, starts_at=now + timedelta(minutes=30), guests=Guests(members=[cast.lin.person]))
    sessions.notify_session(made, by=cast.zhao.person, at=now - timedelta(days=8))
    meeting.open_session(made, by=cast.zhao.person, at=now + timedelta(minutes=30))
    assert owed(cast.lin, "remind") == []


def test_what_is_delivered_says_what_when_and_where_in_the_readers_language(cast, session):
    cast.lin.user.language = "zh-hans"
    cast.lin.user.save(update_fields=["language"])
    assert deliver_all(at=at(date(2026, 3, 14))) == 4
    told = Notice.objects.get(key__contains=":invited:", to=cast.lin.person)
    assert told.subject == "会议通知：加装电梯协商会（2026-03-20）"
    assert told.body.splitlines()[1:3] == ["时间：2026-03-20 09:00–11:00", "地点：社区议事厅"]


@pytest.mark.parametrize("occasion", ["moved", "cancelled", "leave", "issued", "no-answer"])
def test_every_notice_finds_its_words(cast, session, occasion):
    seat = session.participants.get(person=cast.lin.person)
    if occasion == "moved":
        sessions.move_session(session, by=cast.zhao.person, starts_at=at(DAY, 14), ends_at=at(DAY, 15), at=NOW)
    elif occasion == "cancelled":
        sessions.cancel_session(session, by=cast.zhao.person, reason="<另> & 安排")
    elif occasion == "leave":
        rsvp.ask_leave(seat, by=cast.lin.person, reason="出差", at=NOW)
        rsvp.refuse_leave(seat, by=cast.zhao.person, reason="请到会", at=NOW)
    elif occasion == "issued":
        meeting.open_session(session, by=cast.zhao.person, at=at(DAY))
        meeting.issue_minutes(session, by=cast.zhao.person, on=DAY)
    deliver_all(at=at(date(2099, 1, 1)))
    assert Notice.objects.filter(sent_at__isnull=True).count() == 0
    assert all(row.subject and row.body and "&amp;" not in row.body for row in Notice.objects.all())


def test_the_nightly_task_mends_what_is_missing(cast):
    made = make_session(by=cast.zhao, guests=Guests(members=[cast.lin.person]))
    sessions.notify_session(made, by=cast.zhao.person, at=timezone.now())
    assert verify.differences() == []
    gone = Notice.objects.filter(key__contains=":remind-7:")
    gone.delete()
    assert [words.split(":")[0] for words in verify.differences()] == [f"session {made.pk}"]
    owe_reminders()
    assert verify.differences() == []


def test_a_reminder_nobody_owes_is_found(cast, session):
    sessions.cancel_session(session, by=cast.zhao.person, reason="不开了")
    Notice.objects.create(
        committee=cast.committee,
        to=cast.lin.person,
        key=f"session:{session.pk}:remind-1:2026-03-20",
        template="notices/consultations/reminder",
        due_at=NOW,
    )
    assert len(verify.differences(at=NOW)) == 1
