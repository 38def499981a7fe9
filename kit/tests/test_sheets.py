"""Tables people send and tables we write: encodings, bad cells, bombs, formulas."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import sheets
from kit.sheets import Column, Parsed, Row, RowError, SheetError, parse_rows, read_table

PEOPLE = (
    Column("name", "姓名", required=True, parse=sheets.text(max_length=10)),
    Column("born", "出生日期", aliases=("生日",), parse=sheets.day()),
    Column("count", "人数", parse=sheets.integer(minimum=0, maximum=500)),
    Column("kind", "类别", parse=sheets.choice({"cppcc": "政协委员", "other": "其他"})),
)


@pytest.fixture(autouse=True, scope="module")
def in_english():
    with translation.override("en"):
        yield


def csv_table(text, encoding="utf-8"):
    return read_table(text.encode(encoding), "people.csv")


def workbook(rows, *, options=None, more=()):
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, options or {})
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, hidden, lines in [("名单", False, rows), *more]:
        sheet = book.add_worksheet(name)
        if hidden:
            sheet.hide()
        for number, row in enumerate(lines):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, dates)
                else:
                    sheet.write(number, place, value)
    book.close()
    return output.getvalue()


def repacked(content, change=None, *, extra=()):
    """Return the workbook with `change(name, bytes)` applied to every part and extra parts added."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry.filename, change(entry.filename, part) if change else part)
        for name, part in extra:
            new.writestr(name, part)
    return output.getvalue()


def in_first_sheet(old, new):
    def change(name, part):
        return part.replace(old, new) if name == "xl/worksheets/sheet1.xml" else part

    return change


def errors_of(text, columns=PEOPLE):
    return parse_rows(csv_table(text), columns).errors


# Reading text


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_the_encoding_of_a_text_table_is_detected_and_reported(encoding, reported):
    table = csv_table("姓名,人数\n李明,3\n", encoding)
    assert (table.encoding, table.delimiter) == (reported, ",")
    assert [(line.line, line.cells) for line in table.rows] == [(1, ("姓名", "人数")), (2, ("李明", "3"))]


def test_utf16_from_either_end_and_characters_outside_gbk_are_read():
    big_endian = b"\xfe\xff" + "姓名\n㐂𠮷䶮".encode("utf-16-be")
    assert read_table(big_endian, "a.csv").rows[1].cells == ("㐂𠮷䶮",)
    assert csv_table("姓名\n㐂𠮷䶮", "gb18030").rows[1].cells == ("㐂𠮷䶮",)


def test_two_encodings_in_one_file_are_refused_rather_than_guessed():
    mixed = "姓名\n王小明\n".encode("gbk") + "欧阳修文,长春市民\n".encode()
    with pytest.raises(SheetError, match="encoding is unknown or mixed"):
        read_table(mixed, "people.csv")
    with pytest.raises(SheetError, match="encoding is unknown or mixed"):
        read_table(b"\xff\xfe\x41", "people.csv")


def test_tabs_are_recognised_and_lines_keep_their_numbers():
    table = csv_table('姓名\t住址\r\n\r\n"李\r\n明"\t"甲,乙"\r\n赵红\t丙\r\n')
    assert table.delimiter == "\t"
    assert [(line.line, line.cells) for line in table.rows] == [
        (1, ("姓名", "住址")),
        (3, ("李\r\n明", "甲,乙")),
        (5, ("赵红", "丙")),
    ]


@pytest.mark.parametrize(
    ("content", "filename", "words"),
    [
        (b"", "a.csv", "empty"),
        (b"\n \n,,\n", "a.csv", "table is empty"),
        (b"a,b\n1,\x002\n", "a.csv", "NUL"),
        ("a,\x00".encode("utf-16"), "a.csv", "NUL"),
        (b"x" * (sheets.MAX_BYTES + 1), "a.csv", "10 MB"),
        (b'a,b\n1,"2\n', "a.csv", "Line 2"),
        (b"a\n" * 100_002, "a.csv", "100000 rows"),
        (b"PK\x03\x04junk", "a.csv", "Only Excel"),
        (b"PK\x03\x04junk", "a.xlsx", "damaged"),
        (b"a,b\n", "a.xlsx", "Only Excel"),
        (b"%PDF-1.7", "a.pdf", "Only Excel"),
        (b"%PDF-1.7", "a.csv", "Only Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xlsx", "old or password"),
        (b"a,b", "members", "Only Excel"),
    ],
)
def test_files_that_are_no_tables_are_refused_with_words(content, filename, words):
    with pytest.raises(SheetError, match=words):
        read_table(content, filename)


