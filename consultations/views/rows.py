"""Rows of the long lists, written in Python: as template nodes, thirty rows cost as much as the page around them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..models import Outcome, Participant, Session, Topic
from ..states import RsvpState, SessionState
from ..timetable import Day, Entry, Timetable

_LATE = ' class="is-late"'


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
    if topic.year is None:
        return ""
    return f"{topic.year}–{topic.line}" if topic.line else f"{topic.year}"


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


def outcome_rows(outcomes: Iterable[Outcome], *, propose: bool, linked: bool, lists: bool = False) -> SafeString:
    """Return the rows of what came out; with the way to a proposal and to what was handed over, or without.

    `lists` shows the way to a new task list. An outcome that has one brings it along with its measures.
    """
    kind, unit, due, state = _words(_("Kind"), _("Unit"), _("To be done by"), _("State"))
    create = _address("proposals:create") if propose else ""
    return _joined(
        f'<tr id="outcome-{outcome.number}"{_LATE if outcome.light == "red" else ""}>'
        f'<th scope="row">{outcome.number}. {escape(outcome.text)}{_small_print(outcome, create, lists=lists)}</th>'
        f'<td data-label="{kind}">'
        f'<span class="pill pill-{outcome.tone}">{escape(outcome.get_kind_display())}</span></td>'
        + (f'<td data-label="{unit}">{escape(str(outcome.unit))}</td>' if outcome.unit else "<td></td>")
        + (f'<td class="date" data-label="{due}">{_days(outcome)}</td>' if outcome.due_on else '<td class="date"></td>')
        + (f'<td data-label="{state}">{_handed(outcome, linked=linked)}</td>' if outcome.assignment else "<td></td>")
        + "</tr>"
        + (f'<tr><td colspan="5"><div>{_task_list(outcome.task_list)}</div></td></tr>' if outcome.task_list_id else "")
        for outcome in outcomes
    )


def _small_print(outcome: Outcome, create: str, *, lists: bool) -> str:
    parts = [f'<small class="pre-line">{escape(outcome.explanation)}</small>'] if outcome.explanation else []
    if create:
        link = f'<a href="{create}?outcome={outcome.pk}">{escape(_("Make it a proposal"))}</a>'
        parts.append(f'<small class="no-print">{link}</small>')
    if lists and not outcome.task_list_id:
        address = reverse("consultations:session_task_list", args=[outcome.session_id])
        link = f'<a href="{address}?outcome={outcome.pk}">{escape(_("Write a task list"))}</a>'
        parts.append(f'<small class="no-print">{link}</small>')
    return "".join(parts)


def _days(outcome: Outcome) -> str:
    """Return the day of the minutes, with the day the unit has now when it has moved since."""
    now = outcome.assignment.due_on if outcome.assignment else outcome.due_on
    moved = f"<small>{escape(_('now %(day)s') % {'day': now})}</small>" if now != outcome.due_on else ""
    return f"{outcome.due_on}{moved}"


def _task_list(task_list) -> str:
    """Return what became of an outcome through an instruction or a report: its meeting, its measures, their state."""
    parts = [escape(task_list.get_kind_display())]
    if task_list.is_open_to_reader:
        parts.append(f'<a href="{task_list.get_absolute_url()}">{escape(task_list.title)}</a>')
        parts += [escape(task_list.giver)] if task_list.giver else []
    if task_list.meeting_on:
        parts.append(escape(_("meeting on %(day)s") % {"day": task_list.meeting_on}))
    parts.append(escape(task_list.get_state_display()))
    measures = _joined(
        f'<li><a href="{task.get_absolute_url()}">{task.point}. {escape(task.title)}</a> {escape(task.unit.name)} '
        f"{_pill(task)}</li>"
        for task in task_list.measures
    )
    return f"<small>{' · '.join(parts)}</small>" + (f'<ul class="measures">{measures}</ul>' if measures else "")


def _handed(outcome: Outcome, *, linked: bool) -> str:
    assignment, light = outcome.assignment, outcome.light
    if assignment is None:
        return ""
    state = escape(assignment.get_state_display())
    if linked:
        state = f'<a href="{assignment.get_absolute_url()}">{state}</a>'
    if assignment.external_number:
        number = escape(_("Supervision number %(number)s") % {"number": assignment.external_number})
        state = f"{state} <small>{number}</small>"
    return f'{state} <span class="light light-{light}">{escape(str(light.label))}</span>' if light else state


def seat_lines(seats: Iterable[Participant], session: Session, *, reads: bool) -> SafeString:
    """Return who sits on a side as lines of a list: with their answer while it is asked for, then whether they came."""
    return _joined(f"<li><span>{_seat(seat, reads=reads)}</span>{_answer(seat, session)}</li>" for seat in seats)


def _seat(seat: Participant, *, reads: bool) -> str:
    parts = [str(seat), str(seat.unit) if seat.person and seat.unit else "", seat.side if reads else ""]
    return escape(" · ".join(part for part in parts if part))


def _answer(seat: Participant, session: Session) -> str:
    if session.is_held and seat.presence:
        return f"<small>{escape(seat.get_presence_display())}</small>"
    if session.is_held and seat.state == RsvpState.LEAVE_GRANTED:
        return f"<small>{escape(seat.get_state_display())}</small>"
    if session.state == SessionState.NOTIFIED and (seat.person_id or seat.unit_id):
        return f" {_pill(seat)}"
    return ""


def _address(name: str) -> str:
    """Return the address of a page of a room above, or "" where there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _pill(thing) -> str:
    return f'<span class="pill pill-{thing.tone}">{escape(thing.get_state_display())}</span>'


def _words(*words: str) -> list[str]:
    return [escape(word) for word in words]


def _joined(lines: Iterable[str]) -> SafeString:
    return mark_safe("".join(lines))  # noqa: S308 -- every word from a person went through escape
