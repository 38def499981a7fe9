"""The dates duty rules give over 2026, with its holidays and adjusted working days."""

from datetime import date

import pytest

from kit.deadlines import WorkCalendar
from kit.recurrence import AdjustedPolicy, HolidayPolicy
from stations import rota
from stations.models import DutyRule
from stations.states import DutyKind

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def days_of(kind, **fields):
    """The whole year of a rule that is not in any database."""
    words = {"holiday_policy": HolidayPolicy.SKIP, "adjusted_policy": AdjustedPolicy.KEEP, "valid_from": FIRST}
    return rota.rule_days(DutyRule(kind=kind, **(words | fields)), FIRST, LAST, calendar=WorkCalendar())


@pytest.mark.scenario("E22")
def test_six_fridays_of_2026_are_days_off_and_each_policy_deals_with_them():
    off = [date(2026, *day) for day in ((1, 2), (2, 20), (5, 1), (6, 19), (9, 25), (10, 2))]
    fridays = days_of(DutyKind.WEEKLY, weekday=4)
    assert len(fridays) == 52
    assert [day.rule_day for day in fridays if day.on is None] == off
    asked = days_of(DutyKind.WEEKLY, weekday=4, holiday_policy=HolidayPolicy.ASK)
    assert [day.rule_day for day in asked if day.question] == off
    moved = days_of(DutyKind.WEEKLY, weekday=4, holiday_policy=HolidayPolicy.NEXT)
    assert [day.on for day in moved if day.on != day.rule_day] == [
        date(2026, *day) for day in ((1, 4), (2, 24), (5, 6), (6, 22), (9, 28), (10, 8))
    ]
    assert all(day.reason for day in moved if day.on != day.rule_day)


@pytest.mark.scenario("D07")
def test_the_second_weekends_of_2026_are_twelve_and_three_saturdays_among_them_are_asked_about():
    days = days_of(DutyKind.NTH_WEEKEND, nth=2, holiday_policy=HolidayPolicy.KEEP, adjusted_policy=AdjustedPolicy.ASK)
    assert len(days) == 24
    saturdays = [day.rule_day for day in days if day.rule_day.weekday() == 5]
    assert [(day.month, day.day) for day in saturdays] == [
        (1, 10), (2, 14), (3, 14), (4, 11), (5, 9), (6, 13), (7, 11), (8, 8), (9, 12), (10, 10), (11, 14), (12, 12),
    ]  # fmt: skip
    assert [day.rule_day for day in days if day.rule_day.weekday() == 6 and day.rule_day.month == 11] == [
        date(2026, 11, 15)
    ]
    assert [day.rule_day for day in days if day.question] == [
        date(2026, 2, 14),
        date(2026, 5, 9),
        date(2026, 10, 10),
    ]


def test_the_tenth_and_twentieth_move_to_the_next_working_day():
    days = days_of(DutyKind.MONTH_DAYS, month_days="10、20", holiday_policy=HolidayPolicy.NEXT)
    assert len(days) == 24
    assert {day.rule_day: day.on for day in days if day.on != day.rule_day} == {
        date(2026, 1, 10): date(2026, 1, 12),
        date(2026, 2, 20): date(2026, 2, 24),
        date(2026, 5, 10): date(2026, 5, 11),
        date(2026, 6, 20): date(2026, 6, 22),
        date(2026, 12, 20): date(2026, 12, 21),
    }


def test_two_days_moved_to_the_same_day_are_one_duty():
    days = days_of(DutyKind.MONTH_DAYS, month_days="2、3", holiday_policy=HolidayPolicy.NEXT)
    october = [(day.rule_day.day, day.on) for day in days if day.rule_day.month == 10]
    assert october == [(2, date(2026, 10, 8)), (3, None)]


def test_a_rule_gives_no_day_outside_its_validity():
    days = days_of(DutyKind.WEEKLY, weekday=2, valid_from=date(2026, 3, 1), valid_until=date(2026, 3, 31))
    assert [day.rule_day.day for day in days] == [4, 11, 18, 25]


@pytest.mark.parametrize("text", ["", "0", "32", "十", "1-5", "10;20", "9" * 50])
def test_nonsense_is_no_list_of_days(text):
    with pytest.raises(ValueError):  # noqa: PT011 -- whatever the words, the form has its own
        rota.month_days_of(text)
