"""Rows of the long lists, written in Python: as template nodes, thirty rows cost as much as the page around them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..models import Session, Topic
from ..timetable import Day, Entry, Timetable


def session_rows(sessions: Iterable[Session]) -> SafeString:
    """Return the rows of a list of sessions; `my_seat` of each is the reader's own seat or None."""
    path = reverse("consultations:session_list")
    time, place, form, state, answer = _words(
        _("Time"), _("Venue"), _("Form of consultation"), _("State"), _("Your answer")
    )
    return _joined(
        f'<tr><th scope="row"><a href="{path}{session.pk}/">{escape(session.title)}</a></th>'
        f'<td class="date" data-label="{time}">{session.when}</td>'
        f'<td data-label="{place}">{escape(session.where)}</td>'
        f'<td data-label="{form}">{escape(session.form.name)}</td>'
        f'<td data-label="{state}">{_pill(session)}</td>'
        + (f'<td data-label="{answer}">{_pill(session.my_seat)}</td></tr>' if session.my_seat else "<td></td></tr>")
        for session in sessions
    )


def topic_rows(topics: Iterable[Topic]) -> SafeString:
    """Return the rows of a list of topics."""
    path = reverse("consultations:topic_list")
    plan, form, leader, quarter, state = _words(
        _("Plan"), _("Form of consultation"), _("Led by"), _("Quarter"), _("State")
    )
    return _joined(
        f'<tr><th scope="row"><a href="{path}{topic.pk}/">{escape(topic.title)}</a>'
        f"<small>{escape(topic.get_source_display())}</small></th>"
        f'<td data-label="{plan}">{_line_of(topic)}</td>'
        f'<td data-label="{form}">{escape(str(topic.form or ""))}</td>'
        f'<td data-label="{leader}">{escape(topic.leader)}</td>'
        f'<td class="num" data-label="{quarter}">{topic.quarter or ""}</td>'
        f'<td data-label="{state}">{_pill(topic)}</td></tr>'
        for topic in topics
    )


def _line_of(topic: Topic) -> str:
    if topic.plan is None:
        return ""
    return f"{topic.plan.year}–{topic.line}" if topic.line else f"{topic.plan.year}"


def plan_rows(topics: Iterable[Topic]) -> SafeString:
    """Return the lines of a plan, with the units of each read already."""
    path = reverse("consultations:topic_list")
    form, leader, group, units, quarter, intended, state = _words(
        _("Form of consultation"),
        _("Led by"),
        _("Leading special committee"),
        _("Units"),
        _("Quarter"),
        _("Intended outcome"),
        _("State"),
    )
    return _joined(
        f'<tr><td class="num">{topic.line or ""}</td>'
        f'<th scope="row"><a href="{path}{topic.pk}/">{escape(topic.title)}</a></th>'
        f'<td data-label="{form}">{escape(str(topic.form or ""))}</td>'
        f'<td data-label="{leader}">{escape(topic.leader)}</td>'
        f'<td data-label="{group}">{escape(str(topic.lead_group or ""))}</td>'
        f'<td data-label="{units}">{escape("、".join(unit.name for unit in topic.units.all()))}</td>'
        f'<td data-label="{quarter}">{topic.quarter or ""}</td>'
        f'<td data-label="{intended}">{escape(topic.intended)}</td>'
        f'<td class="no-print" data-label="{state}">{_pill(topic)}</td></tr>'
        for topic in topics
    )


def month_rows(table: Timetable) -> SafeString:
    """Return the weeks of a month with what stands on each day."""
    path, (move,) = reverse("consultations:session_list"), _words(_("Move"))
    return _joined(f"<tr>{''.join(_month_day(day, path, move) for day in week)}</tr>" for week in table.weeks)


def _month_day(day: Day, path: str, move: str) -> str:
    marks = ["is-empty"] if not day.entries or day.is_off else []
    marks += ["is-off is-outside"] if day.is_off else []
    marks += ["is-today"] if day.is_today else []
    on = day.day.isoformat()
    return (
        f'<td class="{" ".join(marks)}" data-day="{on}"><time datetime="{on}">'
        f'<span class="visually-hidden">{on[:8]}</span>{day.day.day}</time>'
        f"{''.join(_month_entry(entry, path, move) for entry in day.entries)}</td>"
    )


def _month_entry(entry: Entry, path: str, move: str) -> str:
    words = f"<time>{entry.begins:%H:%M}</time> {escape(entry.title)}</a>"
    if not entry.url:
        return f'<div class="month-day"><a class="is-{entry.kind}">{words}</div>'
    link = f'<a class="is-{entry.kind} is-{entry.state}" href="{escape(entry.url)}"'
    if not entry.may_move:
        return f'<div class="month-day">{link}>{words}</div>'
    return (
        f'<div class="month-day">{link} draggable="true" data-move="{path}{entry.pk}/move/"'
        f' data-start="{entry.begins:%Y-%m-%dT%H:%M}" data-end="{entry.ends:%Y-%m-%dT%H:%M}">{words}'
        f'<a class="move" href="{path}{entry.pk}/move/">{move}<span class="visually-hidden"> {escape(entry.title)}'
        "</span></a></div>"
    )


def _pill(thing) -> str:
    return f'<span class="pill pill-{thing.tone}">{escape(thing.get_state_display())}</span>'


def _words(*words: str) -> list[str]:
    return [escape(word) for word in words]


def _joined(lines: Iterable[str]) -> SafeString:
    return mark_safe("".join(lines))  # noqa: S308 -- every word from a person went through escape
