"""Files: stations with their rules and the old ledger, taken over whole with their own days, or refused row by row."""

from datetime import date, time

import pytest

from followups.models import Assignment, Receipt
from kit.sheets import Sheet, write_csv, write_workbook
from members.importing import look_through
from members.models import Notice
from members.tests.factories import make_member
from stations import verify
from stations.imports import MATTERS, STATIONS
from stations.imports.sheets import LEDGER, PLACES, RULES, STATION_SHEETS
from stations.models import DutyRule, Matter, Station

pytestmark = pytest.mark.django_db


def workbook(places=(), rules=()):
    """A workbook with the two sheets; each row a dict by key."""
    tables = []
    for name, rows in ((PLACES, places), (RULES, rules)):
        columns = STATION_SHEETS[name]
        tables.append(Sheet(name, columns, [[row.get(column.key, "") for column in columns] for row in rows]))
    return write_workbook(tables)


PLACE = {"name": "城东站", "kind": "委员工作站", "layer": "乡镇街道", "area": "晨光社区", "head": "侯小测"}
RULE = {
    "station": "城东站",
    "name": "逢十",
    "kind": "每月固定日",
    "which": "10、20",
    "starts_at": "09:00",
    "ends_at": "11:30",
    "people_needed": 2,
    "holiday_policy": "顺延",
    "valid_from": date(2026, 1, 1),
}


def read(people, content, kind=STATIONS, name="x.xlsx"):
    return look_through(kind, content, name, people.committee)


def test_stations_and_rules_come_in_together_and_twice_is_once(people):
    member = make_member(people.committee, name="值小测")
    village = PLACE | {"name": "村站", "layer": "村社区", "parent": "城东站"}
    content = workbook([PLACE, village], [RULE | {"pool": "值小测"}])
    for _turn in "12":
        reading = read(people, content)
        assert (reading.errors, reading.counts) == ([], {PLACES: 2, RULES: 1})
        reading.write(None)
    station = Station.objects.get(name="城东站")
    assert (station.head.name, Station.objects.get(name="村站").parent) == ("侯小测", station)
    rule = DutyRule.objects.get()
    assert (rule.month_days, rule.starts_at, rule.people_needed, list(rule.pool.all())) == (
        "10、20",
        time(9),
        2,
        [member],
    )


@pytest.mark.parametrize(
    ("place", "rule"),
    [
        ({"kind": "茶馆"}, {}),
        ({"parent": "没有的站"}, {}),
        ({"parent": "城东站"}, {}),
        ({"area": "没有的村"}, {}),
        ({"brand": "没有的品牌"}, {}),
        ({"opened_on": "2026-02-30"}, {}),
        ({"name": ""}, {}),
        ({}, {"station": "没有的站"}),
        ({}, {"kind": "每周", "which": "周八"}),
        ({}, {"which": "32"}),
        ({}, {"kind": "每月第n个周末", "which": "6"}),
        ({}, {"ends_at": "08:00"}),
        ({}, {"starts_at": "25:00"}),
        ({}, {"valid_until": date(2025, 1, 1)}),
        ({}, {"pool": "没有的委员"}),
        ({}, {"people_needed": "两个人"}),
        ({}, {"holiday_policy": "随便"}),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(people, place, rule):
    reading = read(people, workbook([PLACE | place], [RULE | rule]))
    assert len(reading.errors) >= 1
    assert Station.objects.filter(name="城东站").count() == 0


LINE = {
    "number": "YX-1",
    "received_on": "2026-03-02",
    "channel": "电话",
    "station": "晨光站",
    "subject": "路灯不亮",
    "difficulty": "容易",
    "owner": "孔小测",
    "unit": "住建局",
    "handed_over_on": "2026-03-03",
    "due_on": "2026-03-12",
    "signed_on": "2026-03-04",
    "answered_on": "2026-03-09",
    "answer": "已修复",
    "rating": "满意",
    "closed_on": "2026-03-10",
    "state": "已办结",
}
LATER = dict.fromkeys(("signed_on", "answered_on", "answer", "rating", "closed_on"), "")


def ledger(*lines):
    """A ledger as an office saves it: GBK."""
    rows = [[line.get(column.key, "") for column in LEDGER] for line in lines]
    return write_csv("x", LEDGER, rows).decode("utf-8-sig").encode("gbk")


def test_a_closed_row_becomes_a_matter_with_its_steps_its_receipt_and_its_days(people):
    reading = read(people, ledger(LINE), MATTERS, "x.csv")
    assert (reading.errors, reading.encoding) == ([], "gb18030")
    reading.write(people.zhao.person)
    matter = Matter.objects.get()
    assert [(step.verb, step.at.date().day) for step in matter.steps.all()] == [
        ("receive", 2),
        ("classify", 3),
        ("assign", 3),
        ("answer", 9),
        ("close", 10),
    ]
    assert (matter.number, matter.old_number, matter.owner) == (1, "YX-1", people.kong.person)
    assert (matter.assignment.state, matter.assignment.answered_on) == ("closed", date(2026, 3, 9))
    assert Notice.objects.count() == 0
    assert verify.differences() == []


def test_receipts_follow_the_days_of_signing_and_numbers_those_of_receiving(people):
    lines = [
        LINE
        | LATER
        | {"number": f"YX-{n}", "received_on": f"2026-03-0{n}", "signed_on": f"2026-03-{20 - n}"}
        | {"state": "已交办", "handed_over_on": "2026-03-09"}
        for n in (3, 1, 2)
    ]  # fmt: skip
    read(people, ledger(*lines), MATTERS, "x.csv").write(None)
    assert list(Matter.objects.order_by("number").values_list("old_number", flat=True)) == ["YX-1", "YX-2", "YX-3"]
    assert list(Receipt.objects.values_list("number", "issued_on")) == [
        (1, date(2026, 3, 17)),
        (2, date(2026, 3, 18)),
        (3, date(2026, 3, 19)),
    ]


def test_what_the_station_handled_itself_and_what_is_new_have_no_assignment(people):
    own = LINE | LATER | {"number": "YX-2", "unit": "", "state": "已交办"}
    fresh = {name: LINE[name] for name in ("received_on", "channel", "station", "subject")}
    read(people, ledger(own, fresh | {"number": "YX-3", "state": "已受理"}), MATTERS, "x.csv").write(None)
    assert list(Matter.objects.order_by("number").values_list("state", flat=True)) == ["working", "received"]
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"received_on": "2026-02-31"},
        {"received_on": "2099-01-01"},
        {"channel": "托梦"},
        {"station": "没有的站"},
        {"area": "没有的村"},
        {"unit": "县月球局"},
        {"difficulty": "特难"},
        {"difficulty": ""},
        {"answered_on": "2026-03-01"},
        {"answer": ""},
        {"rating": ""},
        {"closed_on": ""},
        {"signed_on": ""},
        {"unit": ""},
        {"due_on": "2026-03-01"},
        {"state": "已交办"},
        {"subject": "长" * 101},
    ],
)
def test_a_wrong_line_of_the_ledger_is_named(people, wrong):
    reading = read(people, ledger(LINE | wrong), MATTERS, "x.csv")
    assert {error.line for error in reading.errors} == {2}


def test_a_number_is_taken_over_only_once(people):
    read(people, ledger(LINE), MATTERS, "x.csv").write(None)
    assert [error.line for error in read(people, ledger(LINE), MATTERS, "x.csv").errors] == [2]
    twice = [LINE | {"number": "YX-9"}] * 2
    assert [error.line for error in read(people, ledger(*twice), MATTERS, "x.csv").errors] == [3]
