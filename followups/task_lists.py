"""Task lists as pages, papers and files show them: their rows, how far they have come, and the words of a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from kit.sheets import Column, Sheet
from members.models import Person, Unit

from . import questions
from .models import Assignment, Reply, TaskList, TaskPoint
from .states import AssignmentState, Part, TaskListState

LONGEST_REPORT = 5000
LONGEST_ANSWER = 300  # characters of an answer that go into the report by themselves


@dataclass(frozen=True)
class Progress:
    """How far a list has come: rows struck off, rows answered (struck off or not), and rows in all."""

    closed: int = 0
    answered: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """Rows struck off of a hundred."""
        return 100 * self.closed // self.total if self.total else 0

    @property
    def is_answered(self) -> bool:
        """Every row has an answer."""
        return bool(self.total) and self.answered == self.total


def progress_of(lists: Iterable[TaskList]) -> dict[int, Progress]:
    """Return how far each list has come, by its key: rows struck off / rows. Two queries for any number of lists.

    A row is what one point became; the opinion of an assisting unit is no row of its own. While a list is being written
    its points are its rows.
    """
    known = list(lists)
    written = [one.pk for one in known if one.state == TaskListState.DRAFT]
    handed = [one.pk for one in known if one.state != TaskListState.DRAFT]
    found: dict[int, Progress] = {one.pk: Progress() for one in known}
    if written:
        points = TaskPoint.objects.filter(task_list__in=written).order_by().values_list("task_list")
        found |= {pk: Progress(total=number) for pk, number in points.annotate(number=Count("pk"))}
    if handed:
        rows = _rows(Assignment.objects.filter(task_list__in=handed)).order_by().values_list("task_list")
        counted = rows.annotate(
            closed=Count("pk", filter=questions.is_in(AssignmentState.CLOSED)),
            answered=Count("pk", filter=~questions.is_open()),
            total=Count("pk"),
        )
        found |= {pk: Progress(closed, answered, total) for pk, closed, answered, total in counted}
    return found


def _rows(assignments: Any) -> Any:
    return assignments.exclude(Q(part=Part.ASSIST))


@dataclass(frozen=True)
class Line:
    """One row of a list: a point that is still written down, or the assignment it became."""

    number: int
    text: str
    unit: Unit
    due_on: date | None
    raised_by: Person | None = None
    assignment: Assignment | None = None


def lines_of(task_list: TaskList, *, on: date) -> list[Line]:
    """Return the rows of a list in their order, with the light of what was handed over."""
    if task_list.state == TaskListState.DRAFT:
        points = task_list.points.select_related("unit", "raised_by")
        return [Line(point.number, point.text, point.unit, point.due_on, point.raised_by) for point in points]
    tasks = tasks_of([task_list], on=on)
    return [
        Line(task.point or 0, task.request or task.title, task.unit, task.due_on, task.raised_by, task)
        for task in tasks
    ]


def tasks_of(lists: Iterable[TaskList], *, on: date) -> list[Assignment]:
    """Return what the points of some lists became, in the order of lists and points, each with light and days left."""
    found = _rows(Assignment.objects.filter(task_list__in=[one.pk for one in lists]))
    tasks = list(found.select_related("unit", "receipt", "raised_by", "degree").order_by("task_list", "point", "pk"))
    for task in tasks:
        task.light, task.days_left = task.light_on(on), (task.due_on - on).days
    return tasks


def last_replies(tasks: Iterable[Assignment]) -> dict[int, Reply]:
    """Return the last answer to each of some assignments, by the assignment's key."""
    replies = Reply.objects.filter(assignment__in=[task.pk for task in tasks]).order_by("pk")
    return {reply.assignment_id: reply for reply in replies}


def draft_report(task_list: TaskList, *, on: date) -> str:
    """Return the words a report begins with: every point with its unit, its state and its last answer."""
    tasks = tasks_of([task_list], on=on)
    replies = last_replies(tasks)
    parts = []
    for task in tasks:
        reply = replies.get(task.pk)
        stands = "，".join(str(part) for part in (task.unit, task.get_state_display(), task.degree) if part)
        head = f"{task.point}. {task.title}（{stands}）"
        words = " ".join(reply.text.split()) if reply else _("There is no answer yet.")
        parts.append(f"{head}\n{words if len(words) <= LONGEST_ANSWER else words[: LONGEST_ANSWER - 1] + '…'}")
    return "\n".join(parts)[:LONGEST_REPORT]


def sheet_of(task_list: TaskList, *, on: date) -> Sheet:
    """Return a list as a table: every row with its owner, its day and its state (问题清单、责任清单)."""
    lines = lines_of(task_list, on=on)
    replies = last_replies(line.assignment for line in lines if line.assignment)
    columns = [
        Column("number", _("No."), width=6),
        Column("text", _("Item"), width=50),
        Column("unit", _("Handling unit"), width=22),
        Column("handler", _("Handler"), width=12),
        Column("raised_by", _("Raised by"), width=12),
        Column("due_on", _("To be done by"), width=14),
        Column("state", _("State"), width=12),
        Column("light", _("Light"), width=10),
        Column("receipt", _("Receipt"), width=20),
        Column("answered_on", _("Answered on"), width=14),
        Column("closed_on", _("Struck off on"), width=14),
        Column("answer", _("Answer"), width=50),
    ]
    rows = [
        (
            line.number,
            line.text,
            line.unit.name,
            *(_handed(line.assignment, line.raised_by, line.due_on, replies)),
        )
        for line in lines
    ]
    return Sheet(task_list.title[:31], columns, rows)


def _handed(
    task: Assignment | None, raised_by: Person | None, due_on: date | None, replies: dict[int, Reply]
) -> tuple[Any, ...]:
    raiser = raised_by.name if raised_by else ""
    if task is None:
        return "", raiser, due_on, str(TaskListState.DRAFT.label), "", "", None, None, ""
    reply = replies.get(task.pk)
    return (
        task.handler,
        raiser,
        task.due_on,
        task.get_state_display(),
        task.light_word,
        str(task.receipt) if hasattr(task, "receipt") else "",
        task.answered_on,
        task.closed_on,
        reply.text if reply else "",
    )
