"""A matter's promised day follows its assignment, whatever moves it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from followups import actions as followups
from followups.states import RequestKind
from members.calendars import Change, apply_change
from members.models import Notice
from members.notices import deliver_all
from members.tests.factories import make_unit
from stations import actions, verify
from stations.models import Matter

from .factories import ON, make_matter

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 27)
LATER = date(2026, 4, 10)


@pytest.fixture
def matter(people):
    """What Lin took down and Kong answers for, handed to Wu's unit until 27 March."""
    made = make_matter(people.station, by=people.lin)
    actions.classify_matter(made, by=people.zhao.person, difficulty="easy", owner=people.kong.person, on=ON)
    actions.assign_matter(made, by=people.zhao.person, unit=people.unit, difficulty="easy", request="请修复", on=ON)
    followups.sign_for(made.assignment, by=people.wu.person, on=ON)
    return made


def ask(people, matter, kind, **words):
    """A wish of the unit."""
    return followups.ask(matter.assignment, kind=kind, by=people.wu.person, on=ON, reason="需要时间", **words)


def extend(people, matter):
    wish = ask(people, matter, RequestKind.EXTENSION, wished_on=LATER)
    followups.grant(wish, by=people.zhao.person, on=ON)


def pause(people, matter):
    followups.grant(ask(people, matter, RequestKind.PAUSE), by=people.zhao.person, on=ON)
    matter.assignment.refresh_from_db()
    followups.resume(matter.assignment, by=people.zhao.person, on=ON + timedelta(days=14))


def pass_on(people, matter):
    wish = ask(people, matter, RequestKind.RELEASE)
    unit = make_unit(people.committee)
    followups.grant(wish, by=people.zhao.person, on=ON + timedelta(days=14), unit=unit)


def new_calendar(people, matter):
    at = datetime(2026, 3, 19, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    apply_change(people.committee, Change({DUE: (False, "本地节日")}), by=people.zhao.person, at=at)


@pytest.mark.parametrize("move", [extend, pause, pass_on, new_calendar])
def test_the_promised_day_moves_with_the_assignment(people, matter, move):
    move(people, matter)
    matter.refresh_from_db()
    matter.assignment.refresh_from_db()
    assert matter.assignment.due_on > DUE
    assert matter.due_on == matter.assignment.due_on
    assert verify.differences() == []


def test_both_days_stand_in_its_history_and_those_who_speak_with_the_resident_are_told(people, matter):
    extend(people, matter)
    step = matter.steps.last()
    with translation.override("en"):
        assert (step.verb, step.label, step.by) == ("move", "Promised day moved", people.zhao.person)
    assert step.note.startswith("2026-03-27 → 2026-04-10")
    deliver_all(at=datetime(2026, 3, 18, 12, tzinfo=ZoneInfo("Asia/Shanghai")) + timedelta(days=3650))
    told = Notice.objects.filter(key__startswith=f"matter:{matter.pk}:moved:")
    assert {notice.to for notice in told} == {people.lin.person, people.kong.person}
    assert {notice.subject for notice in told} == {"答复期限调整为2026-04-10：路灯不亮"}
    assert all("2026-03-27" in notice.body for notice in told)


def test_its_light_in_the_lists_follows(people, matter):
    assert Matter.objects.overdue(on=date(2026, 4, 1)).count() == 1
    extend(people, matter)
    assert Matter.objects.overdue(on=date(2026, 4, 1)).count() == 0


def test_what_was_answered_keeps_the_day_it_was_promised_for(people, matter):
    followups.answer(matter.assignment, by=people.wu.person, text="已修复", on=ON)
    actions.answer_matter(matter, by=people.kong.person, answer="已修复", on=ON)
    followups.move_due(matter.assignment, to=LATER, cause="extension", by=people.zhao.person, on=ON)
    matter.refresh_from_db()
    assert (matter.due_on, matter.steps.filter(verb="move").count()) == (DUE, 0)


def test_a_matter_promised_for_another_day_than_its_units_is_found(people, matter):
    Matter.objects.filter(pk=matter.pk).update(due_on=LATER)
    assert len(verify.differences()) == 1
