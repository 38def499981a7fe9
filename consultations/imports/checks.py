"""What must agree in a file of sessions and outcomes: nothing twice, nothing unknown, no day before its cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _

from kit.deadlines import WorkCalendar
from kit.sheets import Row
from members.importing import BadRow, repeated
from members.models import Committee

from ..models import Session, Topic
from ..states import OutcomeKind, SessionState
from .known import Known, bad
from .sheets import OUTCOME_SHEET, SESSION_SHEET


def check_sessions(rows: Sequence[Row], known: Known, committee: Committee, *, now: datetime) -> list[BadRow]:
    """Numbers once and new; forms, brands, stations, places, members, units and lines of the plan known."""
    wrong = repeated(SESSION_SHEET, "会议编号", ((row.line, row.values["reference"]) for row in rows))
    references = [row.values["reference"] for row in rows]
    there = set(
        Session.objects.filter(committee=committee, reference__in=references).values_list("reference", flat=True)
    )
    lines = set(
        Topic.objects.filter(committee=committee, plan__isnull=False, line__isnull=False).values_list(
            "plan__year", "line"
        )
    )
    for row in rows:
        if row.values["reference"] in there:
            wrong.append(bad(SESSION_SHEET, row, "reference", _("this session is in the portal already")))
        wrong += _check_session(row, known, lines, now)
    return wrong


def _check_session(row: Row, known: Known, lines: set[tuple[int, int | None]], now: datetime) -> Iterable[BadRow]:
    values = row.values
    if values["form"] not in known.forms:
        yield bad(SESSION_SHEET, row, "form", _("there is no such form of consultation"))
    for key, names, reason in (
        ("brand", known.brands, _("there is no such brand")),
        ("station", known.stations, _("there is no such station")),
        ("area", known.areas, _("there is no such place")),
    ):
        if values[key] and values[key] not in names:
            yield bad(SESSION_SHEET, row, key, reason)
    if not values["station"] and not values["place"]:
        yield bad(SESSION_SHEET, row, "place", _("neither station nor place is named"))
    if values["ends_at"] <= values["starts_at"]:
        yield bad(SESSION_SHEET, row, "ends_at", _("ends before it begins"))
    elif values["state"] != SessionState.NOTIFIED and values["ends_at"] > now:
        yield bad(SESSION_SHEET, row, "state", _("has not taken place yet"))
    if values["line"] and (timezone.localtime(values["starts_at"]).year, values["line"]) not in lines:
        yield bad(SESSION_SHEET, row, "line", _("the plan of that year has no such line"))
    for word in values["members"] or ():
        if known.member(word) is None:
            several = known.is_shared(word)
            reason = _("several members have this name; give the number") if several else _("there is no such member")
            yield bad(SESSION_SHEET, row, "members", reason, word)
    for name in values["units"] or ():
        if name not in known.units:
            yield bad(SESSION_SHEET, row, "units", _("there is no such unit"), name)


def check_outcomes(
    rows: Sequence[Row], sessions: Mapping[str, Row], known: Known, calendar: WorkCalendar, *, now: datetime
) -> list[BadRow]:
    """Every outcome belongs to a session of the file, has what its kind needs, and days in their order."""
    places = ((row.line, (row.values["reference"], row.values["number"])) for row in rows)
    wrong = repeated(OUTCOME_SHEET, "序号", places)
    for row in rows:
        if row.values["reference"] not in sessions:
            wrong.append(bad(OUTCOME_SHEET, row, "reference", _("the file has no such session")))
        if row.values["unit"] and row.values["unit"] not in known.units:
            wrong.append(bad(OUTCOME_SHEET, row, "unit", _("there is no such unit")))
        wrong += _check_todo(row, calendar, now) if row.values["kind"] == OutcomeKind.TODO else _check_words(row)
    return wrong


def _check_words(row: Row) -> Iterable[BadRow]:
    if row.values["kind"] == OutcomeKind.EXPLAINED and not row.values["answer"]:
        yield bad(OUTCOME_SHEET, row, "answer", _("an explanation needs words"))


def _check_todo(row: Row, calendar: WorkCalendar, now: datetime) -> Iterable[BadRow]:
    values, today = row.values, timezone.localdate(now)
    for key, reason in (
        ("unit", _("what is to be done needs a unit")),
        ("handed_over_on", _("what is to be done needs the day it was handed over")),
        ("due_on", _("what is to be done needs a day")),
    ):
        if not values[key]:
            yield bad(OUTCOME_SHEET, row, key, reason)
    way = [key for key in ("handed_over_on", "signed_on", "answered_on", "closed_on") if values[key]]
    for earlier, later in pairwise(way):
        if values[later] < values[earlier]:
            yield bad(OUTCOME_SHEET, row, later, _("is before the day it follows from"))
    for key in way:
        if values[key] > today:
            yield bad(OUTCOME_SHEET, row, key, _("lies in the future"))
    if values["due_on"] and values["handed_over_on"] and values["due_on"] < values["handed_over_on"]:
        yield bad(OUTCOME_SHEET, row, "due_on", _("is before the day it follows from"))
    if values["signed_on"] and not calendar.is_workday(values["signed_on"]):
        yield bad(OUTCOME_SHEET, row, "signed_on", _("is a day off"))
    for key, needs in (
        ("answered_on", ("signed_on", "answer")),
        ("answer", ("answered_on",)),
        ("closed_on", ("answered_on", "proof")),
    ):
        if values[key]:
            for need in needs:
                if not values[need]:
                    yield bad(OUTCOME_SHEET, row, need, _("must not be empty"))
