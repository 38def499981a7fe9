"""Sessions with their outcomes (协商议事会 + 协商成果): taken over with the days on which things really happened."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.sheets import SheetError, parse_rows, read_table
from members.calendars import calendar_for
from members.importing import BadRow, ImportKind, Reading, on_sheet
from members.models import Committee, Person

from .checks import check_outcomes, check_sessions
from .known import Known
from .sheets import OUTCOME_COLUMNS, OUTCOME_SHEET, SESSION_COLUMNS, SESSION_SHEET
from .writing import write_sessions


def read_sessions(content: bytes, filename: str, committee: Committee) -> Reading:
    """Look through sessions and their outcomes: a workbook with both sheets, or a text table of sessions.

    Writes nothing. Raises SheetError for a file that is no table.
    """
    now = timezone.now()
    first = read_table(content, filename)
    table = first
    if first.sheets and first.sheet != SESSION_SHEET:
        if SESSION_SHEET not in first.sheets:
            reason = _("The file has none of these sheets: %(names)s") % {"names": SESSION_SHEET}
            return Reading(errors=[BadRow(0, "", reason)])
        table = read_table(content, filename, sheet=SESSION_SHEET)
    known = Known.of(committee)
    sessions = parse_rows(table, SESSION_COLUMNS)
    outcomes = None
    if OUTCOME_SHEET in first.sheets:
        try:
            outcomes = parse_rows(read_table(content, filename, sheet=OUTCOME_SHEET), OUTCOME_COLUMNS)
        except SheetError:  # nothing on it
            outcomes = None
    wrong = on_sheet(SESSION_SHEET, sessions.errors) + check_sessions(sessions.rows, known, committee, now=now)
    reading = Reading(
        errors=sorted(wrong, key=lambda error: error.line),
        notes=[f"{SESSION_SHEET}: {note}" for note in sessions.notices],
        counts={SESSION_SHEET: len(sessions.rows)},
    )
    if outcomes is not None:
        named = {row.values["reference"]: row for row in sessions.rows}
        wrong = on_sheet(OUTCOME_SHEET, outcomes.errors)
        wrong += check_outcomes(outcomes.rows, named, known, calendar_for(committee), now=now)
        reading.errors += sorted(wrong, key=lambda error: error.line)
        reading.notes += [f"{OUTCOME_SHEET}: {note}" for note in outcomes.notices]
        reading.counts[OUTCOME_SHEET] = len(outcomes.rows)
    chairs = {
        row.values["chair"] for row in sessions.rows if row.values["chair"] and not known.only(row.values["chair"])
    }
    if chairs:
        reading.notes.append(
            _("Chaired by people the committee does not know, kept as words: %(names)s")
            % {"names": "、".join(sorted(chairs))}
        )

    def write(by: Person | None) -> None:
        if reading.errors:
            raise ValueError("sessions with errors are not taken over")
        write_sessions(committee, sessions.rows, outcomes.rows if outcomes else [], known, by=by, now=now)

    reading.write = write
    return reading


SESSIONS = ImportKind(
    key="sessions",
    title=gettext_lazy("Sessions and outcomes"),
    help=gettext_lazy(
        "A workbook with the sheets 协商议事会 and 协商成果; sessions are told apart by 会议编号, outcomes name theirs."
    ),
    read=read_sessions,
    sheets=((SESSION_SHEET, SESSION_COLUMNS), (OUTCOME_SHEET, OUTCOME_COLUMNS)),
)
