"""Every kind of deadline: the published calendars of 2025 and 2026 and the years without one."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.deadlines import (
    CountedDay,
    Due,
    Unit,
    WorkCalendar,
    add_months,
    add_workdays,
    due,
    explain,
    fixed_amount,
    fixed_parts,
    next_workday,
    previous_workday,
    working_days_between,
)

NATIONAL = WorkCalendar()
DATES = st.dates(date(2003, 6, 1), date(2030, 12, 31))


@pytest.fixture(autouse=True, scope="module")
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        (date(2026, 2, 12), 5, date(2026, 2, 26)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 9, 18), 5, date(2026, 9, 24)),
        (date(2026, 9, 30), 5, date(2026, 10, 13)),
        (date(2026, 4, 30), 3, date(2026, 5, 8)),
        (date(2026, 5, 8), 1, date(2026, 5, 9)),
    ],
)
def test_working_days_skip_holidays_and_count_weekends_that_work(start, amount, expected):
    assert due(start, amount, Unit.WD, calendar=NATIONAL) == Due(expected, provisional=False)
    assert working_days_between(start, expected, calendar=NATIONAL) == amount


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_year_has_248_working_days(year):
    assert working_days_between(date(year - 1, 12, 31), date(year, 12, 31), calendar=NATIONAL) == 248


def test_the_published_days_off_and_adjusted_days_of_2026_hold():
    days = [date(2026, 1, 1) + timedelta(days=turn) for turn in range(365)]
    adjusted = [day for day in days if NATIONAL.is_adjusted_workday(day)]
    weekdays_off = [day for day in days if day.weekday() < 5 and not NATIONAL.is_workday(day)]
    assert adjusted == [date(2026, *day) for day in [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]]
    off = [(1, 1), (1, 2), (2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (2, 23), (4, 6), (5, 1), (5, 4), (5, 5)]
    off += [(6, 19), (9, 25), (10, 1), (10, 2), (10, 5), (10, 6), (10, 7)]
    assert weekdays_off == [date(2026, *day) for day in off]


def test_every_known_year_agrees_with_the_package():
    days = [date(2004, 1, 1) + timedelta(days=turn) for turn in range((date(2027, 1, 1) - date(2004, 1, 1)).days)]
    assert [day for day in days if NATIONAL.is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_months_end_on_the_same_date_or_at_the_months_end():
    assert [add_months(date(2026, 11, 30), months) for months in (1, 2, 3, 15)] == [
        date(2026, 12, 30),
        date(2027, 1, 30),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]
    assert due(date(2026, 1, 31), 1, Unit.MONTH, calendar=NATIONAL) == Due(date(2026, 2, 28), False)
    assert due(date(2026, 3, 18), 3, Unit.MONTH, calendar=NATIONAL) == Due(date(2026, 6, 18), False)


def test_three_months_from_the_end_of_november_move_to_monday_and_are_provisional():
    assert due(date(2026, 11, 30), 3, Unit.MONTH, calendar=NATIONAL) == Due(date(2027, 3, 1), provisional=True)
    assert due(date(2026, 11, 30), 3, Unit.MONTH, calendar=NATIONAL, roll=False) == Due(date(2027, 2, 28), False)


def test_calendar_days_roll_over_a_holiday_only_when_asked():
    assert due(date(2026, 9, 26), 7, Unit.CD, calendar=NATIONAL) == Due(date(2026, 10, 8), False)
    assert due(date(2026, 9, 26), 7, Unit.CD, calendar=NATIONAL, roll=False) == Due(date(2026, 10, 3), False)


def test_days_of_our_own_win_over_the_national_calendar():
    own = WorkCalendar(
        days={date(2026, 7, 1): False, date(2026, 7, 4): True, date(2026, 10, 1): True},
        names={date(2026, 7, 1): "古尔邦节"},
    )
    assert due(date(2026, 6, 30), 1, Unit.WD, calendar=own).on == date(2026, 7, 2)
    assert due(date(2026, 7, 3), 1, Unit.WD, calendar=own).on == date(2026, 7, 4)
    assert own.is_workday(date(2026, 10, 1))
    assert (own.holiday_name(date(2026, 7, 1)), own.holiday_name(date(2026, 10, 1))) == ("古尔邦节", "")
    assert own.is_holiday(date(2026, 7, 1))


def test_a_year_without_a_notice_counts_weekends_only_and_is_provisional():
    assert (NATIONAL.is_known(2026), NATIONAL.is_known(2027), NATIONAL.is_known(2003)) == (True, False, False)
    assert due(date(2026, 12, 31), 2, Unit.WD, calendar=NATIONAL) == Due(date(2027, 1, 4), provisional=True)
    assert due(date(2026, 12, 28), 3, Unit.WD, calendar=NATIONAL) == Due(date(2026, 12, 31), provisional=False)
    assert NATIONAL.holiday_name(date(2027, 1, 1)) == ""


def test_a_year_entered_by_hand_is_no_longer_provisional():
    entered = WorkCalendar(days={date(2027, 1, 1): False}, years=frozenset({2027}))
    assert due(date(2026, 12, 31), 1, Unit.WD, calendar=entered) == Due(date(2027, 1, 4), provisional=False)


def test_neighbouring_working_days_never_are_the_day_itself():
    assert next_workday(date(2026, 9, 30), NATIONAL) == date(2026, 10, 8)
    assert next_workday(date(2026, 10, 8), NATIONAL) == date(2026, 10, 9)
    assert previous_workday(date(2026, 10, 8), NATIONAL) == date(2026, 9, 30)
    assert add_workdays(date(2026, 10, 8), -2, calendar=NATIONAL) == date(2026, 9, 29)


def test_the_count_between_two_days_is_signed():
    assert working_days_between(date(2026, 9, 30), date(2026, 10, 13), calendar=NATIONAL) == 5
    assert working_days_between(date(2026, 10, 13), date(2026, 9, 30), calendar=NATIONAL) == -5
    assert working_days_between(date(2026, 10, 13), date(2026, 10, 13), calendar=NATIONAL) == 0


def test_a_count_of_working_days_is_explained_day_by_day():
    assert explain(date(2026, 2, 13), 2, Unit.WD, calendar=NATIONAL) == [
        CountedDay(date(2026, 2, 13), False, "the first day is not counted"),
        CountedDay(date(2026, 2, 14), True, "adjusted working day"),
        *[CountedDay(date(2026, 2, day), False, "Spring Festival") for day in range(15, 24)],
        CountedDay(date(2026, 2, 24), True, "working day"),
    ]


def test_a_count_of_months_is_explained_by_its_ends_and_the_move():
    assert explain(date(2026, 11, 30), 3, Unit.MONTH, calendar=NATIONAL) == [
        CountedDay(date(2026, 11, 30), False, "the first day is not counted"),
        CountedDay(date(2027, 2, 28), True, "last day of the month"),
        CountedDay(date(2027, 3, 1), False, "moved to the next working day"),
    ]


def test_a_count_of_calendar_days_is_explained_with_the_days_it_moved_over():
    assert explain(date(2026, 6, 18), 1, Unit.CD, calendar=NATIONAL) == [
        CountedDay(date(2026, 6, 18), False, "the first day is not counted"),
        CountedDay(date(2026, 6, 19), True, "calendar day"),
        CountedDay(date(2026, 6, 20), False, "Dragon Boat Festival"),
        CountedDay(date(2026, 6, 21), False, "Dragon Boat Festival"),
        CountedDay(date(2026, 6, 22), False, "moved to the next working day"),
    ]


@pytest.mark.parametrize(
    ("start", "month", "day", "expected"),
    [
        (date(2026, 3, 18), 8, 5, Due(date(2026, 8, 5), False)),
        (date(2026, 8, 4), 8, 5, Due(date(2026, 8, 5), False)),
        (date(2025, 8, 5), 8, 5, Due(date(2026, 8, 5), False)),  # that very day: the next year's
        (date(2026, 8, 6), 8, 5, Due(date(2027, 8, 5), True)),
        (date(2026, 3, 18), 10, 1, Due(date(2026, 10, 8), False)),  # over National Day
        (date(2026, 1, 5), 2, 29, Due(date(2026, 2, 28), False)),  # a Saturday that works
    ],
)
def test_a_fixed_day_is_the_next_of_its_name(start, month, day, expected):
    assert due(start, fixed_amount(month, day), Unit.FIXED, calendar=NATIONAL) == expected


def test_a_fixed_day_is_explained_by_its_ends_and_the_move():
    assert explain(date(2026, 3, 18), 1007, Unit.FIXED, calendar=NATIONAL) == [
        CountedDay(date(2026, 3, 18), False, "the first day is not counted"),
        CountedDay(date(2026, 10, 7), True, "the fixed day"),
        CountedDay(date(2026, 10, 8), False, "moved to the next working day"),
    ]
    assert explain(date(2026, 1, 5), 229, Unit.FIXED, calendar=NATIONAL)[-1].reason == "last day of the month"


def test_a_day_of_the_year_is_written_as_one_number():
    assert (fixed_amount(8, 5), fixed_parts(805), fixed_parts(229)) == (805, (8, 5), (2, 29))
    with pytest.raises(ValueError, match="month"):
        fixed_amount(2, 30)


@pytest.mark.parametrize(
    ("start", "amount", "unit"),
    [
        (date(2026, 1, 1), -1, Unit.WD),
        (date(2026, 1, 1), 3661, Unit.CD),
        (date(2026, 1, 1), 1, "fortnight"),
        (date(9999, 12, 31), 1, Unit.WD),
        (date(9999, 12, 31), 1, Unit.CD),
        (date(9999, 12, 31), 1, Unit.MONTH),
        (date(9999, 12, 31), 805, Unit.FIXED),
        (date(2026, 1, 1), 230, Unit.FIXED),
        (date(2026, 1, 1), 1301, Unit.FIXED),
        (date(2026, 1, 1), 0, Unit.FIXED),
    ],
)
def test_impossible_deadlines_are_refused(start, amount, unit):
    with pytest.raises(ValueError, match=r"amount|fortnight|9999|range|month"):
        due(start, amount, unit, calendar=NATIONAL)


@settings(deadline=None)
@given(start=DATES, amount=st.integers(1, 60))
def test_a_deadline_in_working_days_ends_on_one_and_counts_back_to_its_amount(start, amount):
    ends = due(start, amount, Unit.WD, calendar=NATIONAL)
    assert NATIONAL.is_workday(ends.on)
    assert working_days_between(start, ends.on, calendar=NATIONAL) == amount
    assert [day.on for day in explain(start, amount, Unit.WD, calendar=NATIONAL) if day.counted][-1] == ends.on


CALENDARS = st.builds(
    WorkCalendar,
    days=st.dictionaries(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.booleans(), max_size=120),
    years=st.frozensets(st.integers(2026, 2029)),
)
COUNTS = st.one_of(
    st.tuples(st.integers(0, 400), st.sampled_from([Unit.WD, Unit.CD, Unit.MONTH])),
    st.tuples(st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda on: on.month * 100 + on.day), st.just("fixed")),
)


@settings(deadline=None)
@given(start=DATES, count=COUNTS, calendar=CALENDARS, roll=st.booleans())
def test_every_deadline_is_where_its_explanation_ends_whatever_the_calendar(start, count, calendar, roll):
    ends = due(start, *count, calendar=calendar, roll=roll)
    days = explain(start, *count, calendar=calendar, roll=roll)
    assert days[-1].on == ends.on
    assert [day.on for day in days] == sorted({day.on for day in days})
    assert not roll or calendar.is_workday(ends.on)
    if count[1] == Unit.WD:
        assert sum(day.counted for day in days) == count[0]
    if not ends.provisional and count[1] == Unit.WD:
        assert all(calendar.is_known(day.on.year) for day in days[1:])


@settings(deadline=None)
@given(a=DATES, b=DATES, c=DATES)
def test_counts_between_days_add_up(a, b, c):
    ab, bc, ac = (working_days_between(*pair, calendar=NATIONAL) for pair in ((a, b), (b, c), (a, c)))
    assert ab + bc == ac
