"""The list as a table to take away."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kit.sheets import Column, Sheet

from .models import Assignment, LookBack

MOST_ROWS = 5_000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def register(assignments: Sequence[Assignment]) -> Sheet:
    """Return the register of assignments as the list shows it; asks for `with_light` and `with_list_columns`."""
    columns = [
        Column("title", _("Item"), width=40),
        Column("unit", _("Handling unit"), width=22),
        Column("origin", _("Came from"), width=14),
        Column("place", _("Station"), width=18),
        Column("state", _("State"), width=10),
        Column("light", _("Light"), width=10),
        Column("handed_over_on", _("Handed over on"), width=12),
        Column("receipt", _("Receipt"), width=20),
        Column("signed_on", _("Signed for on"), width=12),
        Column("due_on", _("Answer due"), width=12),
        Column("answered_on", _("Answered on"), width=12),
        Column("closed_on", _("Struck off on"), width=12),
        Column("handler", _("Handler"), width=12),
    ]
    rows = (
        (
            assignment.title,
            assignment.unit.name,
            assignment.get_origin_kind_display(),
            assignment.origin_place,
            assignment.get_state_display(),
            assignment.light_word,
            assignment.handed_over_on,
            str(assignment.receipt) if hasattr(assignment, "receipt") else "",
            assignment.signed_on,
            assignment.due_on,
            assignment.answered_on,
            assignment.closed_on,
            assignment.handler,
        )
        for assignment in assignments
    )
    return Sheet(_("Follow-up register"), columns, rows)


def looks(found: Sequence[LookBack]) -> Sheet:
    """Return later looks as a table; asks for `with_list_columns`."""
    columns = [
        Column("title", _("Item"), width=40),
        Column("unit", _("Handling unit"), width=22),
        Column("place", _("Station"), width=18),
        Column("degree", _("Degree of solution"), width=16),
        Column("due_on", _("To be looked at by"), width=12),
        Column("done_on", _("Looked at on"), width=12),
        Column("finding", _("Finding"), width=10),
        Column("words", _("What was found"), width=40),
        Column("by", _("By"), width=12),
    ]
    rows = (
        (
            look.assignment.title,
            look.assignment.unit.name,
            look.assignment.origin_place,
            str(look.assignment.degree or ""),
            look.due_on,
            look.done_on,
            look.get_finding_display(),
            look.words,
            look.by.name if look.by else "",
        )
        for look in found
    )
    return Sheet(_("Register of later looks"), columns, rows)
