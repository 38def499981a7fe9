"""What: the acts on task lists, from the first words to the report back to whoever gave them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from kit import workflow
from members.models import Committee, Person, Unit

from .. import list_notices
from ..models import Assignment, TaskList, TaskPoint
from ..origins import Origin
from ..states import OriginKind, TaskListState
from .assignments import hand_over

RULE = "outcome"  # the clock of a point that names no day of its own
MOST_POINTS = 60


@dataclass(frozen=True)
class Point:
    """One point as it is typed: what is to be done, by whom, until when (None: by the clock), who raised it."""

    text: str
    unit: Unit
    due_on: date | None = None
    raised_by: Person | None = None


def start_list(*, committee: Committee, by: Person, **words: Any) -> TaskList:
    """Begin a task list (批示、专报、问题清单); `words` are its descriptive fields. Points come after."""
    return TaskList.objects.create(committee=committee, **words)


@transaction.atomic
def edit_list(task_list: TaskList, *, by: Person, **words: Any) -> TaskList:
    """Change the words of a list that is still being written. Refused once it is handed over."""
    _hold(task_list)
    for name, value in words.items():
        setattr(task_list, name, value)
    task_list.save(update_fields=list(words))
    return task_list


def mark_of(task_list: TaskList) -> str:
    """Return a mark of the points as they are now; it changes whenever somebody writes them anew."""
    last = TaskPoint.objects.filter(task_list=task_list).aggregate(last=Max("pk"))["last"]
    return str(last or "")


@transaction.atomic
def write_points(task_list: TaskList, *, by: Person, points: Sequence[Point], mark: str) -> None:
    """Write the points of a list anew, numbered from 1 in their order.

    `mark` is what `mark_of` said when they were read. Refused once the list is handed over, when somebody else wrote
    them in the meantime, and for more than sixty.
    """
    _hold(task_list)
    if mark != mark_of(task_list):
        raise workflow.MoveRefused(_("Somebody else has changed the points meanwhile; please look at them first."))
    if len(points) > MOST_POINTS:
        raise workflow.MoveRefused(_("A list holds at most %(most)d points.") % {"most": MOST_POINTS})
    task_list.points.all().delete()
    TaskPoint.objects.bulk_create(
        TaskPoint(
            committee_id=task_list.committee_id,
            task_list=task_list,
            number=number,
            text=point.text,
            unit=point.unit,
            due_on=point.due_on,
            raised_by=point.raised_by,
        )
        for number, point in enumerate(points, 1)
    )


@transaction.atomic
def issue_list(task_list: TaskList, *, by: Person, on: date) -> list[Assignment]:
    """Hand all points over at once: each becomes an assignment with its clock, and each unit is told.

    Refused without points, for a point whose day is past, and once the list is handed over. Source: domain, follow-up
    (问题清单、责任清单: each row with owner and date).
    """
    _hold(task_list)
    points = list(task_list.points.select_related("unit", "raised_by"))
    if not points:
        raise workflow.MoveRefused(_("The list has no points yet."))
    late = [str(point.number) for point in points if point.due_on and point.due_on < on]
    if late:
        raise workflow.MoveRefused(_("The day of these points is past: %(points)s.") % {"points": "、".join(late)})
    workflow.apply(task_list, "issue", by=by)
    committee = task_list.committee
    return [
        hand_over(
            committee=committee,
            unit=point.unit,
            title=point.text,
            request=point.text,
            rule=RULE,
            origin=Origin(
                OriginKind.TASK_LIST, task_list.title, topic=task_list.about, raised_by=point.raised_by
            ),
            by=by,
            on=on,
            due_on=point.due_on,
            task_list=task_list,
            point=point.number,
        )
        for point in points
    ]  # fmt: skip


@transaction.atomic
def report_back(task_list: TaskList, *, by: Person, text: str, on: date) -> None:
    """Report back what became of a list; whoever gave it is told when they have an account.

    Refused while a point has no answer, before it is handed over, and a second time.
    """
    ask_for_answers(task_list)
    workflow.apply(task_list, "report", by=by, report=text, reported_on=on)
    list_notices.list_reported(task_list)


def ask_for_answers(task_list: TaskList) -> None:
    """Refuse a report while a point has no answer; the text names the points."""
    silent = Assignment.objects.filter(task_list=task_list).open().order_by("point").values_list("point", flat=True)
    waiting = [str(number) for number in dict.fromkeys(silent) if number]
    if waiting:
        raise workflow.MoveRefused(
            _("Still without an answer: points %(points)s. The report follows when all are answered.")
            % {"points": "、".join(waiting)}
        )


def _hold(task_list: TaskList) -> None:
    """Hold the list until the end of the transaction; refused unless it is still being written."""
    held = TaskList.objects.filter(pk=task_list.pk, state=TaskListState.DRAFT).update(title=F("title"))
    if not held:
        task_list.refresh_from_db(fields=["state"])
        raise workflow.MoveRefused(workflow.refusal(task_list))
