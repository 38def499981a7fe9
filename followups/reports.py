"""Figures: what became of what was handed over, by state, unit, station and month.

Every figure is counted by `tallies`, which ask by `questions`, and knows the wishes that open exactly its rows in the
list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from members.access import Actor
from members.models import Unit

from .models import Assignment, AssignmentQuerySet
from .models.querysets import NO_STATION
from .states import SILENT, STEP_WORDS, AssignmentState, Show
from .tallies import COLUMNS, Tally

WEEK = timedelta(days=7)
REDDEST = 5


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
    opens: list[str]  # the address of each column's rows, up to what names the line
    wish: str = ""  # the wish of the list that names the line
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COLUMNS, 0))

    def add(self, row: Mapping[str, int]) -> None:
        """Add the counts of a row that belongs to this line."""
        for column in COLUMNS:
            self.counts[column] += row[column]

    @property
    def figures(self) -> list[Figure]:
        """Its count in each column, with the address of the rows; worked out only for lines that are shown."""
        tail = f"&{urlencode({self.wish: self.key})}" if self.wish else ""
        return [Figure(self.counts[column], url + tail) for column, url in zip(COLUMNS, self.opens, strict=True)]

    @property
    def cells(self) -> SafeString:
        """Its figures as cells of a table; a board has some two hundred and fifty of them."""
        return mark_safe(  # noqa: S308 -- numbers, and addresses that went through escape
            "".join(
                f'<td class="num{"" if figure.count else " is-nil"}">'
                f'<a href="{escape(figure.url)}">{figure.count}</a></td>'
                for figure in self.figures
            )
        )

    @property
    def worst_first(self) -> tuple:
        """What units are sorted by, as stations are: most overdue, then most open, then most of all."""
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


def week_before(on: date) -> date:
    """Return the day since which the board tells what changed."""
    return on - WEEK


def board(numbers: Tally, *, on: date, year: int, units: Iterable[tuple[int, str]], unit: int | None = None) -> Board:
    """Return the board of a year from its tally. For office and leaders, who see all.

    `units` are the units by number and name, `unit` narrows everything to one of them.
    """
    chosen = {"unit": unit}
    in_this_year, in_any, of_any_unit = _opens(year=year, **chosen), _opens(**chosen), _opens(year=year)
    of_unit = {pk: Line(pk, name, of_any_unit, "unit") for pk, name in units}
    of_month = {key: Line(key, key, in_any, "month") for key in (f"{year}-{number:02d}" for number in range(1, 13))}
    for row in numbers.by_unit_and_month:
        of_unit[row["unit_id"]].add(row)
        of_month[row["month"]].add(row)
    total = Line(None, "", in_this_year)
    for line in of_month.values():
        total.add(line.counts)
    stations = []
    for row in numbers.by_station:
        place = row["origin_place"]
        stations.append(Line(place or NO_STATION, place or _("No station"), in_this_year, "station"))
        stations[-1].add(row)

    since = week_before(on)
    before = date(year, 1, 1).isoformat()
    earlier = list_url(show=Show.OPEN.value, before=before, **chosen)
    moves = {"show": Show.ALL.value, "since": since.isoformat(), **chosen}
    seen = Assignment.objects.filter(unit_id=unit) if unit else Assignment.objects.all()
    return Board(
        year=year,
        figures=[*headlines(total, year, chosen), Figure(numbers.earlier, earlier, _("Open from earlier years"))],
        units=sorted((line for line in of_unit.values() if line.counts["total"]), key=lambda line: line.worst_first),
        stations=stations,
        months=[line for line in of_month.values() if line.counts["total"]],
        moves=[
            Figure(numbers.moved.get(verb, 0), list_url(moved=verb, **moves), word) for verb, word in STEP_WORDS.items()
        ],
        since=since,
        reddest=list(seen.open().with_light(on=on).with_list_columns().reddest_first()[:REDDEST]),
    )


def headlines(total: Line, year: int, chosen: dict[str, Any]) -> list[Figure]:
    """Return the figures at the head of the board; what has a receipt and no answer is one of them."""
    words = dict(zip(COLUMNS, column_words(), strict=True))
    found = [
        Figure(figure.count, figure.url, words[column], "bad" if column == "overdue" and figure.count else "")
        for column, figure in zip(COLUMNS, total.figures, strict=True)
    ]
    silent = sum(total.counts[state] for state in SILENT)
    url = list_url(show=Show.NO_ANSWER.value, year=year, **chosen)
    return [*found, Figure(silent, url, Show.NO_ANSWER.label)]


def column_words() -> list[str]:
    """Return what the columns of the board are called."""
    return [_("Handed over in all"), _("To be signed for"), *map(str, AssignmentState.labels[1:]), _("Overdue")]


def _opens(**chosen: Any) -> list[str]:
    """Return the address of the list for each column."""
    return [list_url(**wishes_of(column), **chosen) for column in COLUMNS]
