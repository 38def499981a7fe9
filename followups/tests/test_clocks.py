"""Clocks: the days of an assignment over festivals, and why they are what they are."""

from datetime import date

import pytest
from django.utils import translation

from followups import actions, clocks
from followups.models import DeadlineRule
from followups.states import Light
from kit.workflow import MoveRefused
from members.models import CalendarDay

from .factories import make_assignment

pytestmark = pytest.mark.django_db

SPRING = date(2026, 2, 12)  # Thursday before Spring Festival 2026: off 15–23 February, working 14 and 28 February


def test_signing_time_runs_over_spring_festival(committee):
    clock = clocks.set_clock(committee, "outcome", on=SPRING)
    # 13 Feb (Fri), 14 Feb (a Saturday that works), then nine days off, 24 Feb (Tue).
    assert clock.sign_due == date(2026, 2, 24)
    # 60 days end on 13 April, a Monday.
    assert (clock.due_on, clock.is_provisional) == (date(2026, 4, 13), False)


def test_seven_working_days_count_two_saturdays_that_work(committee):
    assert clocks.due_day(committee, "matter_easy", on=SPRING).on == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 2, 12), 5, date(2026, 2, 26)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 9, 18), 5, date(2026, 9, 24)),
        (date(2026, 9, 30), 5, date(2026, 10, 13)),
        (date(2026, 4, 30), 3, date(2026, 5, 8)),
    ],
)
def test_working_days_as_the_domain_counts_them(committee, start, days, end):
    rule = DeadlineRule.objects.get(key="matter_easy")
    actions.change_rule(
        rule,
        amount=days,
        unit="wd",
        rolls_forward=True,
        blue_days=0,
        yellow_days=0,
        source="测试",
        valid_from=date(2026, 1, 1),
    )
    assert clocks.due_day(committee, "matter_easy", on=start).on == end


def test_three_months_of_a_proposal_end_on_the_next_working_day(committee):
    clock = clocks.set_clock(committee, "proposal", on=date(2026, 11, 30))
    # 28 February 2027 is a Sunday; the calendar of 2027 is not known, so the Monday is provisional.
    assert (clock.due_on, clock.is_provisional) == (date(2027, 3, 1), True)


def test_a_fixed_day_is_answered_by_that_day(committee):
    actions.change_rule(
        DeadlineRule.objects.get(key="proposal"),
        amount=805,
        unit="fixed",
        rolls_forward=True,
        blue_days=15,
        yellow_days=3,
        source="测试",
        valid_from=date(2026, 1, 1),
    )
    clock = clocks.set_clock(committee, "proposal", on=date(2026, 3, 18))
    assert (clock.due_on, clock.blue_on, clock.yellow_on) == (date(2026, 8, 5), date(2026, 7, 21), date(2026, 7, 31))
    assert clocks.due_day(committee, "proposal", on=date(2026, 9, 1)) == (date(2027, 8, 5), True)


def test_a_missing_clock_is_told_in_words(committee):
    DeadlineRule.objects.filter(key="release").delete()
    with translation.override("zh-hans"), pytest.raises(MoveRefused, match=r"2026-03-18.*申退（退办申请）"):
        clocks.due_day(committee, "release", on=date(2026, 3, 18))


def test_a_local_day_off_moves_the_day(committee):
    CalendarDay.objects.create(committee=committee, day=date(2026, 5, 18), is_workday=False, label="本地节日")
    assert clocks.due_day(committee, "outcome", on=date(2026, 3, 18)).on == date(2026, 5, 19)


def test_a_day_given_by_hand_wins_and_the_count_says_so(people):
    assignment = make_assignment(unit=people.unit, by=people.zhao, due_on=date(2026, 4, 1))
    counted = clocks.explain(assignment)
    assert (assignment.due_on, counted.days[-1].on, counted.ends_on_it) == (date(2026, 4, 1), date(2026, 5, 18), False)


def test_the_count_behind_a_day_ends_on_it(handed):
    counted = clocks.explain(handed)
    assert (counted.rule.key, counted.days[0].on, counted.days[-1].on) == (
        "outcome",
        handed.handed_over_on,
        handed.due_on,
    )
    assert counted.ends_on_it


def test_an_older_hand_over_keeps_its_days_when_the_rule_changes(people):
    before = make_assignment(unit=people.unit, by=people.zhao)
    rule = DeadlineRule.objects.get(key="outcome")
    actions.change_rule(
        rule,
        amount=30,
        unit="cd",
        rolls_forward=True,
        blue_days=10,
        yellow_days=3,
        source="主席会议",
        valid_from=date(2026, 4, 1),
    )
    after = make_assignment(unit=people.unit, by=people.zhao, on=date(2026, 4, 1))
    before.refresh_from_db()
    assert (before.due_on, after.due_on) == (date(2026, 5, 18), date(2026, 5, 6))


@pytest.mark.parametrize(
    ("day", "light"),
    [
        (date(2026, 5, 2), Light.GREEN),  # sixteen days before 18 May
        (date(2026, 5, 3), Light.BLUE),  # fifteen
        (date(2026, 5, 12), Light.BLUE),
        (date(2026, 5, 13), Light.YELLOW),  # three working days: 13, 14, 15
        (date(2026, 5, 18), Light.YELLOW),
        (date(2026, 5, 19), Light.RED),
    ],
)
def test_the_light_changes_on_its_day(handed, day, light):
    listed = type(handed).objects.with_light(on=day).get()
    assert (listed.light, handed.light_on(day)) == (light, light)
    assert list(type(handed).objects.matching(on=day, light=light)) == [handed]
    assert [other for other in Light if type(handed).objects.matching(on=day, light=other).exists()] == [light]
