"""The exchange with the supervision office: its columns go out, its reply comes in by either number, once."""

import csv
import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from followups import actions
from followups.imports import SUPERVISION
from followups.models import Assignment, AssignmentStep
from followups.supervision import COLUMNS, own_number
from followups.tests.factories import make_assignment
from kit.sheets import write_csv, write_xlsx
from kit.tenancy import committee_scope
from members.importing import look_through
from members.models import ExportLog, ImportRun

pytestmark = pytest.mark.django_db
EXPORT = "/assignments/supervision/export/"
HEADERS = [column.header for column in COLUMNS]


def reply(*rows, ending="csv"):
    """Return a reply with these rows; cells that are not given are blank."""
    table = [[row.get(header, "") for header in HEADERS] for row in rows]
    write = write_csv if ending == "csv" else write_xlsx
    return write("督查事项", HEADERS, table)


def read(content, committee, name="回复.csv"):
    """Look a reply through in the users' language."""
    with translation.override("zh-hans"):
        return look_through(SUPERVISION, content, name, committee)


@pytest.fixture
def two(people):
    """Two assignments; the second has its number outside already."""
    first = make_assignment(unit=people.unit, by=people.zhao, title="路灯不亮")
    second = make_assignment(unit=people.unit, by=people.zhao, title="停车难")
    Assignment.objects.filter(pk=second.pk).update(external_number="督2026-002", level="offices")
    second.refresh_from_db()
    return first, second


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_goes_out_stands_in_the_supervision_offices_columns(client, people, two, language):
    actions.sign_for(two[0], by=people.wu.person, on=two[0].handed_over_on)
    actions.report_progress(two[0], by=people.wu.person, text="已进场施工")
    client.force_login(people.zhao.user)
    client.cookies["django_language"] = language
    answer = client.get(EXPORT, {"format": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == HEADERS
    by_title = {row[2]: row for row in rows[1:]}
    step = two[0].steps.get(verb="progress")
    assert by_title["路灯不亮"] == [
        own_number(people.committee, two[0].pk),
        "",
        "路灯不亮",
        "住建局",
        "一般",
        "2026-03-18",
        f"{two[0].due_on}",
        "办理中",
        "逾期",
        f"{timezone.localdate(step.at)} 已进场施工",
        "",
        "",
    ]
    assert by_title["停车难"][1:5] == ["督2026-002", "停车难", "住建局", "两办督办"]
    assert client.get(EXPORT, {"level": "watched"}).content[:2] == b"PK"
    assert list(ExportLog.objects.order_by("pk").values_list("what", "rows")) == [
        ("督查事项 (csv)", 2),
        ("督查事项 (xlsx)", 1),
    ]


def test_a_reply_sets_number_level_and_words(people, two):
    first, second = two
    content = reply(
        {"政协编号": own_number(people.committee, first.pk), "督查编号": "督2026-001", "督办层级": "主席督办"},
        {"督查编号": "督2026-002", "督查意见": "请于月底前反馈"},
    )
    reading = read(content, people.committee)
    assert reading.errors == []
    assert [(change["line"], change["item"], change["what"]) for change in reading.changes] == [
        (2, "路灯不亮", ["督查编号: — → 督2026-001", "督办层级: 一般 → 主席督办"]),
        (3, "停车难", ["督查意见: 请于月底前反馈"]),
    ]
    reading.write(people.zhao.person)
    first.refresh_from_db()
    assert (first.external_number, first.level, first.state) == ("督2026-001", "chair", "handed_over")
    notes = list(AssignmentStep.objects.filter(verb="supervise").order_by("pk").values_list("thing", "note", "by"))
    assert notes == [
        (first.pk, "主席督办 · 督2026-001", people.zhao.person.pk),
        (second.pk, "请于月底前反馈", people.zhao.person.pk),
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_same_reply_again_changes_nothing(people, two, ending):
    row = {
        "政协编号": own_number(people.committee, two[0].pk),
        "督查编号": "督2026-001",
        "督办层级": "两办督办",
        "督查意见": "已督办\n请加快",
    }
    read(reply(row), people.committee).write(people.zhao.person)
    again = read(reply(row, ending=ending), people.committee, f"另存.{ending}")
    assert (again.errors, again.changes) == ([], [])
    again.write(people.zhao.person)
    assert AssignmentStep.objects.filter(verb="supervise").count() == 1


def test_what_went_out_comes_back_unchanged(client, people, two):
    client.force_login(people.zhao.user)
    for ending in ("csv", "xlsx"):
        content = client.get(EXPORT, {"format": ending}).content
        reading = read(content, people.committee, f"x.{ending}")
        assert (reading.errors, reading.changes, reading.notes) == ([], [], [])
        assert list(reading.counts.values()) == [2, 0]


def test_bad_rows_are_named_by_line_column_and_reason(people, two, other_committee):
    first, second = two
    own, other = own_number(people.committee, first.pk), own_number(people.committee, second.pk)
    content = reply(
        {"政协编号": own, "督查编号": "督2026-002"},
        {"政协编号": f"{other_committee.code}-{first.pk}", "督查意见": "别处"},
        {"政协编号": f"{people.committee.code}-987654321"},
        {"政协编号": "乱写"},
        {"督查编号": "督2099-1"},
        {"督查意见": "没有编号"},
        {"政协编号": other, "督查编号": "督2026-009"},
        {"政协编号": own, "督办层级": "天字一号"},
        {"政协编号": own, "督查意见": "又一次"},
    )
    reading = read(content, people.committee)
    assert [(error.line, error.column, error.reason) for error in reading.errors] == [
        (2, "督查编号", "其他事项已使用该编号"),
        (3, "政协编号", "属于其他政协委员会"),
        (4, "政协编号", "没有这个事项"),
        (5, "政协编号", "没有这个事项"),
        (6, "督查编号", "没有事项使用该编号"),
        (7, "政协编号", "政协编号和督查编号都没有填写"),
        (8, "督查编号", "该事项已有编号“督2026-002”"),
        (9, "督办层级", "不在可选范围内：一般、两办督办、专委会督办、主席督办"),
        (10, "政协编号", "与第 2 行重复"),
    ]
    with pytest.raises(ValueError, match="errors"):
        reading.write(people.zhao.person)
    assert AssignmentStep.objects.filter(verb="supervise").count() == 0


def test_another_committees_items_are_not_even_looked_at(people, other_committee):
    thing = make_assignment(unit=people.unit, by=people.zhao)
    Assignment.objects.filter(pk=thing.pk).update(external_number="督2026-001")
    with committee_scope(other_committee.pk):
        reading = read(reply({"督查编号": "督2026-001", "督查意见": "x"}), other_committee)
    assert [error.reason for error in reading.errors] == ["没有事项使用该编号"]


def test_one_number_for_two_items_of_the_file_is_refused(people, two):
    third = make_assignment(unit=people.unit, by=people.zhao)
    rows = [{"政协编号": own_number(people.committee, thing.pk), "督查编号": "督2026-777"} for thing in (two[0], third)]
    assert [(error.line, error.column) for error in read(reply(*rows), people.committee).errors] == [(3, "督查编号")]


@pytest.mark.parametrize("content", [b"", b"\x00\x01", "没有,表头\n1,2".encode(), reply()])
def test_what_is_no_reply_is_refused(people, content):
    assert read(content, people.committee).errors != []


@pytest.mark.scenario("E17")
def test_an_item_gets_its_outside_number_by_the_import_page(client, people, two):
    client.force_login(people.zhao.user)
    row = {"政协编号": own_number(people.committee, two[0].pk), "督查编号": "督2026-001"}
    file = SimpleUploadedFile("回复.csv", reply(row))
    answer = client.post(reverse("import_list"), {"form_key": uuid4().hex, "kind": "supervision", "file": file})
    run = ImportRun.objects.get()
    page = client.get(answer.url).content.decode()
    assert ("路灯不亮" in page, "督查编号: — → 督2026-001" in page) == (True, True)
    assert Assignment.objects.filter(external_number="督2026-001").count() == 0
    for _turn in range(2):
        client.post(reverse("import_commit", args=[run.pk]), {"form_key": uuid4().hex})
    assert Assignment.objects.get(external_number="督2026-001") == two[0]
    assert AssignmentStep.objects.filter(verb="supervise").count() == 1


def test_the_page_costs_the_same_for_one_and_for_three(client, people, django_assert_num_queries):
    client.force_login(people.zhao.user)
    for count in (1, 2):
        for _turn in range(count):
            make_assignment(unit=people.unit, by=people.zhao)
        with django_assert_num_queries(6):  # session, account, roles; units; rows; unread notices
            client.get(reverse("followups:supervision"))


@pytest.mark.parametrize("query", ["show=x&level=y&unit=z", "level=%00", "unit=" + "9" * 30, "page=" + "9" * 30])
def test_a_wish_that_makes_no_sense_is_no_wish(client, people, two, query):
    client.force_login(people.zhao.user)
    assert client.get(f"{reverse('followups:supervision')}?{query}").status_code == 200
    export = client.get(f"{EXPORT}?{query}&format=csv")
    assert len(export.content.decode("utf-8-sig").splitlines()) == 3


def test_a_sheet_has_a_template(client, people):
    client.force_login(people.zhao.user)
    assert client.get(reverse("import_template", args=["supervision"])).content[:2] == b"PK"


def test_the_sample_with_errors_is_refused_row_by_row(people, settings):
    content = (settings.BASE_DIR / "samples" / "bad" / "supervision-errors.csv").read_bytes()
    reading = read(content, people.committee, "supervision-errors.csv")
    assert sorted({error.line for error in reading.errors}) == list(range(2, 12))
