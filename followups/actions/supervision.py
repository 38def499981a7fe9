"""What: taking over what the supervision office replies."""

from __future__ import annotations

from django.db import transaction

from members.models import Person

from ..models import Assignment
from ..states import Level
from .quiet import write_step


@transaction.atomic
def take_reply(
    assignment: Assignment, *, by: Person | None, external_number: str, level: Level | str, words: str = ""
) -> None:
    """Write down what the supervision office says of an assignment: its number there, who presses, and its words.

    The state stays as it is: what another office writes is no move of the unit. Raises IntegrityError for a number that
    another assignment of the committee has. Source: domain, follow-up (督查平台).
    """
    as_read = {"level": assignment.level, "external_number": assignment.external_number}
    now = {"level": level, "external_number": external_number}
    if now != as_read:
        Assignment.objects.filter(pk=assignment.pk).update(**now)
        assignment.level, assignment.external_number = str(level), external_number
    changed = [str(assignment.get_level_display())] if level != as_read["level"] else []
    changed += [external_number] if external_number != as_read["external_number"] else []
    note = "\n".join(part for part in (" · ".join(changed), words) if part)
    write_step(assignment, "supervise", by=by, note=note)
