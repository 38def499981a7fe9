"""Following: what a matter does when the assignment it was handed over by moves."""

from __future__ import annotations

from followups.models import Assignment, DueChange

from .. import notices
from ..models import Matter
from ..states import MatterState


def follow_day(assignment: Assignment, change: DueChange) -> None:
    """Promise a matter that is with the unit for the unit's new day, and write both days down.

    Tells who took it down and the named person, so that the resident can be told. One that was answered, or taken back
    to the station, keeps its own day. Source: domain, residents' matters (what is promised is the unit's day).
    """
    matter = Matter.objects.filter(assignment=assignment, state=MatterState.ASSIGNED).first()
    if matter is None or matter.due_on == change.new_due:
        return
    matter.due_on = change.new_due
    matter.save(update_fields=["due_on"])
    matter.steps.create(
        committee_id=matter.committee_id,
        verb="move",
        from_state=matter.state,
        to_state=matter.state,
        by=change.by,
        at=change.at,
        note=f"{change.old_due:%Y-%m-%d} → {change.new_due:%Y-%m-%d} · {change.get_cause_display()}",
    )
    notices.matter_moved(matter, change)
