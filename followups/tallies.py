"""Tallies: the numbers behind the board, counted in the database each time they are asked for.

Nothing is kept: a year of a committee is a few thousand entries of one index, so counting is cheaper than knowing when
a kept number has become untrue. The SQL of each question is written once (`kit.prepared`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast, Substr

from kit.figures import Definition
from kit.prepared import Prepared
from kit.tenancy import every_committee
from members.models import Committee

from . import figures, questions
from .models import Assignment, AssignmentStep
from .models.querysets import start_of

HEAD = (*figures.BOARD, figures.OPEN, figures.NO_ANSWER, figures.UNSATISFIED)
# What a table of the board may be split by: its key, and the column.
DIMENSIONS = {
    "unit": "unit_id",
    "station": "origin_place",
    "topic": "origin_topic",
    "month": "month",
    "level": "level",
}
LONG = ("station", "topic")  # there may be hundreds, so the database sorts and cuts them
NARROWED_BY = ("unit", "brand", "group")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Chosen:
    """What a board is about: handed over from `first` on and before `after`, of one unit, brand, group, or of all.

    `year` is the year it is, None for a term.
    """

    first: date
    after: date
    year: int | None = None
    unit: int | None = None
    brand: int | None = None
    group: int | None = None

    @classmethod
    def of_year(cls, year: int, **narrowed: int | None) -> Chosen:
        """Return the choice of one year."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1), year, **narrowed)

    @property
    def narrowed(self) -> dict[str, int]:
        """What it is narrowed to, as wishes of the list."""
        return {name: value for name in NARROWED_BY if (value := getattr(self, name))}

    @property
    def period(self) -> dict[str, Any]:
        """Its period, as wishes of the list."""
        return {"year": self.year} if self.year else {"from": self.first.isoformat(), "before": self.after.isoformat()}


@dataclass(frozen=True)
class Tally:
    """Counts by column: of each month, of each line of the table, and what stands beside them."""

    months: dict[str, dict[str, int]]
    lines: list[tuple[Any, dict[str, int]]]
    closed: dict[str, int]  # struck off, by the month of that
    earlier: int
    moved: dict[str, int]
    stages: dict[str, tuple[int, float | None]]  # of each stage: how many rows, and the mean in days


def count(
    committee: Committee, chosen: Chosen, *, on: date, since: date, by: str = "unit", most: int | None = None
) -> Tally:
    """Return the tally of what was chosen as it is now; `most` lines at most where there may be hundreds."""
    period = (chosen.first, chosen.after)
    months = dict(lines(committee, chosen, on=on, by="month"))
    return Tally(
        months=months,
        lines=list(months.items()) if by == "month" else lines(committee, chosen, on=on, by=by, most=most),
        closed=dict(_ask("closed", committee, chosen, *period)),
        earlier=sum(row[0] for row in _ask("earlier", committee, chosen, chosen.first)),
        moved=dict(_ask("moved", committee, chosen, start_of(since))),
        stages=_stages(next(iter(_ask("stages", committee, chosen, *period)), None)),
    )


def lines(committee: Committee, chosen: Chosen, *, on: date, by: str, most: int | None = None) -> list:
    """Return (key, counts by column) of each line of one of the board's tables."""
    rows = _ask(by, committee, chosen, chosen.first, chosen.after, on, most=most if by in LONG else None)
    return [(row[0], _named(HEAD if by == "month" else figures.BOARD, row[1:])) for row in rows]


def sums(committee: Committee, chosen: Chosen, *, on: date) -> dict[str, int]:
    """Return what is told to committees above, as it is now."""
    rows = _ask("sums", committee, chosen, chosen.first, chosen.after, on)
    return _named(figures.SUMS, rows[0] if rows else [0] * len(figures.SUMS))


def units(committee: Committee, chosen: Chosen, *, on: date) -> list[tuple[int, dict[str, int], dict]]:
    """Return of each unit its key, its counts by column of the units' table, and its stages."""
    wide = len(figures.UNITS)
    return [
        (row[0], _named(figures.UNITS, row[1 : 1 + wide]), _stages(row[1 + wide :]))
        for row in _ask("units", committee, chosen, chosen.first, chosen.after)
    ]


def reddest(committee: Committee, chosen: Chosen, *, most: int, on: date) -> list[Assignment]:
    """Return the open ones that are longest overdue, or due next, of any year; with their light and days on a day."""
    narrowed = chosen.narrowed
    found = _question("reddest", tuple(narrowed), most).rows(committee.pk, *narrowed.values())
    for thing in found:
        thing.light, thing.days_left = thing.light_on(on), (thing.due_on - on).days
    return found


def columns(definitions: Sequence[Definition], on: date) -> dict[str, Any]:
    """Return what is counted in each column, ready for annotate(): each asks as its definition says."""
    return {f"n_{each.key}": Count("pk", filter=each.ask(on)) for each in definitions if each.ask}


def _named(definitions: Sequence[Definition], counts: Sequence[int]) -> dict[str, int]:
    return {each.key: number for each, number in zip(definitions, counts, strict=True)}


def _stages(row: Sequence[Any] | None) -> dict[str, tuple[int, float | None]]:
    """Return rows and mean days of each stage from the counts and sums of a row."""
    row = row or [0] * 2 * len(figures.STAGES)
    found = {}
    for place, stage in enumerate(figures.STAGES):
        rows, total = row[2 * place], row[2 * place + 1]
        found[stage.days.key] = (rows, round(total / DAY / rows, 1) if rows else None)
    return found


