"""Tables we write: they open safely wherever they are opened, and read back as they were."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from kit import sheets
from kit.sheets import Column, Row, parse_rows, read_table, write_csv, write_xlsx

from .test_sheets import PEOPLE


@pytest.fixture(autouse=True, scope="module")
def in_english():
    with translation.override("en"):
        yield


DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    " =1+1",
    '=HYPERLINK("http://x")',
]


def test_texts_that_could_be_formulas_are_defused_in_csv():
    content = write_csv("名单", ["值"], [[value] for value in DANGEROUS])
    assert content.startswith(b"\xef\xbb\xbf")
    read = read_table(content, "a.csv")
    assert [line.cells[0] for line in read.rows[1:]] == [f"'{value}" for value in DANGEROUS]


def test_texts_stay_texts_in_a_workbook_and_numbers_numbers():
    rows = [[value, -5, Decimal("2.5"), date(2026, 3, 18), None] for value in DANGEROUS if not value.startswith("\r")]
    content = write_xlsx("名单/一", [Column("v", "值", width=30), "数", "额", "日", "空"], rows)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert (sheet.count(b"<f>"), sheet.count(b"<hyperlink")) == (0, 0)
    table = read_table(content, "a.xlsx")
    assert table.sheet == "名单 一"
    assert table.rows[0].cells == ("值", "数", "额", "日", "空")
    assert [line.cells for line in table.rows[1:]] == [(row[0], -5.0, 2.5, date(2026, 3, 18), "") for row in rows]


def test_csv_cells_are_written_plainly():
    moment = datetime(2026, 3, 18, 1, 30, tzinfo=UTC)
    row = [date(2026, 3, 18), moment, -5, Decimal("1.50"), None, True, ("李明", "赵红"), 'a"b,c', "x\x07y", "李\n明"]
    content = write_csv("", [str(place) for place in range(10)], [row]).decode("utf-8-sig")
    assert content == (
        '0,1,2,3,4,5,6,7,8,9\r\n2026-03-18,2026-03-18 09:30,-5,1.50,,yes,李明、赵红,"a""b,c",xy,"李\n明"\r\n'
    )


def test_what_a_workbook_cannot_hold_is_written_as_text_or_cut():
    rows = [["长" * 40_000, 110101199003078888, date(1899, 1, 1), float("nan"), "", datetime(2026, 3, 18, 9, 30)]]  # noqa: DTZ001 -- a workbook knows no zones
    cells = read_table(write_xlsx("History", list("abcdef"), rows), "a.xlsx").rows[1].cells
    assert (len(cells[0]), cells[0][-1]) == (32_767, "…")
    assert cells[1:] == ("110101199003078888", "1899-01-01", "", "", datetime(2026, 3, 18, 9, 30))  # noqa: DTZ001


def test_a_sheet_writes_itself_in_both_kinds_and_reads_back():
    def sheet():
        return sheets.Sheet("名单", PEOPLE, iter([["李明", date(2026, 3, 18), 3, "其他"]]))

    expected = [Row(2, {"name": "李明", "born": date(2026, 3, 18), "count": 3, "kind": "other"})]
    assert parse_rows(read_table(sheet().xlsx(), "a.xlsx"), PEOPLE).rows == expected
    assert parse_rows(read_table(sheet().csv(), "a.csv"), PEOPLE).rows == expected


def test_many_rows_are_written_and_read_back():
    first = date(2026, 1, 1)
    rows = ([f"居民{number}", first + timedelta(days=number % 365), number % 500, "其他"] for number in range(3_000))
    parsed = parse_rows(read_table(write_xlsx("名单", PEOPLE, rows), "a.xlsx"), PEOPLE)
    assert (len(parsed.rows), parsed.errors) == (3_000, [])
