"""Figures: what became of what was handed over, by state, unit, station and month.

Every figure is counted by one of `questions` and knows the wishes that open exactly its rows in the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, TextField
from django.db.models.functions import Cast, Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from members.access import Actor
from members.models import Unit

from . import questions
from .models import Assignment, AssignmentQuerySet, AssignmentStep
from .models.assignments import NO_STATION, start_of
from .states import STEP_WORDS, AssignmentState, Show

WEEK = timedelta(days=7)
REDDEST = 5
COLUMNS = ("total", *AssignmentState.values, "overdue")


@dataclass(frozen=True)
class Figure:
    """A number and the address of the rows that make it."""

    count: int
    url: str
    label: Any = ""
    tone: str = ""


@dataclass
class Line:
    """One unit, station or month: what it has in each column."""

    key: Any
    name: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COLUMNS, 0))
    figures: list[Figure] = field(default_factory=list)

    def add(self, row: dict[str, Any]) -> None:
        """Add the counts of a row that belongs to this line."""
        for column in COLUMNS:
            self.counts[column] += row[column]

    @property
    def worst_first(self) -> tuple:
        """What tables are sorted by: most overdue, then most open, then most of all."""
        counts = self.counts
        still_open = counts["total"] - counts[AssignmentState.ANSWERED] - counts[AssignmentState.CLOSED]
        return (-counts["overdue"], -still_open, -counts["total"], self.name)


@dataclass(frozen=True)
class Board:
    """Everything the board shows for one year, and one unit or all."""

    year: int
    figures: list[Figure]
    units: list[Line]
    stations: list[Line]
    months: list[Line]
    moves: list[Figure]
    since: date
    reddest: list[Assignment]


def counts(on: date) -> dict[str, Any]:
    """Return what is counted in each column of the board, ready for annotate()."""
    columns: dict[str, Any] = {"total": Count("pk")}
    for state in AssignmentState.values:
        columns[state] = Count("pk", filter=questions.is_in(state))
    columns["overdue"] = Count("pk", filter=questions.is_overdue(on))
    return columns


def wishes_of(column: str) -> dict[str, str]:
    """Return the wishes by which the list shows the rows counted in a column."""
    if column == "total":
        return {"show": Show.ALL.value}
    if column == "overdue":
        return {"show": Show.OVERDUE.value}
    return {"show": Show.ALL.value, "state": column}


def list_url(**wishes: Any) -> str:
    """Return the address of the list with these wishes."""
    return f"{reverse('followups:list')}?{urlencode({name: value for name, value in wishes.items() if value})}"


def units_of(actor: Actor) -> list[tuple[int, str]]:
    """Return the units a person may narrow lists to: all for office and leaders, an officer's own."""
    units = Unit.objects.filter(committee=actor.committee)
    if not actor.sees_all:
        if len(actor.unit_ids) < 2:
            return []
        units = units.filter(pk__in=actor.unit_ids)
    return list(units.order_by("pk").values_list("pk", "name"))


def stations_in(assignments: AssignmentQuerySet) -> list[str]:
    """Return the names of the stations the assignments came from, as written on their slips."""
    names = assignments.exclude(origin_place="").order_by("origin_place").values_list("origin_place", flat=True)
    return list(names.distinct())


def board(*, on: date, year: int, units: Iterable[tuple[int, str]], unit: int | None = None) -> Board:
    """Return the board of a year: five queries, grouped in the database. For office and leaders, who see all.

    `units` are the units by number and name, `unit` narrows everything to one of them.
    """
    seen = Assignment.objects.filter(unit_id=unit) if unit else Assignment.objects.all()
    in_year = seen.filter(questions.handed_over_in(year)).order_by()
    month = Substr(Cast("handed_over_on", TextField()), 1, 7)
    by_unit_and_month = in_year.annotate(month=month).values("unit_id", "month").annotate(**counts(on))
    by_station = in_year.values("origin_place").annotate(**counts(on))

    total = Line(None, "")
    of_unit = {pk: Line(pk, name) for pk, name in units}
    of_month = {key: Line(key, key) for key in (f"{year}-{number:02d}" for number in range(1, 13))}
    for row in by_unit_and_month:
        total.add(row)
        of_unit[row["unit_id"]].add(row)
        of_month[row["month"]].add(row)
    stations = []
    for row in by_station:
        place = row["origin_place"]
        stations.append(Line(place or NO_STATION, place or _("No station")))
        stations[-1].add(row)

    chosen = {"unit": unit}
    _open_figures([total], chosen | {"year": year})
    _open_figures(of_unit.values(), {"year": year}, "unit")
    _open_figures(stations, chosen | {"year": year}, "station")
    _open_figures(of_month.values(), chosen, "month")
    since = on - WEEK
    return Board(
        year=year,
        figures=[*headlines(total, year, chosen), _earlier(seen, year, chosen)],
        units=sorted((line for line in of_unit.values() if line.counts["total"]), key=lambda line: line.worst_first),
        stations=sorted(stations, key=lambda line: line.worst_first),
        months=[line for line in of_month.values() if line.counts["total"]],
        moves=moves_since(since, unit=unit),
        since=since,
        reddest=list(seen.open().with_light(on=on).with_list_columns().reddest_first()[:REDDEST]),
    )


def moves_since(since: date, *, unit: int | None = None) -> list[Figure]:
    """Return how many assignments were moved by each verb on or after a day."""
    steps = AssignmentStep.objects.filter(at__gte=start_of(since)).order_by()
    steps = steps.filter(thing__unit_id=unit) if unit else steps
    moved = dict(steps.values_list("verb").annotate(Count("thing", distinct=True)))
    wishes = {"show": Show.ALL.value, "since": since.isoformat(), "unit": unit}
    return [Figure(moved.get(verb, 0), list_url(moved=verb, **wishes), word) for verb, word in STEP_WORDS.items()]


def headlines(total: Line, year: int, chosen: dict[str, Any]) -> list[Figure]:
    """Return the figures at the head of the board; what has a receipt and no answer is one of them."""
    words = dict(zip(COLUMNS, column_words(), strict=True))
    found = [
        Figure(figure.count, figure.url, words[column], "bad" if column == "overdue" and figure.count else "")
        for column, figure in zip(COLUMNS, total.figures, strict=True)
    ]
    silent = total.counts[AssignmentState.SIGNED] + total.counts[AssignmentState.IN_HAND]
    url = list_url(show=Show.NO_ANSWER.value, year=year, **chosen)
    return [*found, Figure(silent, url, Show.NO_ANSWER.label)]


def column_words() -> list[str]:
    """Return what the columns of the board are called."""
    return [_("Handed over in all"), _("To be signed for"), *AssignmentState.labels[1:], _("Overdue")]


def _earlier(seen: AssignmentQuerySet, year: int, chosen: dict[str, Any]) -> Figure:
    """Return what was handed over before the year and is still open; the figures of the year do not hold it."""
    before = date(year, 1, 1)
    count = seen.open().filter(handed_over_on__lt=before).count()
    return Figure(
        count, list_url(show=Show.OPEN.value, before=before.isoformat(), **chosen), _("Open from earlier years")
    )


def _open_figures(lines: Iterable[Line], chosen: dict[str, Any], name: str = "") -> None:
    """Give every line its figures, each opening to its rows."""
    heads = [(column, list_url(**wishes_of(column), **chosen)) for column in COLUMNS]
    for line in lines:
        tail = f"&{urlencode({name: line.key})}" if name else ""
        line.figures = [Figure(line.counts[column], head + tail) for column, head in heads]
