"""The calendar file: the days of one year that are off or adjusted, after the year's notice or a local decree."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.deadlines import WorkCalendar
from kit.sheets import Column, Row, choice, day, parse_rows, read_table, text

from ..calendars import Change, apply_change, calendar_for, days_of_earlier_files, missing_from, moves_of
from ..importing import BadRow, ImportKind, Reading, on_sheet, repeated
from ..models import Committee, Person

SHEET = "工作日历"
WORKS = {False: "放假", True: "上班"}
COLUMNS = (
    Column("day", "日期", required=True, parse=day(), width=14),
    Column("works", "安排", required=True, parse=choice(WORKS), width=10),
    Column("label", "名称", required=True, parse=text(max_length=60), width=20),
    Column("source", "依据", parse=text(max_length=200), width=44),
)


def read_calendar(content: bytes, filename: str, committee: Committee) -> Reading:
    """Look through a year's calendar: every bad row, and every open date that would move. Writes nothing.

    A file of a year that nobody knows yet must hold that whole year; then the year is known. Raises SheetError for a
    file that is no table.
    """
    parsed = parse_rows(read_table(content, filename), COLUMNS)
    rows, reading = parsed.rows, Reading()
    calendar = calendar_for(committee)
    wrong = on_sheet(SHEET, parsed.errors) + repeated(SHEET, "日期", ((row.line, row.values["day"]) for row in rows))
    wrong += _of_one_year(rows) or _whole_year(rows, calendar)
    if not rows and not wrong:
        wrong.append(BadRow(0, "", _("The file has no rows."), sheet=SHEET))
    reading.errors = sorted(wrong, key=lambda error: error.line)
    reading.notes = list(parsed.notices)
    reading.counts = {SHEET: len(rows)}
    if reading.errors:
        return reading
    change = _change(rows, committee)
    reading.moves = [move.plain() for move in moves_of(committee, change)]
    reading.notes += _notes(change, calendar)

    def write(by: Person | None) -> None:
        apply_change(committee, change, by=by, at=timezone.now())

    reading.write = write
    return reading


def _change(rows: list[Row], committee: Committee) -> Change:
    """Return what the file changes: its days, in the place of those of earlier files of the year."""
    put = {row.values["day"]: (row.values["works"], row.values["label"]) for row in rows}
    year = rows[0].values["day"].year
    sources = dict.fromkeys(row.values["source"] for row in rows if row.values["source"])
    drop = days_of_earlier_files(committee, year) - put.keys()
    return Change(put, drop, year=year, source="；".join(sources), is_file=True)


def _of_one_year(rows: list[Row]) -> list[BadRow]:
    """Return an error for every row of another year than the first row's."""
    if not rows:
        return []
    year = rows[0].values["day"].year
    reason = _("is not of the year %(year)d; a file holds one year") % {"year": year}
    return [_bad(row, reason) for row in rows if row.values["day"].year != year]


def _whole_year(rows: list[Row], calendar: WorkCalendar) -> list[BadRow]:
    """Return what is missing from the file of an unknown year: days that are off in every year."""
    if not rows or calendar.is_known(rows[0].values["day"].year):
        return []
    year = rows[0].values["day"].year
    off = {row.values["day"] for row in rows if not row.values["works"]}
    missing = missing_from(year, off)
    if not missing:
        return []
    days = "、".join(f"{on:%Y-%m-%d}" for on in missing)
    reason = _(
        "The calendar of %(year)d is not known yet, so the file must hold the whole year; not off in it: %(days)s"
    )
    return [BadRow(0, "日期", reason % {"year": year, "days": days}, sheet=SHEET)]


def _notes(change: Change, calendar: WorkCalendar) -> list[str]:
    """Return what else the file does, in words."""
    notes = []
    if not calendar.is_known(change.year or 0):
        notes.append(_("The calendar of %(year)d is known from then on.") % {"year": change.year})
    if change.drop:
        days = "、".join(f"{on:%Y-%m-%d}" for on in sorted(change.drop))
        notes.append(_("Days of an earlier file that fall away: %(days)s") % {"days": days})
    if not change.source:
        notes.append(_("No notice is named in the column 依据."))
    return notes


def _bad(row: Row, reason: str) -> BadRow:
    return BadRow(row.line, "日期", reason, row.values["day"].isoformat(), SHEET)


CALENDAR = ImportKind(
    key="calendar",
    title=gettext_lazy("Working calendar"),
    help=gettext_lazy(
        "The days of one year that are off or worked instead, after the year's notice, with local holidays. "
        "The look shows every open date that would move."
    ),
    read=read_calendar,
    sheets=((SHEET, COLUMNS),),
)
