"""Minutes that are owed: their day by the committee's clock, who is reminded of it, and where it is shown."""

from datetime import date, datetime

import pytest
from django.utils import timezone, translation

from consultations import dashboard, verify
from consultations.actions import meeting
from consultations.digest import digest_for
from consultations.tasks import owe_reminders
from followups.actions import move_due
from followups.models import DeadlineRule
from followups.states import DueCause
from members.models import Notice
from members.notices import deliver_all
from members.states import NoticeKind, Role
from members.tests.factories import make_actor

from .factories import ZONE, at, make_session
from .test_reminders import owed

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 20)  # a Friday
LATE = [("minutes-late", "2026-03-31", "04-03")]
OWN = [("minutes-eve", "2026-03-31", "03-30"), ("minutes-day", "2026-03-31", "03-31")]


def held(by, **fields):
    """A session of 20 March that was opened on its day."""
    made = make_session(by=by, starts_at=at(DAY), **fields)
    return meeting.open_session(made, by=by.person, at=at(DAY))


def test_minutes_are_due_seven_working_days_after_a_formal_session_and_three_after_a_light_one(cast):
    assert held(cast.zhao, form=cast.form).minutes_due == date(2026, 3, 31)
    assert held(cast.zhao, form=cast.light).minutes_due == date(2026, 3, 25)


def test_who_called_it_together_is_reminded_before_and_on_the_day_and_the_office_three_working_days_late(cast):
    held(cast.kong)
    assert owed(cast.kong) == OWN + LATE
    assert owed(cast.zhao) == LATE
    kinds = dict(Notice.objects.filter(to=cast.kong.person).values_list("key", "kind"))
    assert [kind for _key, kind in sorted(kinds.items())] == [
        NoticeKind.REMINDER,
        NoticeKind.REMINDER,
        NoticeKind.WORK,
    ]


def test_a_session_nobody_can_be_named_for_is_the_offices(cast):
    session = make_session(by=cast.zhao, starts_at=at(DAY))
    session.convener = None
    session.save(update_fields=["convener"])
    meeting.open_session(session, by=cast.zhao.person, at=at(DAY))
    assert owed(cast.zhao) == OWN + LATE


def test_issuing_the_minutes_takes_back_what_is_owed(cast):
    session = held(cast.kong)
    meeting.issue_minutes(session, by=cast.kong.person, on=date(2026, 3, 23))
    assert owed(cast.kong, "minutes") == owed(cast.zhao, "minutes") == []


def test_a_meeting_opens_without_the_clock_and_owes_nothing(cast):
    DeadlineRule.objects.filter(key__startswith="minutes").delete()
    session = held(cast.zhao)
    assert (session.state, session.minutes_due, owed(cast.zhao)) == ("in_session", None, [])


def test_the_reminders_find_their_words(cast):
    held(cast.kong)
    deliver_all(at=at(date(2026, 4, 4)))
    told = Notice.objects.get(to=cast.zhao.person)
    assert told.subject == "纪要逾期未印发：加装电梯协商会"
    assert "2026-03-31" in told.body
    assert set(Notice.objects.values_list("subject", flat=True)) == {
        told.subject,
        "纪要应于2026-03-31前印发：加装电梯协商会",
    }


def test_the_first_page_of_the_office_shows_the_day(cast):
    held(cast.kong)
    for day, light in ((date(2026, 3, 31), ""), (date(2026, 4, 1), "red")):
        with translation.override("en"):
            cards = {card.title: card for card in dashboard.cards_for(cast.zhao, on=day)}
            own = {card.title: card for card in dashboard.cards_for(cast.kong, on=day)}
        rows = [(row.note, row.light) for row in cards["Minutes owed"].rows]
        assert rows == [("due on 2026-03-31", light)]
        assert [(row.note, row.light) for row in own["Minutes owed"].rows] == rows


def test_the_digest_of_the_morning_tells_who_owes_them_and_nobody_else(cast):
    session = held(cast.kong)
    with translation.override("en"):
        found = digest_for(cast.kong, on=date(2026, 3, 31))
        assert [(part.title, [row.title for row in part.rows]) for part in found] == [("Today", [session.title])]
        assert digest_for(cast.kong, on=date(2026, 3, 27)) == digest_for(cast.zhao, on=date(2026, 3, 31)) == []


def test_the_nightly_check_finds_a_lost_reminder_and_one_nobody_owes(cast):
    now = timezone.now()
    session = make_session(by=cast.zhao, starts_at=now)
    meeting.open_session(session, by=cast.zhao.person, at=now)
    assert verify.differences() == []
    Notice.objects.filter(key__contains=":minutes-day:").delete()
    assert len(verify.differences()) == 1
    owe_reminders()
    assert verify.differences() == []
    make_actor(cast.committee, Role.CLERK)  # came later
    owe_reminders()
    assert Notice.objects.filter(key__contains=":minutes-late:").count() == 2
    meeting.issue_minutes(session, by=cast.zhao.person, on=timezone.localdate())
    Notice.objects.create(
        committee=cast.committee,
        to=cast.zhao.person,
        key=f"session:{session.pk}:minutes-day:2026-03-31",
        template="notices/consultations/minutes_due",
        due_at=datetime(2026, 3, 31, tzinfo=ZONE),
    )
    assert len(verify.differences()) == 1


def test_an_outcome_keeps_the_day_of_the_minutes_and_shows_the_units_present_one_beside_it(cast, get):
    session = held(cast.zhao)
    words = {"kind": "todo", "text": "加装扶手", "unit": cast.unit, "on": DAY, "due_on": date(2026, 5, 20)}
    outcome = meeting.add_outcome(session, by=cast.zhao.person, **words)
    page = session.get_absolute_url()
    assert "2026-05-20<small>" not in get(cast.zhao, page).content.decode()
    move_due(
        outcome.assignment, to=date(2026, 6, 1), cause=DueCause.EXTENSION, by=cast.zhao.person, on=date(2026, 4, 1)
    )
    outcome.refresh_from_db()
    assert outcome.due_on == date(2026, 5, 20)
    assert "2026-05-20<small>现为2026-06-01</small>" in get(cast.zhao, page).content.decode()
