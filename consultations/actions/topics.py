"""What: the acts on the year's plan and its topics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kit import workflow
from kit.workflow import MoveRefused
from members.models import Committee, Person, Unit
from stations.actions import matters
from stations.models import Matter

from ..models import Plan, Topic
from ..states import TopicState

OPEN = (TopicState.DRAFTED, TopicState.CONFIRMED)


@transaction.atomic
def draft_topic(
    *,
    committee: Committee,
    by: Person,
    units: Iterable[Unit] = (),
    matter: Matter | None = None,
    parent: Topic | None = None,
    **words: Any,
) -> Topic:
    """Write down a topic; on a plan it takes the next line unless one is given.

    From a resident's matter the matter is marked as made a topic; refused when the matter's state does not allow that.
    Under a `parent` it is a sub-topic (小切口子议题); refused when that one is done, or a sub-topic itself. `words` are
    the descriptive fields of the topic.
    """
    if parent is not None and (parent.parent_id or parent.state not in OPEN):
        raise MoveRefused(_("A sub-topic belongs to a topic that is still open and no sub-topic itself."))
    if words.get("plan") and not words.get("line"):
        words["line"] = next_line(words["plan"])
    topic = Topic(committee=committee, matter=matter, parent=parent, **words)
    _save(topic)
    topic.units.set(units)
    if matter is not None:
        matters.escalate(matter, by=by)
    return topic


@transaction.atomic
def edit_topic(topic: Topic, *, by: Person, units: Iterable[Unit], **words: Any) -> Topic:
    """Change the words of a topic that is neither done nor dropped; refused otherwise."""
    if topic.state not in OPEN:
        raise MoveRefused(workflow.refusal(topic))
    if words.get("plan") and not words.get("line"):
        words["line"] = next_line(words["plan"])
    for name, value in words.items():
        setattr(topic, name, value)
    _save(topic, fields=list(words))
    topic.units.set(units)
    return topic


def next_line(plan: Plan) -> int:
    """Return the number of the next free line of a plan."""
    return (plan.topics.aggregate(last=Max("line"))["last"] or 0) + 1


def _save(topic: Topic, fields: list[str] | None = None) -> None:
    """Save with the year of the plan; a line that another topic has taken in the meantime is a refusal."""
    topic.year = topic.plan.year if topic.plan else None
    try:
        with transaction.atomic():
            topic.save(update_fields=[*fields, "year"] if fields else None)
    except IntegrityError as taken:
        if topic.plan_id and topic.line:
            raise MoveRefused(_("This line of the plan is taken. Please choose another one.")) from taken
        raise


def confirm_topic(topic: Topic, *, by: Person) -> None:
    """Fix a topic as one that is consulted about (确题). Refused unless it is drafted."""
    workflow.apply(topic, "confirm", by=by)


def close_topic(topic: Topic, *, by: Person, note: str = "") -> None:
    """Close a topic whose consultation is done. Refused unless it is confirmed."""
    workflow.apply(topic, "close", by=by, note=note)


def drop_topic(topic: Topic, *, by: Person, reason: str) -> None:
    """Drop a topic, with the reason. Refused once it is closed."""
    workflow.apply(topic, "drop", by=by, note=reason)


def open_plan(*, committee: Committee, year: int, note: str = "") -> Plan:
    """Open the plan of a year; the plan that is there already is returned as it is."""
    return Plan.objects.get_or_create(committee=committee, year=year, defaults={"note": note})[0]
