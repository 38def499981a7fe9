"""The ladder: when whom is reminded, urged, supervised or named in a bulletin. Shipped rows, and how rows are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kit import deadlines
from kit.deadlines import Unit as ClockUnit
from kit.deadlines import WorkCalendar
from members.models import Committee

from .models import Assignment, LadderRung
from .states import Anchor, Rung, Told

WD, CD = ClockUnit.WD, ClockUnit.CD
CUSTOM = _("Custom of the committee")
COLOURS = _("Three-colour slips of a city: yellow when near, red when past, until it is done")


class Default(NamedTuple):
    """One rung as it is shipped."""

    key: str
    rung: Rung
    anchor: Anchor
    days: int
    unit: ClockUnit
    told: Told
    source: str | Promise


DEFAULTS = (
    Default("sign-1", Rung.REMIND, Anchor.SIGN_DUE, 1, WD, Told.UNIT, CUSTOM),
    Default("sign-3", Rung.REMIND, Anchor.SIGN_DUE, 3, WD, Told.UNIT_AND_OFFICE, CUSTOM),
    Default("due-7", Rung.REMIND, Anchor.DUE, -7, CD, Told.UNIT, CUSTOM),
    Default("due-3", Rung.REMIND, Anchor.DUE, -3, CD, Told.UNIT, CUSTOM),
    Default("due-1", Rung.REMIND, Anchor.DUE, -1, CD, Told.UNIT, CUSTOM),
    Default("overdue", Rung.REMIND, Anchor.DUE, 1, CD, Told.UNIT_AND_OFFICE, CUSTOM),
    Default("urge", Rung.URGE, Anchor.DUE, 7, CD, Told.UNIT_AND_OFFICE, COLOURS),
    Default("supervise", Rung.SUPERVISE, Anchor.DUE, 15, CD, Told.UNIT_OFFICE_AND_LEADERS, COLOURS),
    Default("bulletin", Rung.BULLETIN, Anchor.DUE, 30, CD, Told.UNIT_OFFICE_AND_LEADERS, COLOURS),
)


def install_ladder(committee: Committee, *, on: date) -> None:
    """Give the committee its first ladder, valid from `on`; rungs it has already are left alone."""
    LadderRung.objects.bulk_create(
        [
            LadderRung(committee=committee, valid_from=on, **(default._asdict() | {"source": str(default.source)}))
            for default in DEFAULTS
        ],
        ignore_conflicts=True,
    )


def rungs_of(committee: Committee, *, on: date) -> list[LadderRung]:
    """Return the rungs in force on a day, as they are climbed: of each the newest version, if it is in use."""
    newest: dict[str, LadderRung] = {}
    for rung in LadderRung.objects.filter(committee=committee, valid_from__lte=on).order_by("version"):
        newest[rung.key] = rung
    return sorted((rung for rung in newest.values() if rung.is_active), key=lambda rung: (rung.anchor, rung.days))


def day_of(rung: LadderRung, assignment: Assignment, *, calendar: WorkCalendar) -> date:
    """Return the day on which an assignment reaches a rung."""
    start = assignment.sign_due if rung.anchor == Anchor.SIGN_DUE else assignment.due_on
    if rung.unit == WD:
        return deadlines.add_workdays(start, rung.days, calendar=calendar)
    return start + timedelta(days=rung.days)


def highest(rungs: Iterable[LadderRung], assignment: Assignment, *, on: date, calendar: WorkCalendar):
    """Return the last rung reached by a day, and the day it was reached; None and the day it was due before the first.

    Days that were missed are not made up for one by one: only the highest rung is climbed.
    """
    reached = [(day_of(rung, assignment, calendar=calendar), rung) for rung in rungs]
    past = [(day, rung) for day, rung in reached if day <= on]
    if not past:
        return None, assignment.due_on
    day, rung = max(past, key=lambda pair: pair[0])
    return rung, day