def test_a_table_of_exactly_the_most_rows_is_read():
    assert len(read_table(b"a\n" * 100_001, "a.csv").rows) == 100_001


# Reading workbooks


def test_a_workbook_gives_typed_cells_and_true_line_numbers():
    table = read_table(workbook([[], ["姓名", "生日", "人数"], [], ["李明", date(2026, 3, 18), 3]]), "名单.XLSX")
    assert [(line.line, line.cells) for line in table.rows] == [
        (2, ("姓名", "生日", "人数")),
        (4, ("李明", date(2026, 3, 18), 3.0)),
    ]
    assert (table.sheet, table.sheets, table.encoding) == ("名单", ("名单",), "")


def test_hidden_sheets_are_not_read_and_others_are_chosen_by_name():
    content = workbook([["a"]], more=[("隐藏", True, [["secret"]]), ("第二", False, [["b"]])])
    assert read_table(content, "a.xlsx").sheets == ("名单", "第二")
    assert read_table(content, "a.xlsx", sheet="第二").rows[0].cells == ("b",)
    for name in ("隐藏", "没有"):
        with pytest.raises(SheetError, match="no visible sheet"):
            read_table(content, "a.xlsx", sheet=name)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda book: repacked(book, extra=[("xl/media/a.bin", b"0" * (101 * 1024 * 1024))]), "unpacks to far more"),
        (lambda book: repacked(book, extra=[(f"xl/{n}.bin", b"") for n in range(2001)]), "unpacks to far more"),
        (lambda book: repacked(book, extra=[("../evil.xml", b"<a/>")]), "damaged"),
        (lambda book: repacked(book, in_first_sheet(b"<worksheet", b"<!DOCTYPE a><worksheet")), "damaged"),
        (lambda book: repacked(book, in_first_sheet(b'r="B1"', b'r="XFD99999"')), "too far apart"),
        (lambda book: repacked(book, in_first_sheet(b'r="B1"', b"r = 'B1048576'")), "100000 rows"),
        (lambda book: repacked(book, in_first_sheet(b'r="B1"', b'r="AAAAAAAAAAAA1"')), "too far apart"),
        (
            lambda book: repacked(book, in_first_sheet(b"</row>", b'</row><row r="900000"><c><v>1</v></c></row>')),
            "100000 rows",
        ),
        (
            lambda book: repacked(book, lambda name, part: b"junk" if name == "xl/workbook.xml" else part),
            "damaged|visible",
        ),
        (lambda book: book[: len(book) // 2], "damaged"),
    ],
)
def test_bombs_and_broken_workbooks_are_refused_before_they_are_opened(content, words):
    with pytest.raises(SheetError, match=words):
        read_table(content(workbook([["甲", "乙"]])), "a.xlsx")


def test_a_bomb_that_lies_about_its_size_is_refused():
    packed = bytearray(repacked(workbook([["甲"]]), extra=[("xl/media/a.xml", b"0" * (101 * 1024 * 1024))]))
    honest = (101 * 1024 * 1024).to_bytes(4, "little")
    assert packed.count(honest) == 2
    with pytest.raises(SheetError, match="unpacks to far more"):
        read_table(bytes(packed.replace(honest, (100).to_bytes(4, "little"))), "a.xlsx")


def test_a_sheet_hidden_under_another_ending_is_looked_at_all_the_same():
    book = workbook([["甲", "乙"]])
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry).replace(b"sheet1.xml", b"sheet1.bin").replace(b'r="B1"', b'r="XFD99999"')
            new.writestr(entry.filename.replace("sheet1.xml", "sheet1.bin"), part)
    with pytest.raises(SheetError, match="too far apart"):
        read_table(output.getvalue(), "a.xlsx")


