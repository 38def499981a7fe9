"""Steps that move nothing: what people did to an assignment while it stayed in its state."""

from __future__ import annotations

from django.utils import timezone

from members.models import Person

from ..models import Assignment


def write_step(assignment: Assignment, verb: str, *, by: Person | None, note: str = "") -> None:
    """Write into the history what changed no state; `verb` is one of `QUIET_WORDS`."""
    assignment.steps.create(
        committee_id=assignment.committee_id,
        verb=verb,
        from_state=assignment.state,
        to_state=assignment.state,
        by=by,
        at=timezone.now(),
        note=note,
    )
