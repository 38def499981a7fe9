"""The quarter report (季度工作情况): what was taken in, collected, solved and struck off, of one committee.

Every figure is a question with a day, so that its number and the rows behind it cannot differ. The numbers of several
committees are added with `added`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followups.models import Assignment
from kit.sheets import Column, Sheet
from members.models import Committee
from stations.models import Matter
from stations.states import Difficulty, MatterState

from .models import Outcome, Session, Speech
from .states import HELD

MOST_ROWS = 300
QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Figure:
    """One line of the report: its key, its name, the rows of a committee that count, and the day that counts."""

    key: str
    label: Any
    rows: Callable[[Committee], QuerySet]
    day: str
    has_time: bool = False

    def within(self, first: date, after: date) -> Q:
        """Return the condition that the day lies in a span, the last day left out."""
        begin, end = (_moment(first), _moment(after)) if self.has_time else (first, after)
        return Q(**{f"{self.day}__gte": begin, f"{self.day}__lt": end})


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _solved(committee: Committee) -> QuerySet:
    return Matter.objects.filter(committee=committee, state=MatterState.CLOSED)


FIGURES = (
    Figure("taken", gettext_lazy("Residents' matters taken in"), lambda of: Matter.objects.filter(committee=of),
           "received_on"),
    Figure("solved", gettext_lazy("Residents' matters solved"), _solved, "closed_on"),
    Figure("hard", gettext_lazy("Difficult matters solved"), lambda of: _solved(of).filter(difficulty=Difficulty.HARD),
           "closed_on"),
    Figure("sessions", gettext_lazy("Consultations held"),
           lambda of: Session.objects.filter(committee=of, state__in=HELD), "starts_at", has_time=True),
    Figure("speeches", gettext_lazy("Opinions said in consultations"),
           lambda of: Speech.objects.filter(committee=of, session__state__in=HELD).select_related(
               "session", "participant__person", "participant__unit"), "session__starts_at", has_time=True),
    Figure("outcomes", gettext_lazy("Consultation outcomes"),
           lambda of: Outcome.objects.filter(committee=of, session__state__in=HELD), "session__starts_at",
           has_time=True),
    Figure("handed", gettext_lazy("Handed over to units"), lambda of: Assignment.objects.filter(committee=of),
           "handed_over_on"),
    Figure("closed", gettext_lazy("Assignments struck off"),
           lambda of: Assignment.objects.filter(committee=of, state="closed"), "closed_on"),
)  # fmt: skip
BY_KEY = {figure.key: figure for figure in FIGURES}
# What was collected is what residents raised and what was said in consultations (收集意见建议).
COLLECTED = ("taken", "speeches")
COLLECTED_WORD = gettext_lazy("Opinions collected")


@dataclass(frozen=True)
class Quarter:
    """The numbers of one quarter."""

    number: int
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def collected(self) -> int:
        """Opinions collected: residents' matters and what was said in consultations."""
        return sum(self.counts[key] for key in COLLECTED)

    def plus(self, other: Quarter) -> Quarter:
        """Return both together."""
        return Quarter(self.number, {key: number + other.counts[key] for key, number in self.counts.items()})


def span(year: int, quarter: int) -> tuple[date, date]:
    """Return the first day of a quarter and the first day after it."""
    first = date(year, 3 * quarter - 2, 1)
    return first, date(year + 1, 1, 1) if quarter == 4 else date(year, 3 * quarter + 1, 1)


def quarters_of(committee: Committee, year: int) -> list[Quarter]:
    """Return the four quarters of one committee's year, one query for each figure.

    Says itself whose rows it counts, so it may be called in the scope of the committee or of every committee.
    """
    counts: dict[int, dict[str, int]] = {number: {} for number in QUARTERS}
    for figure in FIGURES:
        wanted: Any = {f"q{n}": Count("pk", filter=figure.within(*span(year, n))) for n in QUARTERS}
        whole = figure.within(date(year, 1, 1), date(year + 1, 1, 1))
        found = figure.rows(committee).filter(whole).order_by().aggregate(**wanted)
        for number in QUARTERS:
            counts[number][figure.key] = found[f"q{number}"]
    return [Quarter(number, numbers) for number, numbers in counts.items()]


def added(several: Iterable[list[Quarter]]) -> list[Quarter]:
    """Return the quarters of several committees added up."""
    total = [Quarter(number, dict.fromkeys(BY_KEY, 0)) for number in QUARTERS]
    for quarters in several:
        total = [one.plus(other) for one, other in zip(total, quarters, strict=True)]
    return total


def rows_behind(committee: Committee, key: str, *, year: int, quarter: int) -> list[Any]:
    """Return the rows behind a figure, the first in time first, at most 300; "collected" are those of its parts."""
    rows: list[Any] = []
    for part in COLLECTED if key == "collected" else (key,):
        figure = BY_KEY[part]
        rows += (
            figure.rows(committee).filter(figure.within(*span(year, quarter))).order_by(figure.day, "pk")[:MOST_ROWS]
        )
    return rows[:MOST_ROWS]


def lines(quarters: list[Quarter]) -> list[tuple[str, Any, list[int], int]]:
    """Return the report line by line: key, name, the four numbers, and the year."""
    found = [(figure.key, figure.label, [one.counts[figure.key] for one in quarters]) for figure in FIGURES]
    found.append(("collected", COLLECTED_WORD, [one.collected for one in quarters]))
    return [(key, label, numbers, sum(numbers)) for key, label, numbers in found]


def sheet_of(quarters: list[Quarter], *, year: int) -> Sheet:
    """Return the report as a table."""
    columns = [
        Column("figure", _("Figure"), width=34),
        *(Column(f"q{n}", _("Q%(number)d") % {"number": n}, width=10) for n in QUARTERS),
        Column("year", _("Year"), width=10),
    ]
    rows = [(str(label), *numbers, total) for _key, label, numbers, total in lines(quarters)]
    return Sheet(_("Quarter report %(year)d") % {"year": year}, columns, rows)