def test_an_archive_with_a_comment_is_refused():
    output = io.BytesIO(workbook([["甲"]]))
    with zipfile.ZipFile(output, "a") as archive:
        archive.comment = b"second directory"
    with pytest.raises(SheetError, match="damaged"):
        read_table(output.getvalue(), "a.xlsx")


def test_a_long_text_repeated_in_many_cells_is_refused():
    content = workbook([["字" * 30_000]] * 10_000)
    assert len(content) < 1024 * 1024
    with pytest.raises(SheetError, match="unpacks to far more"):
        read_table(content, "a.xlsx")


def test_many_numbers_beside_one_long_text_are_no_bomb():
    rows = [["字" * 30_000, 1.5], *[["甲", number + 0.5] for number in range(5_000)]]
    assert len(read_table(workbook(rows), "a.xlsx").rows) == 5_001


# Checking rows


def test_columns_are_found_by_name_in_any_order_below_a_title():
    parsed = parse_rows(
        csv_table("人员名单,,,\n类 别, 生日 ,备注,姓名*\n政协委员,2026年3月18日,x,　李明　\n,,,赵 红\n"), PEOPLE
    )
    assert parsed == Parsed(
        rows=[
            Row(3, {"name": "李明", "born": date(2026, 3, 18), "count": None, "kind": "cppcc"}),
            Row(4, {"name": "赵 红", "born": None, "count": None, "kind": None}),
        ],
        errors=[],
        notices=["column not used: 备注"],
        found=("name", "born", "kind"),
    )


def test_a_missing_and_a_doubled_column_are_errors_of_the_table():
    assert errors_of("生日,出生日期\n2026-03-18,2026-03-18\n") == [
        RowError(1, "姓名", "the column is missing"),
        RowError(1, "出生日期", "the column stands there more than once"),
    ]


def test_a_table_without_a_header_says_which_columns_are_known():
    assert errors_of("李明,3\n") == [
        RowError(1, "", "no header was found; these columns are known: 姓名、出生日期、人数、类别")
    ]


@pytest.mark.parametrize(
    "written",
    ["2026-03-18", "2026/3/18", "2026.3.18", "2026年3月18日", "20260318", "２０２６－０３－１８", "2026/3/18 0:00"],
)
def test_dates_are_read_as_people_write_them(written):
    assert parse_rows(csv_table(f"姓名,生日\n李明,{written}\n"), PEOPLE).rows[0].values["born"] == date(2026, 3, 18)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2026-02-31", "there is no such day"),
        ("20261301", "there is no such day"),
        ("26-3-18", "not a date; write it like 2026-03-18"),
        ("昨天", "not a date; write it like 2026-03-18"),
        ("1026-03-18", "the date is not between 1900-01-01 and 2100-12-31"),
    ],
)
def test_bad_dates_are_errors_with_line_and_column(written, reason):
    assert errors_of(f"姓名,生日\n\n李明,{written}\n") == [RowError(3, "出生日期", reason, written)]


def test_excel_dates_and_numbers_are_read_and_bare_serial_numbers_refused():
    rows = [["姓名", "生日", "人数"], ["甲", date(2026, 3, 18), 3], ["乙", 20260318, 4], ["丙", 46099, 2.5]]
    parsed = parse_rows(read_table(workbook(rows), "a.xlsx"), PEOPLE)
    assert [(row.values["born"], row.values["count"]) for row in parsed.rows] == [
        (date(2026, 3, 18), 3),
        (date(2026, 3, 18), 4),
    ]
    assert parsed.errors == [
        RowError(4, "出生日期", "not a date; format the column as date or write 2026-03-18", "46099.0"),
        RowError(4, "人数", "not a whole number", "2.5"),
    ]


