"""Rows of the two long lists, written in Python: in a template thirty rows cost as much as the page around."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..models.matters import light_of
from ..states import MATTER_TONES, VISIT_TONES, Difficulty, Direction, MatterState, VisitState
from .pages import words_of

# What is in double braces is the same in every row and filled in once; the rest is escaped for each row.
VISIT = (
    '<tr><th scope="row" class="date"><a href="{{path}}{pk}/">{day}</a></th>'
    '<td data-label="{{station}}">{station}</td>'
    '<td data-label="{{where}}">{direction}</td>'
    '<td class="num" data-label="{{times}}">{times}</td>'
    '<td data-label="{{by}}">{by}</td>'
    '<td data-label="{{state}}"><span class="pill pill-{tone}">{state}</span></td></tr>'
)
MATTER = (
    '<tr{late}><td class="num" data-label="{{number}}">{year}-{number}</td>'
    '<th scope="row"><a href="{{path}}{pk}/">{subject}</a><small>{day}</small></th>'
    '<td data-label="{{station}}">{station}</td>'
    '<td data-label="{{difficulty}}">{difficulty}</td>'
    '<td data-label="{{owner}}">{owner}{unit}</td>'
    '<td class="date" data-label="{{due}}">{due}</td>'
    '<td data-label="{{state}}"><span class="pill pill-{tone}">{state}</span></td></tr>'
)


def visit_rows(rows: Iterable[dict[str, Any]]) -> SafeString:
    """Return the rows of a list of visits, from `Visit.objects.with_list_columns()`."""
    states, directions = words_of(VisitState.choices), words_of(Direction.choices)
    weekdays = {number: str(word) for number, word in WEEKDAYS_ABBR.items()}
    line = _with_words(
        VISIT,
        path=reverse("stations:visit_list"),
        station=_("Station"),
        where=_("Where"),
        times=_("Person-times"),
        by=_("Logged by"),
        state=_("State"),
    )
    return _joined(
        line.format(
            pk=row["pk"],
            day=f"{row['day']:%Y-%m-%d} {weekdays[row['day'].weekday()]}",
            station=escape(row["station__name"]),
            direction=directions[row["direction"]],
            times=row["person_times"],
            by=escape(row["logged_by__name"]),
            tone=VISIT_TONES[row["state"]],
            state=states[row["state"]],
        )
        for row in rows
    )


def matter_rows(rows: Iterable[dict[str, Any]], *, on) -> SafeString:
    """Return the rows of the ledger, from `Matter.objects.with_list_columns()`, as they stand on the day `on`."""
    states, difficulties = words_of(MatterState.choices), words_of(Difficulty.choices)
    line = _with_words(
        MATTER,
        path=reverse("stations:matter_list"),
        number=_("No."),
        station=_("Station"),
        difficulty=_("Difficulty"),
        owner=_("Named person"),
        due=_("Answer promised by"),
        state=_("State"),
    )
    return _joined(_matter(line, row, states, difficulties, on=on) for row in rows)


def _matter(line, row, states, difficulties, *, on):
    light = light_of(row["state"], row["due_on"], on=on)
    due = row["due_on"].isoformat() if row["due_on"] else ""
    unit = row["assignment__unit__name"]
    return line.format(
        late=' class="is-late"' if light == "red" else "",
        pk=row["pk"],
        year=row["year"],
        number=row["number"],
        subject=escape(row["subject"]),
        day=row["received_on"].isoformat(),
        station=escape(row["station__name"]),
        difficulty=difficulties.get(row["difficulty"], ""),
        owner=escape(row["owner__name"] or ""),
        unit=f"<small>{escape(unit)}</small>" if unit else "",
        due=f'<span class="light light-{light.value}">{due}</span>' if due and light and light != "done" else due,
        tone=MATTER_TONES[row["state"]],
        state=states[row["state"]],
    )


def _with_words(line: str, *, path: str, **words: str) -> str:
    """Return a row's pattern with the words every row has; a brace in a translation stays a brace."""
    kept = {name: escape(word).replace("{", "{{").replace("}", "}}") for name, word in words.items()}
    for name, word in {"path": path, **kept}.items():
        line = line.replace("{{" + name + "}}", word)
    return line


def _joined(lines: Iterable[str]) -> SafeString:
    return mark_safe("".join(lines))  # noqa: S308 -- every word from a person went through escape
