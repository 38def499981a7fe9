"""The sheets of plan and sessions: their columns, and the words that stand in them."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kit.sheets import Column, choice, day, integer, people_list, text

from ..states import OutcomeKind, SessionState, TopicSource

PLAN_SHEET, SESSION_SHEET, OUTCOME_SHEET = "年度协商计划", "协商议事会", "协商成果"
SOURCES = {
    TopicSource.PARTY: "党委点题",
    TopicSource.GOVERNMENT: "政府点题",
    TopicSource.MEMBER: "委员提出",
    TopicSource.SECTOR: "界别/党派提出",
    TopicSource.SPECIAL_COMMITTEE: "专委会提出",
    TopicSource.RESIDENTS: "群众征集",
    TopicSource.HOTLINE: "12345 数据",
    TopicSource.PROPOSAL: "提案转化",
    TopicSource.OPINION: "社情民意转化",
    TopicSource.UPPER: "上级联动",
    TopicSource.CARRIED_OVER: "上年遗留",
}
QUARTERS = {1: "一季度", 2: "二季度", 3: "三季度", 4: "四季度"}
YES = {True: "是", False: "否"}
KINDS = {OutcomeKind.SOLVED: "当场解决", OutcomeKind.TODO: "限期解决", OutcomeKind.EXPLAINED: "解释说明"}
STATES = {SessionState.CLOSED: "已办结", SessionState.MINUTES_ISSUED: "纪要已印发", SessionState.NOTIFIED: "已通知"}

_MOMENT = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[\sT]+(\d{1,2})\s*[:：时]\s*(\d{1,2})(?::\d{1,2})?分?"
)


def moment(cell: Any) -> datetime:
    """Parse a day with a time: an Excel date, or 2026-03-18 09:30. Never a guess."""
    if isinstance(cell, datetime):
        return timezone.make_aware(cell.replace(second=0, microsecond=0, tzinfo=None))
    match = _MOMENT.fullmatch(unicodedata.normalize("NFKC", text(max_length=30)(cell)))
    if not match:
        raise ValueError(_("not a day with a time; write it like 2026-03-18 09:30"))
    try:
        year, month, day_, hour, minute = (int(part) for part in match.groups())
        return timezone.make_aware(datetime(year, month, day_, hour, minute))  # noqa: DTZ001 -- made aware here
    except ValueError:
        raise ValueError(_("there is no such day or time")) from None


PLAN_COLUMNS = (
    Column("line", "序号", required=True, parse=integer(minimum=1, maximum=999), width=6),
    Column("title", "议题", required=True, parse=text(max_length=120), width=44),
    Column("form", "协商形式", required=True, parse=text(max_length=40), width=24),
    Column("source", "议题来源", required=True, parse=choice(SOURCES), width=16),
    Column("leader", "牵头领导", parse=text(max_length=60), width=12),
    Column("lead_group", "牵头专委会", parse=text(max_length=60), width=28),
    Column("units", "承办单位", parse=people_list(max_people=30, max_length=60), width=40),
    Column("quarter", "季度", parse=choice(QUARTERS), width=8),
    Column("intended", "预期成果", parse=text(max_length=60), width=16),
    Column("is_public", "是否公开", parse=choice(YES), width=10),
)
SESSION_COLUMNS = (
    Column("reference", "会议编号", required=True, parse=text(max_length=30), width=14),
    Column("title", "会议名称", required=True, parse=text(max_length=120), width=36),
    Column("line", "议题序号", parse=integer(minimum=1, maximum=999), width=8),
    Column("topic", "议题", parse=text(max_length=120), width=36),
    Column("form", "协商形式", required=True, parse=text(max_length=40), width=20),
    Column("brand", "品牌", parse=text(max_length=40), width=14),
    Column("station", "站室", parse=text(max_length=60), width=24),
    Column("place", "地点", parse=text(max_length=100), width=24),
    Column("area", "村居", parse=text(max_length=40), width=14),
    Column("starts_at", "开始时间", required=True, parse=moment, width=18),
    Column("ends_at", "结束时间", required=True, parse=moment, width=18),
    Column("chair", "主持人", parse=text(max_length=40), width=10),
    Column("members", "参加委员", parse=people_list(max_people=200), width=40),
    Column("units", "参加单位", parse=people_list(max_people=60, max_length=60), width=40),
    Column("residents", "群众代表", parse=people_list(max_people=60, max_length=60), width=30),
    Column("experts", "专家", parse=people_list(max_people=30, max_length=60), width=20),
    Column("state", "状态", required=True, parse=choice(STATES), width=12),
)
OUTCOME_COLUMNS = (
    Column("reference", "会议编号", required=True, parse=text(max_length=30), width=14),
    Column("number", "序号", required=True, parse=integer(minimum=1, maximum=200), width=6),
    Column("kind", "成果类型", required=True, parse=choice(KINDS), width=12),
    Column("text", "内容", required=True, parse=text(max_length=1000, multiline=True), width=50),
    Column("unit", "承办单位", parse=text(max_length=60), width=26),
    Column("handed_over_on", "交办日期", parse=day(), width=12),
    Column("due_on", "办理期限", parse=day(), width=12),
    Column("signed_on", "签收日期", parse=day(), width=12),
    Column("answered_on", "答复日期", parse=day(), width=12),
    Column("answer", "答复内容", parse=text(max_length=2000, multiline=True), width=50),
    Column("closed_on", "办结日期", parse=day(), width=12),
    Column("proof", "办结依据", parse=text(max_length=2000, multiline=True), width=30),
)
HEADERS = {
    sheet: {column.key: str(column.header) for column in columns}
    for sheet, columns in (
        (PLAN_SHEET, PLAN_COLUMNS),
        (SESSION_SHEET, SESSION_COLUMNS),
        (OUTCOME_SHEET, OUTCOME_COLUMNS),
    )
}
