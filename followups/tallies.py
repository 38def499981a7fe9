"""Tallies: the numbers behind the board, counted in the database and kept until somebody moves something.

Every move writes a step, so the number of the committee's last step says whether a tally is still true. A minute later
it is counted again in any case, for what is written past the moves (an import, a step whose transaction ended late).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Count, TextField
from django.db.models.functions import Cast, Substr

from members.models import Committee

from . import questions
from .models import Assignment, AssignmentStep
from .models.querysets import start_of
from .states import AssignmentState

KEPT = 60  # seconds
COLUMNS = ("total", *AssignmentState.values, "overdue")


@dataclass(frozen=True)
class Tally:
    """Rows of counts: by unit and month, and by station, the worst first; what is open from earlier years; moves."""

    by_unit_and_month: list[dict[str, Any]]
    by_station: list[dict[str, Any]]
    earlier: int
    moved: dict[str, int]


def tally(committee: Committee, *, on: date, year: int, since: date, unit: int | None, most: int | None) -> Tally:
    """Return the tally of a year, of one unit or of all; `most` stations at most. Kept as the module says."""
    last = AssignmentStep.objects.filter(committee=committee).order_by("-pk").values_list("pk", flat=True).first()
    key = f"followups:tally:{committee.code}:{on}:{year}:{since}:{unit}:{most}:{last}"
    kept = cache.get(key)
    if kept is None:
        kept = count(on=on, year=year, since=since, unit=unit, most=most)
        cache.set(key, kept, KEPT)
    return kept


def count(*, on: date, year: int, since: date, unit: int | None = None, most: int | None = None) -> Tally:
    """Count now: four queries in the scope of the committee."""
    seen = Assignment.objects.filter(unit_id=unit) if unit else Assignment.objects.all()
    in_year: Any = seen.filter(questions.handed_over_in(year)).order_by()
    month = Substr(Cast("handed_over_on", TextField()), 1, 7)
    still_open = Count("pk", filter=questions.is_open())
    by_station: Any = in_year.values("origin_place").annotate(**columns(on), still_open=still_open)
    steps = AssignmentStep.objects.filter(at__gte=start_of(since)).order_by()
    steps = steps.filter(thing__unit_id=unit) if unit else steps
    return Tally(
        by_unit_and_month=list(in_year.annotate(month=month).values("unit_id", "month").annotate(**columns(on))),
        by_station=list(by_station.order_by("-overdue", "-still_open", "-total", "origin_place")[:most]),
        earlier=seen.open().filter(handed_over_on__lt=date(year, 1, 1)).count(),
        moved=dict(steps.values_list("verb").annotate(Count("thing", distinct=True))),
    )


def columns(on: date) -> dict[str, Any]:
    """Return what is counted in each column of the board, ready for annotate()."""
    counted: dict[str, Any] = {"total": Count("pk")}
    for state in AssignmentState.values:
        counted[state] = Count("pk", filter=questions.is_in(state))
    counted["overdue"] = Count("pk", filter=questions.is_overdue(on))
    return counted
