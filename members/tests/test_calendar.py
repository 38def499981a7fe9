"""The working calendar: files of a year, days by hand, complete years, versions."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from kit.sheets import Sheet, write_workbook
from members import actions
from members.calendars import Change, apply_change, calendar_for, version_of
from members.importing import look_through
from members.imports import CALENDAR
from members.imports.calendar import COLUMNS, SHEET
from members.models import CalendarDay, CalendarVersion

pytestmark = pytest.mark.django_db

NOTICE = "国务院办公厅关于2027年部分节假日安排的通知"
YEAR = [
    (date(2027, 1, 1), "放假", "元旦"),
    (date(2027, 5, 1), "放假", "劳动节"),
    (date(2027, 5, 2), "放假", "劳动节"),
    (date(2027, 5, 8), "上班", "劳动节调休"),
    *((date(2027, 10, day), "放假", "国庆节") for day in range(1, 8)),
]


def workbook(rows, source=NOTICE):
    """A calendar file."""
    return write_workbook([Sheet(SHEET, COLUMNS, [(*row, source) for row in rows])])


def look(committee, rows, **more):
    """Look a calendar file through."""
    return look_through(CALENDAR, workbook(rows, **more), "日历.xlsx", committee)


def take(committee, rows, by=None, **more):
    """Take a calendar file over as the page does."""
    content = workbook(rows, **more)
    reading = look_through(CALENDAR, content, "日历.xlsx", committee)
    run = actions.upload(
        committee=committee, kind="calendar", filename="日历.xlsx", content=content, report=reading.report(), by=by
    )
    actions.commit_import(run, reading=reading, by=by)
    return CalendarVersion.objects.first()


def test_a_look_writes_nothing_and_says_that_the_year_becomes_known(committee):
    reading = look(committee, YEAR)
    assert (reading.errors, reading.counts, reading.moves) == ([], {SHEET: 11}, [])
    assert [note for note in reading.notes if "2027" in note]
    assert (CalendarDay.objects.count(), version_of(committee)) == (0, 0)


def test_a_file_makes_its_year_known_and_says_after_which_notice(committee, zhao):
    version = take(committee, YEAR, by=zhao.person)
    calendar = calendar_for(committee)
    assert (version.number, version.year, version.source, version.by) == (1, 2027, NOTICE, zhao.person)
    assert (calendar.is_known(2027), calendar.is_known(2028)) == (True, False)
    assert (calendar.is_workday(date(2027, 10, 5)), calendar.is_workday(date(2027, 5, 8))) == (False, True)
    assert calendar.holiday_name(date(2027, 10, 5)) == "国庆节"


def test_a_file_of_an_unknown_year_must_hold_the_whole_year(committee):
    reading = look(committee, [row for row in YEAR if row[0].month != 10])
    assert [("2027-10-01" in error.reason, error.column) for error in reading.errors] == [(True, "日期")]


def test_local_days_may_be_added_to_a_year_that_is_known(committee):
    version = take(committee, [(date(2026, 3, 30), "放假", "地方节日")], source="")
    assert (version.year, version.source) == (2026, "")
    assert not calendar_for(committee).is_workday(date(2026, 3, 30))


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([*YEAR, (date(2026, 10, 1), "放假", "国庆节")], 13),
        ([*YEAR, (date(2027, 1, 1), "上班", "元旦")], 13),
        ([*YEAR, (date(2027, 1, 4), "休息", "元旦")], 13),
        ([*YEAR, ("下月", "放假", "元旦")], 13),
        ([*YEAR, (date(2027, 1, 4), "放假", "")], 13),
    ],
)
def test_a_bad_row_is_named_with_its_line(committee, rows, line):
    assert [error.line for error in look(committee, rows).errors] == [line]


def test_a_file_without_rows_is_refused(committee):
    assert len(look(committee, []).errors) == 1


def test_a_corrected_file_takes_the_place_of_the_earlier_one_and_leaves_days_by_hand(committee):
    take(committee, YEAR)
    hand = Change({date(2027, 3, 30): (False, "地方节日")}, source="县政府决定")
    apply_change(committee, hand, by=None, at=timezone.now())
    corrected = [row for row in YEAR if row[1] != "上班"]
    assert [note for note in look(committee, corrected).notes if "2027-05-08" in note]
    version = take(committee, corrected)
    calendar = calendar_for(committee)
    assert (version.number, calendar.is_workday(date(2027, 5, 8))) == (3, False)
    assert not calendar.is_workday(date(2027, 3, 30))
    assert len({version.checksum for version in CalendarVersion.objects.all()}) == 3


def test_every_change_by_hand_is_a_version(client, committee, zhao):
    client.force_login(zhao.user)
    new = {"day": "2026-04-08", "label": "地方节日", "source": "县政府决定"}
    for address, values in (
        ("/setup/calendar/new/", new),
        ("/setup/calendar/{}/edit/", {**new, "day": "2026-04-09"}),
        ("/setup/calendar/{}/delete/", {}),
    ):
        key = uuid4().hex
        pk = CalendarDay.objects.values_list("pk", flat=True).first()
        for _twice in range(2):
            assert client.post(address.format(pk), {**values, "form_key": key}).status_code == 302
    made = [(version.number, version.year, version.by) for version in CalendarVersion.objects.all()]
    assert made == [(number, None, zhao.person) for number in (3, 2, 1)]
    assert CalendarDay.objects.count() == 0


@pytest.mark.parametrize("bad", [{"day": "1999-01-01"}, {"day": "9999-12-31"}, {"day": "x"}, {"label": ""}])
def test_a_bad_day_is_explained(client, committee, zhao, bad):
    client.force_login(zhao.user)
    sent = {"day": "2026-04-08", "label": "地方节日", "form_key": uuid4().hex, **bad}
    assert client.post("/setup/calendar/new/", sent).status_code == 422
    assert version_of(committee) == 0


def test_a_year_entered_by_hand_is_complete_when_the_office_says_so(client, committee, zhao):
    client.force_login(zhao.user)
    url, sent = "/setup/calendar/versions/", {"year": 2027, "source": NOTICE}
    answer = client.post(url, {**sent, "form_key": uuid4().hex})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["year"])
    days = {day: (works == "上班", label) for day, works, label in YEAR}
    apply_change(committee, Change(days), by=None, at=timezone.now())
    assert not calendar_for(committee).is_known(2027)
    assert client.post(url, {**sent, "form_key": uuid4().hex}).status_code == 302
    assert calendar_for(committee).is_known(2027)
    page = client.get(url)
    assert [version.number for version in page.context["page"]] == [2, 1]


def test_the_page_says_which_years_are_not_known(client, committee, zhao):
    client.force_login(zhao.user)
    standings = dict(client.get("/setup/calendar/versions/").context["years"])
    this_year = timezone.localdate().year
    assert standings == {
        year: "national" if calendar_for(committee).is_known(year) else "missing"
        for year in range(this_year - 1, this_year + 3)
    }


def test_the_line_above_every_page_goes_once_the_committees_years_are_known(client, committee, zhao):
    client.force_login(zhao.user)
    this_year = timezone.localdate().year
    unknown = [year for year in (this_year, this_year + 1) if not calendar_for(committee).is_known(year)]
    for year in unknown:
        apply_change(committee, Change(year=year), by=None, at=timezone.now())
    assert client.get("/setup/").context["calendar_banner"] is None
