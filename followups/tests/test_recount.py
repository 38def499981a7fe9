"""A new calendar: which open dates it moves, that they are shown before, and what is kept of the old ones."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from followups import actions, clocks
from followups.models import DueChange
from kit.sheets import Sheet, write_workbook
from members.calendars import Change, apply_change, calendar_for, moves_of
from members.imports.calendar import COLUMNS, SHEET
from members.models import CalendarDay, Notice

from .factories import make_assignment

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 19, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
LOCAL = Change({date(2026, 5, 18): (False, "本地节日")}, source="县政府决定")
LATE = date(2026, 11, 12)  # sixty days from here end on 11 January 2027, a Monday of a year nobody knows yet


def days(assignment):
    """Return the days of an assignment as they are written down now."""
    assignment.refresh_from_db()
    return assignment.sign_due, assignment.due_on, assignment.blue_on, assignment.yellow_on


def owed(assignment, occasion):
    """Return the days on which something is owed about an assignment."""
    found = Notice.objects.filter(key__startswith=f"assignment:{assignment.pk}:{occasion}", sent_at=None)
    return sorted({f"{notice.due_at.astimezone(AT.tzinfo):%m-%d}" for notice in found})


def year_file(year, *more):
    """The calendar of a whole year as a file, with further days."""
    off = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3), *more]
    rows = [(date(year, *day), "放假", "节日", "放假安排通知") for day in off]
    return write_workbook([Sheet(SHEET, COLUMNS, rows)])


def test_a_look_shows_every_day_that_moves_and_moves_none(people, handed):
    before = days(handed)
    with translation.override("en"):
        moves = moves_of(people.committee, LOCAL)
    assert [(move.item, move.unit, move.which, move.old, move.new) for move in moves] == [
        (handed.title, "住建局", "Answer due", date(2026, 5, 18), date(2026, 5, 19)),
        (handed.title, "住建局", "Blue from", date(2026, 5, 3), date(2026, 5, 4)),
    ]
    assert (days(handed), DueChange.objects.count()) == (before, 0)


def test_applying_moves_the_days_keeps_the_old_one_and_owes_the_reminders_again(people, handed):
    assert owed(handed, "due-reminder") == ["05-11", "05-15", "05-17"]
    version = apply_change(people.committee, LOCAL, by=people.zhao.person, at=AT)
    assert days(handed) == (date(2026, 3, 23), date(2026, 5, 19), date(2026, 5, 4), date(2026, 5, 13))
    change = DueChange.objects.get()
    assert (change.assignment, change.cause, change.old_due, change.new_due, change.by) == (
        handed,
        "calendar",
        date(2026, 5, 18),
        date(2026, 5, 19),
        people.zhao.person,
    )
    assert "县政府决定" in change.words
    assert (owed(handed, "due-reminder"), owed(handed, "overdue")) == (["05-12", "05-16", "05-18"], ["05-20"])
    assert handed.calendar_version == version.number == 1
    assert clocks.explain(handed).ends_on_it


def test_the_day_to_sign_by_moves_with_its_reminders_until_it_is_signed(people, handed):
    signed = make_assignment(unit=people.unit, by=people.zhao, title="已签收")
    actions.sign_for(signed, by=people.wu.person, on=date(2026, 3, 18))
    change = Change({date(2026, 3, 20): (False, "本地节日")})
    apply_change(people.committee, change, by=None, at=AT)
    assert (days(handed)[0], days(signed)[0]) == (date(2026, 3, 24), date(2026, 3, 23))
    assert owed(handed, "sign-reminder") == ["03-25", "03-27"]


def test_a_day_given_by_hand_stays_and_so_does_what_is_answered(people):
    by_hand = make_assignment(unit=people.unit, by=people.zhao, due_on=date(2026, 5, 19))
    answered = make_assignment(unit=people.unit, by=people.zhao)
    actions.sign_for(answered, by=people.wu.person, on=date(2026, 3, 18))
    actions.answer(answered, by=people.wu.person, text="已办结", on=date(2026, 3, 19))
    apply_change(people.committee, LOCAL, by=None, at=AT)
    assert (days(by_hand)[1], days(answered)[1]) == (date(2026, 5, 19), date(2026, 5, 18))
    assert (answered.calendar_version, DueChange.objects.count()) == (0, 0)


def test_a_provisional_day_becomes_certain_once_the_year_is_known(people):
    assignment = make_assignment(unit=people.unit, by=people.zhao, on=LATE)
    assert (assignment.due_on, assignment.is_provisional) == (date(2027, 1, 11), True)
    off = {date(2027, 1, 11): (False, "调休")}
    apply_change(people.committee, Change(off, year=2027), by=None, at=AT)
    days(assignment)
    assert (assignment.due_on, assignment.is_provisional) == (date(2027, 1, 12), False)


def test_a_year_known_without_a_move_lets_the_flag_fall(people):
    assignment = make_assignment(unit=people.unit, by=people.zhao, on=LATE)
    assert moves_of(people.committee, Change(year=2027)) == []
    apply_change(people.committee, Change(year=2027), by=None, at=AT)
    days(assignment)
    assert (assignment.due_on, assignment.is_provisional, DueChange.objects.count()) == (date(2027, 1, 11), False, 0)


def test_another_committees_dates_stay(people, other_committee):
    assignment = make_assignment(unit=people.unit, by=people.zhao)
    apply_change(other_committee, LOCAL, by=None, at=AT)
    assert days(assignment)[1] == date(2026, 5, 18)
    assert calendar_for(people.committee).is_workday(date(2026, 5, 18))


def test_the_import_page_lists_the_moves_first_and_moves_them_on_the_second_word(client, people):
    assignment = make_assignment(unit=people.unit, by=people.zhao, on=LATE)
    client.force_login(people.zhao.user)
    file = SimpleUploadedFile("2027.xlsx", year_file(2027, (1, 11)))
    address = client.post("/imports/", {"form_key": uuid4().hex, "kind": "calendar", "file": file}).url
    page = client.get(address)
    assert "2027-01-12" in page.content.decode()
    assert days(assignment)[1] == date(2027, 1, 11)
    client.post(f"{address}commit/", {"form_key": uuid4().hex})
    assert days(assignment)[1] == date(2027, 1, 12)
    assert client.get(address).status_code == 200


def test_a_day_entered_by_hand_is_asked_about_when_it_moves_a_date(client, people, handed):
    client.force_login(people.zhao.user)
    sent = {"day": "2026-05-18", "label": "本地节日", "source": "县政府决定", "form_key": uuid4().hex}
    shown = client.post("/setup/calendar/new/", sent)
    assert (shown.status_code, len(shown.context["moves"])) == (200, 2)
    assert days(handed)[1] == date(2026, 5, 18)
    given = dict(shown.context["given"]) | {"confirmed": "1"}
    assert client.post("/setup/calendar/new/", given).status_code == 302
    assert days(handed)[1] == date(2026, 5, 19)
    assert handed.calendar_version == 1
    key = uuid4().hex
    url = f"/setup/calendar/{CalendarDay.objects.get().pk}/delete/"
    assert client.post(url, {"form_key": key}).status_code == 200
    assert client.post(url, {"form_key": key, "confirmed": "1"}).status_code == 302
    assert days(handed)[1] == date(2026, 5, 18)


@pytest.mark.parametrize("page", ["", "slip/"])
def test_a_provisional_day_is_told_where_it_is_read(client, people, page):
    assignment = make_assignment(unit=people.unit, by=people.zhao, on=LATE)
    client.force_login(people.wu.user)
    with translation.override("zh-hans"):
        assert "暂定" in client.get(f"/assignments/{assignment.pk}/{page}").content.decode()
        assert "暂定" in client.get("/assignments/").content.decode()
    assert client.get(f"/api/assignments/{assignment.pk}/").json()["is_provisional"] is True
    assert client.get("/api/assignments/").json()["results"][0]["is_provisional"] is True