def test_a_phone_kept_as_a_number_is_read_and_a_number_that_lost_digits_refused():
    phone = (Column("phone", "电话"),)
    parsed = parse_rows(read_table(workbook([["电话"], [10000000001], [110101199003078888]]), "a.xlsx"), phone)
    assert [row.values for row in parsed.rows] == [{"phone": "10000000001"}]
    assert [(error.line, error.reason) for error in parsed.errors] == [
        (3, "the number has lost digits; format the column as text")
    ]


def test_full_width_digits_are_folded_and_bounds_kept():
    parsed = parse_rows(csv_table('姓名,人数\n３号楼,１２\n乙,501\n丙,-1\n丁,"1,2"\n戊,十\n'), PEOPLE)
    assert [row.values["name"] for row in parsed.rows] == ["3号楼", "丁"]
    assert [row.values["count"] for row in parsed.rows] == [12, 12]
    assert parsed.errors == [
        RowError(3, "人数", "more than 500", "501"),
        RowError(4, "人数", "less than 0", "-1"),
        RowError(6, "人数", "not a whole number", "十"),
    ]


def test_long_empty_and_controlled_texts_are_errors():
    assert errors_of(
        '姓名,人数\n一二三四五六七八九十一,1\n,2\n\u200b\u200d,2\n"李\n明",3\n李\u202e明,4\n李\x07明,5\n'
    ) == [
        RowError(2, "姓名", "longer than 10 characters", "一二三四五六七八九十一"),
        RowError(3, "姓名", "must not be empty"),
        RowError(4, "姓名", "must not be empty", "��"),
        RowError(5, "姓名", "control characters or line breaks are not allowed here", "李�明"),
        RowError(7, "姓名", "control characters or line breaks are not allowed here", "李�明"),
        RowError(8, "姓名", "control characters or line breaks are not allowed here", "李�明"),
    ]


def test_choices_are_read_by_label_or_value_and_others_listed():
    parsed = parse_rows(csv_table("姓名,类别\n甲,政协委员\n乙,OTHER\n丙,群众\n"), PEOPLE)
    assert [row.values["kind"] for row in parsed.rows] == ["cppcc", "other"]
    assert parsed.errors == [RowError(4, "类别", "not one of: 政协委员、其他", "群众")]


def test_lists_of_people_keep_padded_and_foreign_names_whole():
    parse = sheets.people_list(max_people=4)
    assert parse("李明、赵红，吴强;马云天") == ("李明", "赵红", "吴强", "马云天")
    assert parse("张　三 欧阳修文") == ("张三", "欧阳修文")
    assert parse("张　三、买买提·艾合, John Smith") == ("张三", "买买提·艾合", "John Smith")
    assert parse("李明\n赵红") == ("李明", "赵红")
    with pytest.raises(ValueError, match="more than 4 names"):
        parse("a,b,c,d,e")
    with pytest.raises(ValueError, match="longer than 50"):
        parse("长" * 51)


def test_amounts_are_exact():
    parse = sheets.decimal(places=2, minimum=0)
    assert [parse("１,２３4.50"), parse(0.1 + 0.2), parse(3)] == [Decimal("1234.50"), Decimal("0.3"), Decimal("3")]
    for wrong, words in [
        ("1.234", "more than 2"),
        ("-1", "less than 0"),
        ("1e3", "not a number"),
        ("NaN", "not a number"),
    ]:
        with pytest.raises(ValueError, match=words):
            parse(wrong)
    with pytest.raises(ValueError, match="lost digits"):
        parse(float("nan"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_errors_speak_the_language_of_the_user(language):
    words = {"zh-hans": "不能为空", "en": "must not be empty"}
    with translation.override(language):
        assert errors_of("姓名,人数\n,2\n") == [RowError(2, "姓名", words[language])]


def test_a_hopeless_file_stops_at_a_thousand_errors():
    parsed = parse_rows(csv_table("姓名,人数\n" + "甲,x\n" * 3000), PEOPLE)
    assert (len(parsed.errors), parsed.notices) == (1000, ["only the first 1000 errors are listed"])


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx"]))
def test_any_bytes_are_either_a_table_or_refused(content, filename):
    try:
        table = read_table(content, filename)
    except SheetError:
        return
    parse_rows(table, PEOPLE)
