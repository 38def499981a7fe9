"""The ledger of residents' matters as a table to take away (为民办实事台账)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from kit.sheets import Column, Sheet

from .models import Matter

MOST_ROWS = 5_000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def ledger(matters: Sequence[Matter], *, on: date) -> Sheet:
    """Return the ledger with its columns; asks for `with_ledger_columns`. Source: domain, form fields."""
    columns = [
        Column("number", _("No."), width=12),
        Column("received", _("Received on"), width=12),
        Column("source", _("Source"), width=12),
        Column("station", _("Station"), width=22),
        Column("area", _("Area"), width=14),
        Column("subject", _("Subject"), width=36),
        Column("difficulty", _("Difficulty"), width=10),
        Column("owner", _("Named person"), width=12),
        Column("helper", _("Unit"), width=24),
        Column("due", _("Answer promised by"), width=14),
        Column("state", _("State"), width=14),
        Column("measures", _("What was said"), width=40),
        Column("result", _("Answer to the resident"), width=40),
        Column("told", _("Told on"), width=12),
        Column("rating", _("Rating"), width=12),
        Column("closed", _("Closed on"), width=12),
        Column("light", _("Light"), width=10),
    ]
    return Sheet(_("Ledger of residents' matters"), columns, (_row(matter, on=on) for matter in matters))


def _row(matter: Matter, *, on: date) -> tuple:
    light = matter.light_on(on)
    return (
        f"{matter.year}-{matter.number:04}",
        matter.received_on,
        matter.get_channel_display(),
        matter.station.name,
        matter.area.name if matter.area else "",
        matter.subject,
        matter.get_difficulty_display() if matter.difficulty else "",
        matter.owner.name if matter.owner else "",
        matter.assignment.unit.name if matter.assignment else "",
        matter.due_on,
        matter.get_state_display(),
        matter.text,
        matter.answer,
        matter.answered_on,
        matter.get_rating_display() if matter.rating else "",
        matter.closed_on,
        str(light.label) if light else "",
    )