def _ask(kind: str, committee: Committee, chosen: Chosen, *days: Any, most: int | None = None) -> list[tuple]:
    """Ask one of the prepared questions below, narrowed as chosen."""
    narrowed = chosen.narrowed
    return _question(kind, tuple(narrowed), most).values(committee.pk, *narrowed.values(), *days)


@cache
def _question(kind: str, narrowed: tuple[str, ...], most: int | None) -> Prepared:
    """Return the question of a kind, written for what it is narrowed by."""
    ask = _KINDS.get(kind, _by)
    days, moments = _TAKES.get(kind, (3, 0))

    def build(*arguments: Any) -> QuerySet:
        keys, times = arguments[: 1 + len(narrowed)], arguments[1 + len(narrowed) :]
        own = {"committee_id": keys[0], **dict(zip((f"{name}_id" for name in narrowed), keys[1:], strict=True))}
        with every_committee(because="the question itself names the committee"):
            if kind == "moved":
                steps = {name if name == "committee_id" else f"thing__{name}": key for name, key in own.items()}
                return _moved(AssignmentStep.objects.filter(**steps).order_by(), *times)
            return ask(Assignment.objects.filter(**own).order_by(), kind, most, *times)

    return Prepared(build, keys=1 + len(narrowed), days=days, moments=moments)


def _by(mine: Any, kind: str, most: int | None, first: date, after: date, on: date) -> QuerySet:
    """Count what was handed over in a period, by one dimension; long tables begin with the worst."""
    counted = columns(HEAD if kind == "month" else figures.BOARD, on)
    extra = {"month": _month("handed_over_on")} if kind == "month" else {}
    found = mine.filter(questions.handed_over_between(first, after)).annotate(**extra)
    if kind not in LONG:
        return found.values(DIMENSIONS[kind]).annotate(**counted).values_list(DIMENSIONS[kind], *counted)
    still_open = {"n_open": Count("pk", filter=questions.is_open())}
    found = found.values(DIMENSIONS[kind]).annotate(**counted, **still_open)
    worst_first = ("-n_overdue", "-n_open", "-n_total", DIMENSIONS[kind])
    return found.order_by(*worst_first).values_list(DIMENSIONS[kind], *counted)[:most]


def _closed(mine: Any, kind: str, most: int | None, first: date, after: date) -> QuerySet:
    """Count what was struck off, by the month of that."""
    found = mine.filter(figures.CLOSED_IN_MONTH.ask(first), closed_on__gte=first, closed_on__lt=after)
    return found.annotate(month=_month("closed_on")).values("month").annotate(n=Count("pk")).values_list("month", "n")


def _earlier(mine: Any, kind: str, most: int | None, first: date) -> QuerySet:
    """Count what is open from before a period."""
    found = mine.filter(figures.OPEN_BEFORE.ask(first), handed_over_on__lt=first)
    return found.annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values_list("n")


def _reddest(mine: Any, kind: str, most: int | None) -> QuerySet:
    """The open ones with the reddest first, as far as the board shows them."""
    shown = ("title", "state", "due_on", "blue_on", "yellow_on", "next_milestone_on", "unit__name")
    return mine.open().select_related("unit").only(*shown).reddest_first()[:most]


def _moved(steps: Any, since: Any) -> QuerySet:
    """Count the assignments that were moved, by verb."""
    found = steps.filter(at__gte=since).values("verb").annotate(n=Count("thing", distinct=True))
    return found.values_list("verb", "n")


def _stage_columns() -> dict[str, Any]:
    """Return how many rows have passed each stage, and how long they took together."""
    counted: dict[str, Any] = {}
    for stage in figures.STAGES:
        took = ExpressionWrapper(F(stage.end) - F(stage.begin), output_field=DurationField())
        counted[f"n_{stage.rows.key}"] = Count("pk", filter=stage.passed)
        counted[f"n_{stage.days.key}"] = Sum(took, filter=stage.passed)
    return counted


def _all_stages(mine: Any, kind: str, most: int | None, first: date, after: date) -> QuerySet:
    """Count the stages of everything handed over in a period."""
    counted = _stage_columns()
    found = mine.filter(questions.handed_over_between(first, after)).annotate(one=Value(1)).values("one")
    return found.annotate(**counted).values_list(*counted)


def _units(mine: Any, kind: str, most: int | None, first: date, after: date) -> QuerySet:
    """Count by unit what units are looked at by; none of it depends on the day."""
    counted = {**columns(figures.UNITS, first), **_stage_columns()}
    found = mine.filter(questions.handed_over_between(first, after)).values("unit_id")
    return found.annotate(**counted).values_list("unit_id", *counted)


def _sums(mine: Any, kind: str, most: int | None, first: date, after: date, on: date) -> QuerySet:
    """Count what is told to committees above."""
    counted = columns(figures.SUMS, on)
    found = mine.filter(questions.handed_over_between(first, after)).annotate(one=Value(1)).values("one")
    return found.annotate(**counted).values_list(*counted)


def _month(field: str) -> Substr:
    return Substr(Cast(field, TextField()), 1, 7)


_KINDS = {
    "reddest": _reddest,
    "closed": _closed,
    "earlier": _earlier,
    "stages": _all_stages,
    "units": _units,
    "sums": _sums,
}
_TAKES = {"reddest": (0, 0), "closed": (2, 0), "earlier": (1, 0), "moved": (0, 1), "stages": (2, 0), "units": (2, 0)}
