"""What: beginning a task list (批示、专报、问题清单) from a topic, or from what came out of a session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from followups.actions import start_list
from followups.models import TaskList
from kit.workflow import MoveRefused
from members.models import Committee, Person

from ..models import Outcome, Topic


@transaction.atomic
def list_from_topic(topic: Topic, *, by: Person, **words: Any) -> TaskList:
    """Begin the list of a topic; refused when it has one. `words` are the descriptive fields of the list."""
    made = start_list(committee=topic.committee, by=by, **words)
    if Topic.objects.filter(pk=topic.pk, task_list=None).update(task_list=made) != 1:
        raise MoveRefused(_("This topic has a task list already."))
    topic.task_list = made
    return made


@transaction.atomic
def list_from_outcomes(outcomes: Sequence[Outcome], *, committee: Committee, by: Person, **words: Any) -> TaskList:
    """Begin a list about some outcomes, which then show it with its measures; refused when one of them has a list.

    Source: domain, B05: an outcome shows its instruction, the day of the meeting, its measures and their state.
    """
    made = start_list(committee=committee, by=by, **words)
    keys = [outcome.pk for outcome in outcomes]
    if Outcome.objects.filter(pk__in=keys, task_list=None).update(task_list=made) != len(keys):
        raise MoveRefused(_("One of these outcomes has a task list already."))
    return made
