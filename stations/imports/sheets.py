"""The sheets of stations, duty rules and the ledger: their columns and words, as an office writes them.

Headers and words are those of the paper form and stay Chinese whatever language the page is read in.
"""

from __future__ import annotations

from datetime import time
from typing import Any

from django.utils.dateparse import parse_time
from django.utils.translation import gettext as _

from kit.recurrence import AdjustedPolicy, HolidayPolicy
from kit.sheets import Column, choice, day, integer, people_list, text
from members.imports.sheets import phone

from ..rota import month_days_of
from ..states import Channel, Difficulty, DutyKind, MatterState, Rating, StationKind, StationLayer

STATION_KINDS = {
    StationKind.WORK_STATION: "委员工作站",
    StationKind.STUDIO: "委员工作室",
    StationKind.SECTOR_HALL: "界别议事厅",
    StationKind.CONSULT_ROOM: "协商议事室",
    StationKind.MEMBERS_HOME: "委员之家",
}
LAYERS = {StationLayer.TOWN: "乡镇街道", StationLayer.VILLAGE: "村社区", StationLayer.ENTERPRISE: "企业"}
DUTY_KINDS = {
    DutyKind.WEEKLY: "每周",
    DutyKind.NTH_WEEKEND: "每月第n个周末",
    DutyKind.MONTH_DAYS: "每月固定日",
    DutyKind.WEEKLY_ROTA: "每周轮值",
}
HOLIDAYS = {
    HolidayPolicy.SKIP: "跳过",
    HolidayPolicy.NEXT: "顺延",
    HolidayPolicy.PREVIOUS: "提前",
    HolidayPolicy.KEEP: "照常",
    HolidayPolicy.ASK: "询问",
}
ADJUSTED = {AdjustedPolicy.KEEP: "照常", AdjustedPolicy.SKIP: "跳过", AdjustedPolicy.ASK: "询问"}
CHANNELS = {
    Channel.DUTY: "值日接待",
    Channel.FIELD: "走访",
    Channel.PHONE: "电话",
    Channel.MAILBOX: "信箱",
    Channel.CHAT: "微信群",
    Channel.SESSION: "协商会",
}
DIFFICULTIES = {Difficulty.EASY: "容易", Difficulty.MEDIUM: "一般", Difficulty.HARD: "较难"}
RATINGS = {
    Rating.SATISFIED: "满意",
    Rating.BASICALLY: "基本满意",
    Rating.NOT: "不满意",
    Rating.UNREACHED: "无法联系",
}
STATES = {
    MatterState.RECEIVED: "已受理",
    MatterState.CLASSIFIED: "已分类",
    MatterState.ASSIGNED: "已交办",
    MatterState.ANSWERED: "已答复",
    MatterState.CLOSED: "已办结",
}
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}


def hour(cell: Any) -> time:
    """Parse a time of day: 15:00 or an Excel time."""
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    try:
        value = parse_time(text(max_length=8)(cell).replace("：", ":").rjust(5, "0"))
    except ValueError:
        value = None
    if value is None:
        raise ValueError(_("not a time; write it like 15:00"))
    return value


def which_days(kind: DutyKind, words: str) -> dict[str, Any]:
    """Return the fields a rule's 参数 fills: 周五 for a week, 2 for a weekend, 10、20 for days of the month.

    Raises ValueError with words for the user.
    """
    if kind == DutyKind.NTH_WEEKEND:
        number = words.strip("第个周末 ")
        number = {"一": "1", "二": "2", "三": "3", "四": "4"}.get(number, number)
        if number not in ("1", "2", "3", "4"):
            raise ValueError(_("not a weekend of the month; write 1 to 4"))
        return {"nth": int(number)}
    if kind == DutyKind.MONTH_DAYS:
        try:
            return {"month_days": "、".join(map(str, month_days_of(words)))}
        except ValueError:
            raise ValueError(_("not days of the month; write 10、20")) from None
    name = words.removeprefix("每").removeprefix("周").removeprefix("星期")
    if name not in WEEKDAYS:
        raise ValueError(_("not a weekday; write 周一 to 周日"))
    return {"weekday": WEEKDAYS[name]}


PLACES, RULES = "站室", "值日规则"
STATION_SHEETS: dict[str, tuple[Column, ...]] = {
    PLACES: (
        Column("name", "名称", required=True, parse=text(max_length=60), width=26),
        Column("kind", "类别", required=True, parse=choice(STATION_KINDS), width=14),
        Column("layer", "层级", required=True, parse=choice(LAYERS)),
        Column("parent", "上级站室", parse=text(max_length=60), width=24),
        Column("area", "所在村居", parse=text(max_length=40), width=16),
        Column("brand", "品牌", parse=text(max_length=40), width=16),
        Column("address", "地址", parse=text(max_length=120), width=30),
        Column("hours", "开放时间", parse=text(max_length=80), width=26),
        Column("head", "站长", parse=text(max_length=40)),
        Column("head_phone", "站长电话", parse=phone, width=14),
        Column("liaison", "联络员", parse=text(max_length=40)),
        Column("liaison_phone", "联络员电话", parse=phone, width=14),
        Column("opened_on", "设立日期", parse=day(), width=12),
    ),
    RULES: (
        Column("station", "站室", required=True, parse=text(max_length=60), width=26),
        Column("name", "规则名称", required=True, parse=text(max_length=60), width=22),
        Column("kind", "类别", required=True, parse=choice(DUTY_KINDS), width=16),
        Column("which", "参数", required=True, parse=text(max_length=40), width=12),
        Column("starts_at", "开始时间", required=True, parse=hour),
        Column("ends_at", "结束时间", required=True, parse=hour),
        Column("people_needed", "每次人数", parse=integer(minimum=1, maximum=50)),
        Column("pool", "值日委员", parse=people_list(max_people=200), width=50),
        Column("holiday_policy", "遇节假日", required=True, parse=choice(HOLIDAYS)),
        Column("adjusted_policy", "遇调休工作日", parse=choice(ADJUSTED), width=14),
        Column("valid_from", "起始日期", required=True, parse=day(), width=12),
        Column("valid_until", "截止日期", parse=day(), width=12),
        Column("wall_text", "上墙说明", parse=text(max_length=200), width=50),
    ),
}
LEDGER: tuple[Column, ...] = (
    Column("number", "编号", required=True, parse=text(max_length=30), width=16),
    Column("received_on", "收到日期", required=True, parse=day(), width=12),
    Column("channel", "来源", required=True, parse=choice(CHANNELS)),
    Column("station", "站室", required=True, parse=text(max_length=60), width=24),
    Column("area", "村居", parse=text(max_length=40), width=14),
    Column("subject", "事项", required=True, parse=text(max_length=100), width=34),
    Column("text", "内容", parse=text(max_length=2000, multiline=True), width=50),
    Column("difficulty", "难易", parse=choice(DIFFICULTIES)),
    Column("owner", "责任人", parse=text(max_length=40)),
    Column("unit", "承办单位", parse=text(max_length=60), width=24),
    Column("handed_over_on", "交办日期", parse=day(), width=12),
    Column("due_on", "办理期限", parse=day(), width=12),
    Column("signed_on", "签收日期", parse=day(), width=12),
    Column("answered_on", "答复日期", parse=day(), width=12),
    Column("answer", "答复内容", parse=text(max_length=2000, multiline=True), width=40),
    Column("rating", "满意度", parse=choice(RATINGS)),
    Column("closed_on", "办结日期", parse=day(), width=12),
    Column("state", "状态", required=True, parse=choice(STATES)),
)
