"""Files: the samples go in whole, the bad ones are refused line by line, nothing goes in twice."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone, translation

from consultations import verify
from consultations.imports import PLAN, SESSIONS
from consultations.models import Outcome, Participant, Plan, Session, SessionStep, Topic, TopicStep
from followups.models import Assignment, Receipt
from members.importing import look_through
from members.imports import ROSTER
from stations.imports import STATIONS

pytestmark = pytest.mark.django_db
SAMPLES = Path(settings.BASE_DIR) / "samples"


def read(kind, name, committee):
    """Look through a sample file."""
    return look_through(kind, (SAMPLES / name).read_bytes(), Path(name).name, committee)


def take(kind, name, committee):
    """Take a sample file over."""
    reading = read(kind, name, committee)
    assert reading.errors == []
    reading.write(None)
    return reading.counts


@pytest.fixture(autouse=True)
def chinese():
    """Files are in Chinese, and so are the reasons."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def small(committee):
    """The smaller county's people and stations."""
    for kind in (ROSTER, STATIONS):
        take(kind, "jiye-roster.xlsx", committee)
    return committee


@pytest.fixture
def large(committee):
    """The larger county's people and stations."""
    for kind in (ROSTER, STATIONS):
        take(kind, "yunxiu-roster.xlsx", committee)
    return committee


def test_the_small_countys_sessions_go_in_with_their_history(small):
    assert take(SESSIONS, "jiye-sessions-2026.xlsx", small) == {"协商议事会": 5, "协商成果": 8}
    states = sorted(Session.objects.values_list("state", flat=True))
    assert states == ["closed", "closed", "minutes_issued", "minutes_issued", "notified"]
    assert sorted(Session.objects.exclude(minutes_number=None).values_list("minutes_number", flat=True)) == [1, 2, 3, 4]
    assert Outcome.objects.filter(kind="todo", assignment__isnull=False).count() == 6
    signed = Assignment.objects.exclude(signed_on=None).order_by("receipt__number").values_list("signed_on", flat=True)
    assert list(signed) == sorted(signed)
    assert Receipt.objects.count() == len(signed)
    assert Participant.objects.filter(kind="member").count() == 26
    assert verify.differences() == []


def test_the_same_sessions_do_not_go_in_twice(small):
    take(SESSIONS, "jiye-sessions-2026.xlsx", small)
    errors = read(SESSIONS, "jiye-sessions-2026.xlsx", small).errors
    assert {error.reason for error in errors} == {"系统中已有这个会议编号"}
    assert len(errors) == 5


def test_nothing_that_is_taken_over_has_happened_in_the_future(small):
    now = timezone.now()
    rows = ["会议编号,会议名称,议题,协商形式,地点,开始时间,结束时间,状态"]
    for number, (days, state) in enumerate([(40, "已通知"), (2, "已通知"), (-1, "已办结")], start=1):
        begins = timezone.localtime(now + timedelta(days=days, hours=-2))
        ends = f"{begins:%Y-%m-%d} 23:59" if days > 0 else f"{begins + timedelta(minutes=1):%Y-%m-%d %H:%M}"
        rows.append(f"协-{number},会议{number},议题{number},微协商,会议室,{begins:%Y-%m-%d %H:%M},{ends},{state}")
    reading = look_through(SESSIONS, "\n".join(rows).encode(), "会议.csv", small)
    assert reading.errors == []
    reading.write(None)
    steps = [*SessionStep.objects.all(), *TopicStep.objects.all()]
    assert sorted(step.verb for step in steps) == [
        "close",
        "confirm",
        "confirm",
        "confirm",
        "issue",
        *["notify"] * 3,
        "open",
    ]
    assert [step for step in steps if step.at > timezone.now()] == []
    for session in Session.objects.all():
        moments = [step.at for step in session.steps.order_by("pk")]
        assert moments == sorted(moments)


def test_a_plan_goes_in_and_a_second_time_changes_nothing(large):
    for _turn in range(2):
        assert take(PLAN, "yunxiu-plan-2026.xlsx", large) == {"年度协商计划": 14}
    assert (Plan.objects.get().year, Topic.objects.count()) == (2026, 14)
    assert set(Topic.objects.values_list("state", flat=True)) == {"confirmed"}


def test_a_bad_plan_is_refused_line_by_line(large):
    reading = read(PLAN, "bad/plan-errors.xlsx", large)
    assert [(error.line, error.column) for error in reading.errors] == [
        (3, "序号"),
        (4, "议题"),
        (5, "协商形式"),
        (6, "牵头专委会"),
        (7, "季度"),
        (8, "承办单位"),
        (9, "是否公开"),
        (10, "议题"),
        (11, "序号"),
        (12, "牵头领导"),
    ]
    with pytest.raises(ValueError, match="errors"):
        reading.write(None)


def test_bad_sessions_are_refused_line_by_line(large):
    take(PLAN, "yunxiu-plan-2026.xlsx", large)
    reading = read(SESSIONS, "bad/sessions-errors.xlsx", large)
    found = [(error.sheet, error.line, error.column) for error in reading.errors]
    tomorrow = {("协商议事会", 12, "状态"), ("协商成果", 13, "签收日期")}  # wrong only until that day has come
    assert [row for row in found if row not in tomorrow] == [
        ("协商议事会", 3, "会议编号"),
        ("协商议事会", 4, "结束时间"),
        ("协商议事会", 5, "开始时间"),
        ("协商议事会", 5, "结束时间"),
        ("协商议事会", 6, "议题序号"),
        ("协商议事会", 7, "站室"),
        ("协商议事会", 8, "参加委员"),
        ("协商议事会", 9, "状态"),
        ("协商议事会", 10, "协商形式"),
        ("协商议事会", 11, "会议编号"),
        ("协商议事会", 13, "参加委员"),
        ("协商成果", 3, "会议编号"),
        ("协商成果", 4, "承办单位"),
        ("协商成果", 5, "办理期限"),
        ("协商成果", 6, "签收日期"),
        ("协商成果", 7, "答复日期"),
        ("协商成果", 7, "办结依据"),
        ("协商成果", 8, "答复内容"),
        ("协商成果", 9, "成果类型"),
        ("协商成果", 11, "办理期限"),
        ("协商成果", 12, "签收日期"),
    ]


@pytest.mark.parametrize("kind", [PLAN, SESSIONS], ids=["plan", "sessions"])
@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"PK\x03\x04", "甲,乙\n1,2\n".encode()])
def test_what_is_no_such_table_is_told(committee, kind, content):
    assert look_through(kind, content, "x.csv", committee).errors != []
