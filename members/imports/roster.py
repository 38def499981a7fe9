"""The roster workbook (名册): read whole, checked row by row, taken over at once."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.sheets import SheetError, Table, parse_rows, read_table

from ..importing import BadRow, ImportKind, Reading, on_sheet
from ..models import Committee, Person, Term
from .checks import CHECKS
from .known import known_to
from .sheets import MEMBERS, SHEETS
from .writing import write_roster


def read_roster(content: bytes, filename: str, committee: Committee) -> Reading:
    """Look through a roster: a workbook with any of the sheets, or a text table of members. Writes nothing.

    Every bad row is listed with sheet, line, column and reason. Raises SheetError for a file that is no table.
    """
    tables = _tables(content, filename)
    reading = Reading()
    if not Term.objects.filter(committee=committee, is_current=True).exists():
        reading.errors.append(BadRow(0, "", _("The committee has no current term; open one first.")))
    parsed = {sheet: parse_rows(tables[sheet], SHEETS[sheet]) for sheet in SHEETS if sheet in tables}
    known = known_to(committee, tables)
    for sheet, found in parsed.items():
        wrong = on_sheet(sheet, found.errors) + CHECKS[sheet](found.rows, known, committee)
        reading.errors += sorted(wrong, key=lambda error: error.line)
        reading.notes += [f"{sheet}: {note}" for note in found.notices]
        reading.counts[sheet] = len(found.rows)
    if not parsed:
        names = "、".join(SHEETS)
        reading.errors.append(BadRow(0, "", _("The file has none of these sheets: %(names)s") % {"names": names}))
    rows = {sheet: found.rows for sheet, found in parsed.items()}

    def write(by: Person | None) -> None:
        if reading.errors:
            raise ValueError("a roster with errors is not taken over")
        write_roster(committee, rows, known)

    reading.write = write
    return reading


def _tables(content: bytes, filename: str) -> dict[str, Table]:
    """Return the sheets of a workbook that have something on them; a text table holds members."""
    first = read_table(content, filename)
    if not first.sheets:
        return {MEMBERS: first}
    tables = {}
    for sheet in SHEETS:
        if sheet in first.sheets:
            try:
                tables[sheet] = first if sheet == first.sheet else read_table(content, filename, sheet=sheet)
            except SheetError:  # nothing on it
                continue
    return tables


ROSTER = ImportKind(
    key="roster",
    title=gettext_lazy("Roster"),
    help=gettext_lazy(
        "A workbook with any of the sheets 界别, 组织, 村居, 单位, 委员, 账号, 品牌; or a CSV file of members. "
        "Members are matched by their number."
    ),
    read=read_roster,
    sheets=tuple(SHEETS.items()),
)
