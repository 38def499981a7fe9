"""Notices of task lists: the office is told that all is answered, the giver what became of it."""

from __future__ import annotations

from members.models import Person
from members.notices import office_of, promise

from .models import Reply, TaskList


def list_answered(task_list: TaskList, reply: Reply) -> None:
    """Tell the office that every point of a list is answered, so that it can report back."""
    _tell_of_list(office_of(task_list.committee_id), f"answered:{reply.pk}", task_list, template="list_answered")


def list_reported(task_list: TaskList) -> None:
    """Tell whoever gave the list what became of it."""
    if task_list.giver_person:
        _tell_of_list([task_list.giver_person], "reported", task_list, template="list_reported")


def _tell_of_list(people: list[Person], occasion: str, task_list: TaskList, *, template: str) -> None:
    """Promise one notice about a task list; the occasion names it once per person."""
    promise(
        people,
        key=f"task-list:{task_list.pk}:{occasion}",
        template=f"notices/followups/{template}",
        context={
            "title": task_list.title,
            "list_kind": task_list.get_kind_display(),
            "given_on": f"{task_list.given_on:%Y-%m-%d}",
            "report": task_list.report[:200],
        },
        url=task_list.get_absolute_url(),
    )
