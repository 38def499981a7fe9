"""Tables of the consultations room that leave as files."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kit.sheets import Column, Sheet

from .models import Plan, Session
from .reports import standpoints

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def outcomes_of(session: Session) -> Sheet:
    """Return what came out of a session as one table: outcomes, consensus, reserved views, positions; none is lost."""
    columns = [
        Column("part", _("Part"), width=14),
        Column("number", _("No."), width=6),
        Column("text", _("Text"), width=60),
        Column("whose", _("Whose, or unit"), width=24),
        Column("kind", _("Kind"), width=14),
        Column("due_on", _("To be done by"), width=14),
        Column("state", _("State"), width=12),
        Column("explanation", _("Explanation"), width=40),
        Column("external", _("Supervision number"), width=20),
    ]
    rows: list[tuple] = [
        (
            _("Outcome"),
            outcome.number,
            outcome.text,
            str(outcome.unit or ""),
            outcome.get_kind_display(),
            outcome.due_on,
            outcome.assignment.get_state_display() if outcome.assignment else "",
            outcome.explanation,
            outcome.assignment.external_number if outcome.assignment else "",
        )
        for outcome in session.outcomes.select_related("unit", "assignment")
    ]
    rows += [
        (_("Consensus"), point.number, point.text, "", "", None, "", "", "")
        for point in session.consensus.order_by("number")
    ]
    reserved = session.reserved.select_related("participant__person", "participant__unit")
    rows += [
        (_("Reserved view"), number, view.text, str(view.participant or ""), "", None, "", "", "")
        for number, view in enumerate(reserved, 1)
    ]
    rows += [
        (
            _("Standpoint"),
            number,
            seat.position,
            f"{seat.side}: {seat}" if seat.side else str(seat),
            "",
            None,
            "",
            "",
            "",
        )
        for number, seat in enumerate(standpoints(session.participants.with_names()), 1)
    ]
    return Sheet(_("Consultation outcomes"), columns, rows)


def plan_lines(plan: Plan) -> Sheet:
    """Return a year's plan as the table of its lines."""
    columns = [
        Column("line", _("No."), width=6),
        Column("title", _("Topic"), width=50),
        Column("form", _("Form of consultation"), width=24),
        Column("source", _("Source"), width=20),
        Column("leader", _("Led by"), width=14),
        Column("lead_group", _("Leading special committee"), width=28),
        Column("units", _("Units"), width=40),
        Column("quarter", _("Quarter"), width=8),
        Column("intended", _("Intended outcome"), width=18),
        Column("state", _("State"), width=10),
    ]
    topics = plan.topics.by_line().select_related("form", "lead_group").prefetch_related("units")
    rows = [
        (
            topic.line,
            topic.title,
            str(topic.form or ""),
            topic.get_source_display(),
            topic.leader,
            str(topic.lead_group or ""),
            [unit.name for unit in topic.units.all()],
            topic.quarter,
            topic.intended,
            topic.get_state_display(),
        )
        for topic in topics
    ]
    return Sheet(str(plan), columns, rows)
