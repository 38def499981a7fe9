"""From the bytes of an Excel or CSV file to numbered lines of cells."""

import codecs
import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine
from django.utils.translation import gettext as _

from .guard import MAX_CELLS, MAX_ROWS, SheetError, check_workbook, damaged, kind_of, too_many_rows

Cell = str | int | float | bool | date | datetime | time | timedelta | None

_MIXED = 9  # bytes beyond ASCII that make it certain a line is UTF-8; three Chinese characters


@dataclass(frozen=True)
class Line:
    """One line of a table: its number in the file, from 1, and its cells."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """What a file holds: the lines with something in them, and how it was read, for a person to confirm.

    `encoding` is "utf-8", "utf-8-sig", "utf-16" or "gb18030" for text, "" for workbooks; `sheets` names every visible
    sheet of a workbook, `sheet` the one read.
    """

    rows: tuple[Line, ...]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def read_table(content: bytes, filename: str, *, sheet: str | None = None) -> Table:
    """Read a workbook (.xlsx) or a text table (.csv, .tsv, .txt; comma or tab) into numbered lines.

    `sheet` names the sheet to read; without it the first visible one. Empty lines are left out, their numbers kept.
    Raises SheetError, with words for the user, for any other kind of file, a file over 10 MB, one that would unpack to
    more than 100 MB, more than 100,000 rows, NUL bytes, an unknown or mixed encoding, or a missing sheet.
    Source: domain, threats (files and imports).
    """
    if kind_of(content, filename) == "xlsx":
        check_workbook(content)
        return _read_workbook(content, sheet)
    return _read_text(content)


def _read_workbook(content: bytes, wanted: str | None) -> Table:
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            visible = tuple(
                meta.name
                for meta in book.sheets_metadata
                if meta.visible == python_calamine.SheetVisibleEnum.Visible
                and meta.typ == python_calamine.SheetTypeEnum.WorkSheet
            )
            name = wanted if wanted is not None else next(iter(visible), None)
            if name not in visible:
                raise SheetError(_("The workbook has no visible sheet “%(sheet)s”.") % {"sheet": wanted or ""})
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (SheetError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as broken:  # a panic of the reader is no Exception
        raise SheetError(damaged()) from broken
    return Table(rows=_numbered(enumerate(cells, 1)), sheet=name or "", sheets=visible)


def _read_text(content: bytes) -> Table:
    encoding = _encoding_of(content)
    text = content.decode(encoding).removeprefix("\ufeff")
    if "\x00" in text:
        raise SheetError(_("The file holds NUL bytes and is not a text table."))
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    return Table(rows=_numbered(_records(text, delimiter)), encoding=encoding, delimiter=delimiter)


def _records(text: str, delimiter: str) -> Iterable[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for record in reader:
            yield start, record
            start = reader.line_num + 1  # a quoted cell may run over several lines: name the one where it began
    except csv.Error as broken:
        raise SheetError(
            _("Line %(line)d is not a proper row (a quotation mark may be missing).") % {"line": start}
        ) from broken


def _numbered(records: Iterable[tuple[int, Iterable[Cell]]]) -> tuple[Line, ...]:
    rows, count = [], 0
    for number, record in records:
        cells = tuple(record)
        if not any(cell is not None and str(cell).strip() for cell in cells):
            continue
        rows.append(Line(number, cells))
        count += len(cells)
        if len(rows) > MAX_ROWS + 1 or count > MAX_CELLS:
            raise SheetError(too_many_rows())
    if not rows:
        raise SheetError(_("The table is empty."))
    return tuple(rows)


def _encoding_of(content: bytes) -> str:
    """Return the encoding of a text file, or raise SheetError rather than guess."""
    if content.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif b"\x00" in content:
        raise SheetError(_("The file holds NUL bytes and is not a text table."))
    else:
        candidates = ["utf-8", "gb18030"]
    for encoding in candidates:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" and any(map(_is_certainly_utf8, content.splitlines())):
            break  # two files pasted together: as GB18030 half of it would turn into other characters, silently
        return encoding
    raise SheetError(_("The text encoding is unknown or mixed. Please save the file as UTF-8 or as .xlsx."))


def _is_certainly_utf8(line: bytes) -> bool:
    if len(re.findall(rb"[\x80-\xff]", line)) < _MIXED:
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
