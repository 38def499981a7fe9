"""The board and what is printed or taken away of it: figures by their definitions, each with its rows' address.

Everything is counted by `tallies`; a figure knows the wishes that open exactly its rows in the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.db.models import DateField, IntegerField, QuerySet, Value
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.figures import Definition, Figure
from kit.prepared import Prepared
from kit.tenancy import every_committee
from members.access import Actor
from members.models import Brand, Committee, Group, Term, Unit

from . import figures, tallies
from .models import Assignment, AssignmentQuerySet
from .models.querysets import NO_STATION, NO_TOPIC, ORDINARY
from .states import OPEN, STEP_WORDS, Level
from .tallies import Chosen, Tally

WEEK = timedelta(days=7)
REDDEST = 5
YEARS = 6  # a term and the year before it
SPLIT_WORDS = {
    "unit": gettext_lazy("By unit"),
    "station": gettext_lazy("By station"),
    "topic": gettext_lazy("By topic"),
    "month": gettext_lazy("By month"),
    "level": gettext_lazy("By supervision"),
}
LINE_WORDS = {
    "unit": gettext_lazy("Handling unit"),
    "station": gettext_lazy("Station"),
    "topic": gettext_lazy("Topic"),
    "month": gettext_lazy("Month"),
    "level": gettext_lazy("Supervised by"),
}


@dataclass(frozen=True)
class Options:
    """What a board may be narrowed to: units, brands and groups by number and name, and the terms."""

    units: list[tuple[int, str]]
    brands: list[tuple[int, str]]
    groups: list[tuple[int, str]]
    terms: list[Term]


def _named_rows(committee: int) -> QuerySet:
    """Ask in one go for the names of everything a board may be narrowed to."""
    with every_committee(because="the question itself names the committee"):
        parts = [
            model.objects.filter(committee_id=committee)
            .annotate(what=Value(kind), place=Value(0, IntegerField()), begins=_no_day(), ends=_no_day())
            .order_by()
            .values_list("what", "pk", "name", "place", "begins", "ends")
            for kind, model in (("unit", Unit), ("brand", Brand), ("group", Group))
        ]
        terms = Term.objects.filter(committee_id=committee).annotate(what=Value("term"), name=Value("")).order_by()
        columns = terms.values_list("what", "pk", "name", "ordinal", "starts_on", "ends_on")
        return parts[0].union(*parts[1:], columns, all=True)


def _no_day() -> Value:
    return Value(date(2000, 1, 1), DateField())


NAMED = Prepared(_named_rows, keys=1)


def options_of(committee: Committee) -> Options:
    """Return what a board of the committee may be narrowed to; the newest term first."""
    found: dict[str, list] = {"unit": [], "brand": [], "group": [], "term": []}
    for kind, pk, name, number, first, last in sorted(NAMED.values(committee.pk)):
        entry = (pk, name) if kind != "term" else Term(pk=pk, ordinal=number, starts_on=first, ends_on=last)
        found[kind].append(entry)
    return Options(found["unit"], found["brand"], found["group"], found["term"][::-1])


@dataclass(frozen=True)
class Stage:
    """How long one stretch of the way takes on the mean, and of how many rows that is said."""

    days: Figure
    rows: Figure


def _cards(shown: Sequence[Figure]) -> SafeString:
    """Return figures as cards, as `_figure.html` draws one."""
    return mark_safe(  # noqa: S308 -- every word and address went through escape
        "".join(
            f'<a class="figure-card{" figure-card-" + each.tone if each.tone else ""}" href="{escape(each.url)}"'
            f' data-figure="{each.of.key}" title="{escape(str(each.of.words))}"><span>{escape(str(each.words))}</span>'
            f"<b>{each.count}</b></a>"
            for each in shown
        )
    )


def _cell(shown: Any, url: str) -> str:
    """Return a cell with a number that opens its rows; numbers and an address, which goes through escape."""
    return f'<td class="num{"" if shown else " is-nil"}"><a href="{escape(url)}">{shown}</a></td>'


@dataclass
class Line:
    """One unit, station, topic, month or level: what it has in each column."""

    key: Any
    name: str
    of: Sequence[Definition]
    counts: Mapping[str, int]
    opens: Sequence[str]  # the address of each column's rows, up to what names the line
    wish: str  # the wish of the list that names the line
    named: Any  # what the wish calls it
    stages: Sequence[Stage] = ()

    @cached_property
    def figures(self) -> list[Figure]:
        """Its count in each column, with the address of the rows; worked out only for lines that are shown."""
        tail = f"&{urlencode({self.wish: self.named})}"
        return [Figure(each, self.counts[each.key], url + tail) for each, url in zip(self.of, self.opens, strict=True)]

    @property
    def cells(self) -> SafeString:
        """Its figures as cells of a table; a board has some hundred of them."""
        return mark_safe("".join(_cell(figure.count, figure.url) for figure in self.figures))  # noqa: S308 -- see _cell

    @property
    def stage_cells(self) -> SafeString:
        """Its means as cells, each with the rows it is the mean of; asks for `stages`."""
        cells = (_cell(f"{stage.days.count} / {stage.rows.count}", stage.rows.url) for stage in self.stages)
        return mark_safe("".join(cells))  # noqa: S308 -- see _cell

    @property
    def worst_first(self) -> tuple:
        """What units are sorted by, as stations and topics are: most overdue, then most open, then most of all."""
        counts = self.counts
        still_open = sum(counts[f"is_{state}"] for state in OPEN)
        return (-counts["overdue"], -still_open, -counts["total"], self.name)


@dataclass(frozen=True)
class Board:
    """Everything the board shows of what was chosen."""

    chosen: Chosen
    by: str
    leading: list[Figure]  # the three numbers leaders ask for
    figures: list[Figure]
    lines: list[Line]
    trend: list[tuple[str, Figure, Figure]]  # month, handed over, struck off
    stages: list[Stage]
    moves: list[Figure]
    since: date
    reddest: list[Assignment]

    @property
    def heads(self) -> Sequence[Definition]:
        """What the columns of its table are called."""
        return figures.BOARD

    @property
    def leading_cards(self) -> SafeString:
        """The three numbers as cards."""
        return _cards(self.leading)

    @property
    def cards(self) -> SafeString:
        """The other figures that stand alone, as cards."""
        return _cards(self.figures)

    @property
    def move_lines(self) -> SafeString:
        """What changed, as lines of a list."""
        return mark_safe(  # noqa: S308 -- every word and address went through escape
            "".join(
                f'<li><a href="{escape(move.url)}" data-figure="{move.of.key}"><span>{escape(str(move.words))}</span>'
                f" <b>{move.count}</b></a></li>"
                for move in self.moves
            )
        )

    @property
    def trend_rows(self) -> SafeString:
        """The trend as rows of a table."""
        return mark_safe(  # noqa: S308 -- numbers, months, and addresses that went through escape
            "".join(
                f'<tr><th scope="row">{month}</th>{_cell(handed.count, handed.url)}'
                f"{_cell(closed.count, closed.url)}</tr>"
                for month, handed, closed in self.trend
            )
        )

    @property
    def all_figures(self) -> list[Figure]:
        """Every figure that stands alone, in the order of the page."""
        stages = [figure for stage in self.stages for figure in (stage.days, stage.rows)]
        return [*self.leading, *self.figures, *self.moves, *stages]


def list_url(**wishes: Any) -> str:
    """Return the address of the list with these wishes."""
    return f"{_list_address()}?{urlencode({name: value for name, value in wishes.items() if value})}"


@cache
def _list_address() -> str:
    """Return where the list is; a board asks for it sixty times."""
    return reverse("followups:list")


def opens(definition: Definition, **chosen: Any) -> str:
    """Return the address of exactly the rows a figure counts, among what was chosen."""
    return list_url(**definition.wishes, **chosen)


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


def years(on: date) -> range:
    """Return the years a board may be about, this one first."""
    return range(on.year, on.year - YEARS, -1)


def week_before(on: date) -> date:
    """Return the day since which the board tells what changed."""
    return on - WEEK


def board(
    committee: Committee, chosen: Chosen, *, on: date, options: Options, by: str = "unit", most: int | None = None
) -> Board:
    """Return the board of what was chosen, its table split by one dimension. For office and leaders.

    At most `most` lines where there may be hundreds: of stations and topics.
    """
    since = week_before(on)
    numbers = tallies.count(committee, chosen, on=on, since=since, by=by, most=most)
    here = {**chosen.period, **chosen.narrowed}
    sums = {each: sum(counts[each] for counts in numbers.months.values()) for each in _HEAD_KEYS}

    def figure(definition: Definition, tone: str = "") -> Figure:
        return Figure(definition, sums[definition.key], opens(definition, **here), tone=tone)

    before = Figure(
        figures.OPEN_BEFORE,
        numbers.earlier,
        opens(figures.OPEN_BEFORE, before=chosen.first.isoformat(), **chosen.narrowed),
    )
    moved = {"since": since.isoformat(), **chosen.narrowed}
    return Board(
        chosen=chosen,
        by=by,
        leading=[
            figure(figures.TOTAL),
            figure(figures.STATES[-1], "go"),
            figure(figures.OVERDUE, "bad" if sums["overdue"] else ""),
        ],
        figures=[
            figure(figures.OPEN),
            *(figure(each) for each in figures.STATES[:-1]),
            figure(figures.NO_ANSWER),
            figure(figures.UNSATISFIED),
            before,
        ],
        lines=table(numbers.lines, chosen, by=by, options=options),
        trend=_trend(numbers, chosen),
        stages=stages(numbers.stages, **here),
        moves=[
            Figure(figures.MOVED, numbers.moved.get(verb, 0), opens(figures.MOVED, moved=verb, **moved), word)
            for verb, word in STEP_WORDS.items()
        ],
        since=since,
        reddest=tallies.reddest(committee, chosen, most=REDDEST, on=on),
    )


_HEAD_KEYS = [each.key for each in (*figures.BOARD, figures.OPEN, figures.NO_ANSWER, figures.UNSATISFIED)]


def table(
    lines: Sequence[tuple[Any, Mapping[str, int]]],
    chosen: Chosen,
    *,
    by: str,
    options: Options,
    of: Sequence[Definition] = figures.BOARD,
) -> list[Line]:
    """Return the lines of a table: units with the worst first, months and levels in their order."""
    period = {} if by == "month" else chosen.period
    narrowed = {name: value for name, value in chosen.narrowed.items() if name != by}
    addresses = [opens(each, **period, **narrowed) for each in of]
    names = _names(by, options)
    found = []
    for key, counts in lines:
        name, named = names(key)
        found.append(Line(key, name, of, counts, addresses, by, named))
    if by == "unit" and of is figures.BOARD:
        found.sort(key=lambda line: line.worst_first)
    elif by in ("month", "level", "unit"):
        found.sort(key=lambda line: line.key)
    return found


def _names(by: str, options: Options) -> Any:
    """Return a function from the key of a line to its name and to what the wish calls it."""
    if by == "unit":
        names = dict(options.units)
        return lambda key: (names.get(key, str(key)), key)
    if by == "level":
        return lambda key: (str(Level(key).label), key or ORDINARY)
    nothing = {"station": (_("No station"), NO_STATION), "topic": (_("No topic"), NO_TOPIC)}.get(by)
    return lambda key: (key, key) if key else nothing


def stages(means: Mapping[str, tuple[int, float | None]], **here: Any) -> list[Stage]:
    """Return how long each stretch of the way takes; "–" where nothing has come so far."""
    found = []
    for stage in figures.STAGES:
        rows, mean = means[stage.days.key]
        url = opens(stage.rows, **here)
        found.append(Stage(Figure(stage.days, "–" if mean is None else mean, url), Figure(stage.rows, rows, url)))
    return found


def _trend(numbers: Tally, chosen: Chosen) -> list[tuple[str, Figure, Figure]]:
    """Return month by month what was handed over and what was struck off, whenever it had been handed over."""
    return [
        (
            month,
            Figure(
                figures.TOTAL,
                numbers.months[month]["total"] if month in numbers.months else 0,
                opens(figures.TOTAL, month=month, **chosen.narrowed),
            ),
            Figure(
                figures.CLOSED_IN_MONTH,
                numbers.closed.get(month, 0),
                opens(figures.CLOSED_IN_MONTH, closed_in=month, **chosen.narrowed),
            ),
        )
        for month in sorted({*numbers.months, *numbers.closed})
    ]
