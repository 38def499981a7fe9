"""Duty days that pass without a record: who is asked, when, and what ends the asking."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from kit.workflow import MoveRefused
from members.models import Notice
from members.notices import deliver_all
from members.states import NoticeKind
from stations import actions, notices, verify
from stations.digest import digest_for
from stations.tasks import plan_duty

from .factories import ON, make_rule, make_slot

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(people):
    """Lin's duty of 18 March, planned the week before."""
    made = make_slot(people.station, people=[people.lin.person])
    notices.remind_of_duty(made, [people.lin.person], on=ON - timedelta(days=7))
    return made


def owed(actor, occasion="unrecorded"):
    """Return (occasion, day it is due) of what a person is owed about records."""
    found = Notice.objects.filter(to=actor.person, sent_at=None, key__contains=f":{occasion}").order_by("due_at")
    return [(notice.key.split(":")[2], f"{timezone.localtime(notice.due_at):%m-%d}") for notice in found]


def test_who_was_on_duty_is_asked_the_next_morning_and_after_three_days_and_the_station_then_too(people, slot):
    assert owed(people.lin) == [("unrecorded-1", "03-19"), ("unrecorded-3", "03-21")]
    assert owed(people.kong) == [("unrecorded-station", "03-21")]
    kinds = Notice.objects.filter(key__contains=":unrecorded").values_list("to__name", "kind")
    assert set(kinds) == {("林小测", NoticeKind.REMINDER), ("孔小测", NoticeKind.WORK)}


def test_planning_a_rule_owes_the_questions(people):
    make_rule(people.station, pool=[people.lin.person])
    actions.plan_slots(people.committee, on=date(2026, 3, 1), until=date(2026, 3, 31))
    assert owed(people.lin, "unrecorded-1") == [("unrecorded-1", f"03-{day:02}") for day in (7, 14, 21, 28)]
    assert len(owed(people.kong)) == 4


def test_a_record_ends_the_asking(people, slot):
    actions.log_visit(station=slot.station, slot=slot, by=people.lin.person, day=ON, person_times=2, on=ON)
    assert owed(people.lin) == owed(people.kong) == []


def test_missed_and_called_off_end_it_too(people, slot):
    other = make_slot(people.elsewhere, people=[people.ma.person])
    notices.remind_of_duty(other, [people.ma.person], on=ON)
    with pytest.raises(MoveRefused):
        actions.miss_slot(slot, by=people.kong.person, on=ON - timedelta(days=1))
    assert len(owed(people.lin)) == 2
    actions.miss_slot(slot, by=people.kong.person, on=ON + timedelta(days=1))
    actions.cancel_slot(other, by=people.zhao.person, reason="停电")
    assert [owed(actor) for actor in (people.lin, people.ma, people.kong, people.cao)] == [[], [], [], []]


def test_a_moved_duty_is_asked_about_after_its_new_day(people, slot):
    actions.move_slot(slot, to=date(2026, 3, 25), on=ON)
    assert owed(people.lin) == [("unrecorded-1", "03-26"), ("unrecorded-3", "03-28")]
    assert owed(people.kong) == [("unrecorded-station", "03-28")]


def test_whoever_keeps_the_station_by_then_is_asked(people, slot):
    slot.station.head = people.cao.person
    slot.station.save(update_fields=["head"])
    for _turn in "12":
        actions.ask_for_records(people.committee, on=ON + timedelta(days=1))
    assert (owed(people.kong), owed(people.cao)) == ([], [("unrecorded-station", "03-21")])


def test_the_questions_find_their_words(people, slot):
    deliver_all(at=timezone.now())
    told = {notice.to_id: notice for notice in Notice.objects.filter(key__contains=":unrecorded").order_by("due_at")}
    assert told[people.lin.person.pk].subject == "您2026-03-18在晨光站的值日尚未登记"
    assert told[people.kong.person.pk].subject == "晨光站2026-03-18的值日是否缺岗？"
    assert "林小测" in told[people.kong.person.pk].body


def test_the_digest_names_the_record_for_three_days(people, slot):
    with translation.override("en"):
        rows = {
            day: [row.note for part in digest_for(people.lin, on=ON + timedelta(days=day)) for row in part.rows]
            for day in (1, 3, 4)
        }
    assert rows == {1: ["no record of 2026-03-18 yet"], 3: ["no record of 2026-03-18 yet"], 4: []}


def test_the_nightly_check_finds_what_is_lost_and_what_nobody_owes(people):
    today = timezone.localdate()
    slot = make_slot(people.station, people=[people.lin.person], day=today - timedelta(days=1))
    assert len(verify.differences()) == 3
    plan_duty()
    assert verify.differences() == []
    Notice.objects.filter(key__contains=":unrecorded-3:").delete()
    assert len(verify.differences()) == 1
    actions.miss_slot(slot, by=people.kong.person, on=today)
    assert verify.differences() == []
    notices.remind_of_record(slot, [people.lin.person], on=today)
    assert len(verify.differences()) == 3
