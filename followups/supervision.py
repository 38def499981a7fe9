"""The exchange with the supervision office (督查平台): its columns, what goes out, and the two numbers of an item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation

from kit.sheets import Column, Sheet
from members.access import Actor
from members.models import Committee

from .models import Assignment, AssignmentQuerySet, AssignmentStep
from .states import OPEN, Level, Show
from .task_lists import last_replies

SHEET = "督查事项"
PROGRESS = ("progress", "contact")  # steps whose words say how far it has come
WATCHED = "watched"  # a wish: whatever somebody supervises
# Fixed words: the file is read by another office, whatever language whoever exports it has chosen.
COLUMNS = (
    Column("own", "政协编号", width=20),
    Column("external", "督查编号", width=20),
    Column("title", "事项", width=44),
    Column("unit", "承办单位", width=22),
    Column("level", "督办层级", width=12),
    Column("handed_over_on", "交办日期", width=12),
    Column("due_on", "办理期限", width=12),
    Column("state", "办理状态", width=10),
    Column("light", "亮灯", width=10),
    Column("progress", "最新进展", width=50),
    Column("degree", "办理程度", width=16),
    Column("reply", "督查意见", width=40),
)


def own_number(committee: Committee, pk: int) -> str:
    """Return the number an assignment has outside: the committee's code and its own number."""
    return f"{committee.code}-{pk}"


def parted(number: str) -> tuple[str, int] | None:
    """Return the committee's code and the assignment's key that an own number holds, or None."""
    match = re.fullmatch(r"(.{1,60})-(\d{1,18})", number.strip())
    return (match[1], int(match[2])) if match else None


def chosen(actor: Actor, *, on: date, show: str = "", unit: int | None = None, level: str = "") -> AssignmentQuerySet:
    """Return what goes out: the open ones unless told otherwise, reddest first; an empty wish is none.

    `level` is one of `Level`, or `WATCHED` for all that somebody supervises.
    """
    found = Assignment.objects.visible_to(actor).matching(on=on, show=show or Show.OPEN, unit=unit)
    if level == WATCHED:
        found = found.exclude(level=Level.ORDINARY)
    elif level:
        found = found.filter(level=level)
    return found.select_related("unit", "degree").reddest_first()


def sheet_of(committee: Committee, assignments: Sequence[Assignment], *, on: date) -> Sheet:
    """Return assignments in the supervision office's columns; the last one is left for its reply."""
    latest = latest_progress(assignments)
    with translation.override("zh-hans"):
        rows = [
            (
                own_number(committee, thing.pk),
                thing.external_number,
                thing.title,
                thing.unit.name,
                str(thing.get_level_display()),
                thing.handed_over_on,
                thing.due_on,
                thing.get_state_display(),
                str(thing.light_on(on).label),
                latest.get(thing.pk, ""),
                str(thing.degree or ""),
                "",
            )
            for thing in assignments
        ]
    return Sheet(SHEET, COLUMNS, rows)


def latest_progress(assignments: Sequence[Assignment]) -> dict[int, str]:
    """Return the last words that say how far each has come, with their day: its answer, else its last progress."""
    steps: Any = AssignmentStep.objects.filter(thing__in=[thing.pk for thing in assignments], verb__in=PROGRESS)
    told = steps.exclude(note="").order_by("pk").values_list("thing_id", "at", "note")
    latest = {pk: _dated(at, words) for pk, at, words in told}
    done = [thing for thing in assignments if thing.state not in OPEN]
    return latest | {pk: _dated(reply.at, reply.text) for pk, reply in last_replies(done).items()}


def _dated(at: datetime, words: str) -> str:
    return f"{timezone.localdate(at):%Y-%m-%d} {words}"
