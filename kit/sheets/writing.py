"""Writing tables: Excel files and CSV files that open without running anything."""

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from .columns import Column
from .guard import SheetError

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767  # characters, a limit of Excel
_MOST_ROWS = 1_048_576
_EXACT = 10**15  # Excel keeps 15 digits


@dataclass(frozen=True)
class Sheet:
    """A table to be written: its title, its columns (or plain headers), and rows of values in the same order."""

    title: str
    columns: Sequence[Column | str]
    rows: Iterable[Sequence[Any]]

    def xlsx(self) -> bytes:
        """Return the table as an Excel file."""
        return write_xlsx(self.title, self.columns, self.rows)

    def csv(self) -> bytes:
        """Return the table as a CSV file."""
        return write_csv(self.title, self.columns, self.rows)


def write_xlsx(title: str, columns: Sequence[Column | str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return an Excel file with one sheet: text stays text (never a formula, link or number), dates are real dates.

    A text longer than Excel allows is cut and ends in “…”. Raises SheetError past Excel's last row.
    Source: domain, threats (formula injection).
    """
    return write_workbook([Sheet(title, columns, rows)])


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return an Excel file with one sheet for each table, written as `write_xlsx` writes one."""
    output = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(output, {"constant_memory": True, **safe})
    try:
        head = book.add_format(
            {"bold": True, "bg_color": "#E9ECEF", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        )
        formats = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for sheet in sheets:
            _write_sheet(book, sheet, head, formats)
    finally:
        book.close()
    return output.getvalue()


def _write_sheet(book: Any, table: Sheet, head: Any, formats: Mapping[type[date], Any]) -> None:
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", table.title).strip().strip("'")[:31]
    sheet = book.add_worksheet(name if name and name.casefold() != "history" else None)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        header = _header(column)
        sheet.set_column(place, place, _width(column, header))
        sheet.write_string(0, place, header, head)
    for number, row in enumerate(table.rows, 1):
        if number >= _MOST_ROWS:
            raise SheetError(_("The table has more rows than an Excel sheet can hold."))
        for place, value in enumerate(row):
            _write_cell(sheet, number, place, value, formats)


def write_csv(title: str, columns: Sequence[Column | str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a CSV file in UTF-8 with the mark that lets Excel read it; a text that could be a formula starts with '.

    Dates are ISO (2026-03-18, 2026-03-18 09:30). A CSV file has no title; the argument is there so that a caller may
    choose between the two writers. Source: domain, threats (formula injection).
    """
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow([_defused(_header(column)) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
    return b"\xef\xbb\xbf" + output.getvalue().encode("utf-8")


def _write_cell(sheet: Any, row: int, place: int, value: Any, formats: Mapping[type[date], Any]) -> None:
    value = _plain(value)
    if isinstance(value, datetime | date):
        kind = datetime if isinstance(value, datetime) else date
        if value.year >= 1900:
            sheet.write_datetime(row, place, value, formats[kind])
        else:  # Excel knows no earlier days
            sheet.write_string(row, place, value.isoformat())
    elif isinstance(value, int | float | Decimal) and -_EXACT < value < _EXACT:
        sheet.write_number(row, place, value)
    elif value not in (None, ""):
        written = str(value)
        sheet.write_string(row, place, written if len(written) <= _LONGEST_CELL else f"{written[: _LONGEST_CELL - 1]}…")


def _csv_cell(value: Any) -> str:
    value = _plain(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, int | float | Decimal | date):
        return str(value)
    return _defused(value)


def _plain(value: Any) -> Any:
    """Return a value both writers know: local time without zone, yes or no, text without control characters."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    if isinstance(value, tuple | list):
        value = "、".join(map(str, value))
    return _CONTROLS.sub("", str(value))


def _defused(value: str) -> str:
    """Return a text that no spreadsheet takes for a formula, even after spaces."""
    return f"'{value}" if value.startswith(_FORMULA) or value.lstrip().startswith(_FORMULA) else value


def _header(column: Column | str) -> str:
    return column if isinstance(column, str) else str(column.header)


def _width(column: Column | str, header: str) -> int:
    given = column.width if isinstance(column, Column) else 0
    return given or max(10, min(2 * len(header) + 4, 60))
