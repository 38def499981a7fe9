"""What several units handle together: one leads and the others assist, or each has its own share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kit import workflow
from members.models import Person, Unit

from ..clocks import due_day
from ..models import Assignment
from ..origins import Origin
from ..states import RUNNING, OriginKind, Part
from .assignments import hand_over
from .quiet import write_step


@transaction.atomic
def hand_over_jointly(
    *,
    unit: Unit,
    further: Sequence[Unit] = (),
    how: Part | str = Part.LEAD,
    rule: str,
    origin: Origin,
    on: date,
    due_on: date | None = None,
    **words: Any,
) -> Assignment:
    """Hand something to `unit`, and to `further` ones as assisting units or each with its own share.

    Without further units it is a plain hand-over. Returns what `unit` got: the row that the origin points to. An
    opinion is due by the clock `assist` and no later than the joint answer. `words` are those of `hand_over`. Raises
    MoveRefused when a unit is named twice. Source: domain, joint handling (主办、会办、分办).
    """
    if not further:
        return hand_over(unit=unit, rule=rule, origin=origin, on=on, due_on=due_on, **words)
    if len({other.pk for other in (unit, *further)}) <= len(further):
        raise workflow.MoveRefused(_("A unit is named twice."))
    if Part(how) == Part.SPLIT:
        shares = {"rule": rule, "origin": origin, "on": on, "due_on": due_on, "part": Part.SPLIT, **words}
        first = hand_over(unit=unit, **shares)
        for other in further:
            hand_over(unit=other, part_of=first, **shares)
        return first
    lead = hand_over(unit=unit, rule=rule, origin=origin, on=on, due_on=due_on, part=Part.LEAD, **words)
    for other in further:
        _ask_to_assist(lead, unit=other, origin=origin, on=on, **words)
    return lead


@transaction.atomic
def add_assisting(assignment: Assignment, *, by: Person, unit: Unit, request: str, on: date) -> Assignment:
    """Ask one more unit for its opinion; who handled it alone leads from now on.

    Tells the unit. Refused once it is answered or paused, when it is past its day, to what was split or is itself an
    opinion, and when the unit has a part already.
    """
    if assignment.due_on < on:
        raise workflow.MoveRefused(_("It is past its day; an opinion would come too late."))
    # One update holds the row until the end: nobody answers it, and nobody else makes it a leading one, meanwhile.
    mine = Assignment.objects.filter(pk=assignment.pk, state__in=RUNNING, part__in=(Part.SOLE, Part.LEAD))
    if mine.update(part=Part.LEAD) != 1:
        assignment.refresh_from_db()
        raise workflow.MoveRefused(workflow.refusal(assignment))
    assignment.part = Part.LEAD
    if unit.pk == assignment.unit_id:
        raise workflow.MoveRefused(_("“%(unit)s” has a part in this already.") % {"unit": unit})
    origin = Origin(
        OriginKind(assignment.origin_kind),
        assignment.origin_title,
        place=assignment.origin_place,
        topic=assignment.origin_topic,
        area=assignment.area,
        brand=assignment.brand,
        group=assignment.group,
    )
    words = {"committee": assignment.committee, "title": assignment.title, "request": request, "by": by}
    try:
        with transaction.atomic():
            opinion = _ask_to_assist(assignment, unit=unit, origin=origin, on=on, **words)
    except IntegrityError as taken:
        raise workflow.MoveRefused(_("“%(unit)s” has a part in this already.") % {"unit": unit}) from taken
    write_step(assignment, "add_part", by=by, note=str(unit))
    return opinion


def _ask_to_assist(lead: Assignment, *, unit: Unit, origin: Origin, on: date, **words: Any) -> Assignment:
    """Hand a unit the part of an assisting one: its opinion goes to the leading unit, not to whoever raised it."""
    last = lead.due_on if due_day(lead.committee, "assist", on=on).on > lead.due_on else None
    origin = replace(origin, raised_by=None)
    return hand_over(
        unit=unit, rule="assist", origin=origin, on=on, due_on=last, part=Part.ASSIST, part_of=lead, **words
    )
