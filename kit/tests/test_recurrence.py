"""Duty dates of 2026 from the domain's table, holiday policies, and a rota that is fair."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.deadlines import WorkCalendar
from kit.recurrence import (
    AdjustedPolicy,
    HolidayPolicy,
    Placement,
    assign_rota,
    days_of_month,
    nth_weekday,
    nth_weekend,
    place,
    weekly,
)

NATIONAL = WorkCalendar()
FRIDAY = 4
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
OFF_FRIDAYS = [date(2026, *day) for day in [(1, 2), (2, 20), (5, 1), (6, 19), (9, 25), (10, 2)]]


def placed(on, *, policy=HolidayPolicy.SKIP, adjusted_policy=AdjustedPolicy.KEEP, **kwargs):
    return place(on, policy=policy, adjusted_policy=adjusted_policy, calendar=NATIONAL, **kwargs)


def test_the_second_weekend_is_that_of_the_second_saturday_in_every_month_of_2026():
    saturdays = [10, 14, 14, 11, 9, 13, 11, 8, 12, 10, 14, 12]
    expected = [date(2026, month, day + plus) for month, day in enumerate(saturdays, 1) for plus in (0, 1)]
    assert nth_weekend(2, *YEAR) == expected
    assert nth_weekday(2, 5, *YEAR) == expected[::2]


def test_a_weekend_may_end_in_the_next_month_and_is_cut_to_the_period():
    assert nth_weekend(5, date(2026, 1, 1), date(2026, 2, 1)) == [date(2026, 1, 31), date(2026, 2, 1)]
    assert nth_weekend(5, date(2026, 2, 1), date(2026, 4, 30)) == [date(2026, 2, 1)]
    assert nth_weekend(-1, date(2026, 2, 1), date(2026, 2, 28)) == [date(2026, 2, 1), date(2026, 2, 28)]


def test_months_without_a_fifth_weekday_are_left_out():
    assert nth_weekday(5, 0, *YEAR) == [date(2026, *day) for day in [(3, 30), (6, 29), (8, 31), (11, 30)]]
    assert nth_weekday(-1, 0, date(2026, 2, 1), date(2026, 3, 31)) == [date(2026, 2, 23), date(2026, 3, 30)]


def test_every_friday_of_2026_includes_the_six_that_are_off():
    fridays = weekly(FRIDAY, *YEAR)
    assert (len(fridays), fridays[0], fridays[-1]) == (52, date(2026, 1, 2), date(2026, 12, 25))
    assert [friday for friday in fridays if not NATIONAL.is_workday(friday)] == OFF_FRIDAYS
    assert weekly(FRIDAY, date(2026, 1, 3), date(2026, 1, 8)) == []


def test_fridays_that_are_off_are_skipped_or_moved_as_the_rule_says():
    assert [placed(friday) for friday in OFF_FRIDAYS] == [Placement(None, None, False)] * 6
    moved = [placed(friday, policy=HolidayPolicy.NEXT) for friday in OFF_FRIDAYS]
    following = [(1, 4), (2, 24), (5, 6), (6, 22), (9, 28), (10, 8)]
    assert moved == [
        Placement(date(2026, *day), friday, False) for day, friday in zip(following, OFF_FRIDAYS, strict=True)
    ]
    before = [placed(friday, policy="previous").on for friday in OFF_FRIDAYS]
    assert before == [date(2025, 12, 31), *[date(2026, *day) for day in [(2, 14), (4, 30), (6, 18), (9, 24), (9, 30)]]]
    kept = [placed(friday, policy=HolidayPolicy.KEEP) for friday in OFF_FRIDAYS]
    assert kept == [Placement(friday, None, False) for friday in OFF_FRIDAYS]
    asked = placed(OFF_FRIDAYS[0], policy=HolidayPolicy.ASK)
    assert asked == Placement(OFF_FRIDAYS[0], None, True)


def test_the_tenth_and_twentieth_move_to_the_first_working_day_after():
    expected = [
        (1, 12),
        (1, 20),
        (2, 10),
        (2, 24),
        (3, 10),
        (3, 20),
        (4, 10),
        (4, 20),
        (5, 11),
        (5, 20),
        (6, 10),
        (6, 22),
    ]
    expected += [(7, 10), (7, 20), (8, 10), (8, 20), (9, 10), (9, 20), (10, 10), (10, 20), (11, 10), (11, 20)]
    expected += [(12, 10), (12, 21)]
    days = days_of_month([10, 20], *YEAR)
    assert len(days) == 24
    assert [placed(day, policy=HolidayPolicy.NEXT).on for day in days] == [date(2026, *day) for day in expected]


def test_a_month_too_short_has_the_day_on_its_last_day():
    assert days_of_month([30, 31], date(2026, 1, 31), date(2026, 4, 30)) == [
        date(2026, *day) for day in [(1, 31), (2, 28), (3, 30), (3, 31), (4, 30)]
    ]


def test_second_saturdays_that_work_are_asked_about():
    saturdays = nth_weekday(2, 5, *YEAR)
    answers = {day: placed(day, adjusted_policy=AdjustedPolicy.ASK, weekend_duty=True) for day in saturdays}
    assert [day for day, answer in answers.items() if answer.question] == [
        date(2026, *day) for day in [(2, 14), (5, 9), (10, 10)]
    ]
    assert [answer.on for answer in answers.values()] == saturdays
    assert placed(date(2026, 2, 14), adjusted_policy="skip") == Placement(None, None, False)
    assert placed(date(2026, 2, 14), adjusted_policy="keep") == Placement(date(2026, 2, 14), None, False)


def test_a_weekend_rule_minds_holidays_but_not_ordinary_weekends():
    days = nth_weekend(2, *YEAR)
    dropped = [day for day in days if placed(day, weekend_duty=True).on is None]
    assert dropped == [date(2026, 2, 15)]
    assert placed(date(2026, 3, 14)) == Placement(None, None, False)


def test_unknown_rules_are_refused():
    for wrong in (
        lambda: weekly(7, *YEAR),
        lambda: nth_weekend(0, *YEAR),
        lambda: nth_weekday(1, 9, *YEAR),
        lambda: days_of_month([0], *YEAR),
        lambda: placed(YEAR[0], policy="perhaps"),
    ):
        with pytest.raises(ValueError, match=r"weekday|n goes|days of the month|perhaps"):
            wrong()


def test_the_rota_takes_those_with_the_fewest_duties_first():
    wednesdays = weekly(2, date(2026, 3, 1), date(2026, 3, 31))
    rota = assign_rota(wednesdays, ["Lin", "Zhao", "Wu", "Ma"], 2, {"Lin": 2, "Zhao": 1})
    assert list(rota.values()) == [["Wu", "Ma"], ["Zhao", "Wu"], ["Ma", "Lin"], ["Zhao", "Wu"]]
    assert list(rota) == wednesdays


def test_people_on_leave_are_passed_over_and_a_small_pool_gives_what_it_has():
    first, second = date(2026, 3, 4), date(2026, 3, 11)
    rota = assign_rota([second, first], ["Lin", "Zhao"], 2, {}, away={first: {"Lin"}})
    assert rota == {first: ["Zhao"], second: ["Lin", "Zhao"]}
    assert assign_rota([first], [], 2, {}) == {first: []}


@given(
    size=st.integers(1, 9),
    per_slot=st.integers(1, 4),
    weeks=st.integers(1, 40),
    served=st.lists(st.integers(0, 3), max_size=9),
)
def test_a_rota_never_leaves_people_more_than_one_duty_apart(size, per_slot, weeks, served):
    pool = list(range(size))
    before = dict(enumerate(served[:size]))
    rota = assign_rota(weekly(0, *YEAR)[:weeks], pool, per_slot, {})
    after = Counter(person for people in rota.values() for person in people)
    counts = [after[person] for person in pool]
    assert max(counts) - min(counts) <= 1
    again = assign_rota(list(rota), pool, per_slot, before)
    assert again == assign_rota(list(rota), pool, per_slot, before)
    assert all(len(people) == len(set(people)) == min(per_slot, size) for people in again.values())
