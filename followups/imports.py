"""The file this room takes in: the supervision office's reply (督查平台), matched by either number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.sheets import Row, choice, parse_rows, read_table, text
from members.importing import BadRow, ImportKind, Reading, on_sheet, repeated
from members.models import Committee, Person

from .actions.supervision import take_reply
from .models import Assignment, AssignmentStep
from .states import Level
from .supervision import COLUMNS as OUT
from .supervision import SHEET, parted

HEADERS = {column.key: column.header for column in OUT}


def _level(cell: Any) -> str:
    """Parse a level by its official words, whatever language the reader has chosen."""
    with translation.override("zh-hans"):
        words = {level.value or "ordinary": str(level.label) for level in Level}
    found = choice(words)(cell)
    return "" if found == "ordinary" else found


def _passed_over(_cell: Any) -> None:
    """Pass over what went out for people to read only."""


PARSERS = {
    "own": text(max_length=60),
    "external": text(max_length=40),
    "level": _level,
    "reply": text(max_length=2000, multiline=True),
}
COLUMNS = tuple(replace(column, parse=PARSERS.get(column.key, _passed_over)) for column in OUT)


@dataclass(frozen=True)
class Change:
    """What one row changes: the assignment, its number there, its level, and words that are new."""

    line: int
    assignment: Assignment
    external_number: str
    level: str
    words: str

    @property
    def is_one(self) -> bool:
        """Whether it changes anything."""
        now = (self.assignment.external_number, self.assignment.level)
        return bool(self.words) or (self.external_number, self.level) != now

    def plain(self) -> dict[str, Any]:
        """Return it as words for the page."""
        thing, parts = self.assignment, []
        if self.external_number != thing.external_number:
            parts.append(f"{HEADERS['external']}: {thing.external_number or '—'} → {self.external_number}")
        if self.level != thing.level:
            level = str(Level(self.level).label)
            parts.append(f"{HEADERS['level']}: {thing.get_level_display()} → {level}")
        if self.words:
            parts.append(f"{HEADERS['reply']}: {self.words}")
        return {"line": self.line, "item": thing.title, "unit": thing.unit.name, "url": thing.get_absolute_url(),
                "what": parts}  # fmt: skip


def read_reply(content: bytes, filename: str, committee: Committee) -> Reading:
    """Look through a reply: which item each row is about and what it changes. Writes nothing.

    A blank cell changes nothing; neither do words that were taken over before, so the same reply saved under another
    name changes nothing. Raises SheetError for a file that is no table.
    """
    table = read_table(content, filename)
    if SHEET in table.sheets and table.sheet != SHEET:
        table = read_table(content, filename, sheet=SHEET)
    parsed = parse_rows(table, COLUMNS)
    known = _Known(committee, parsed.rows)
    matched = [(row, *known.match(row)) for row in parsed.rows]
    wrong = on_sheet(SHEET, parsed.errors)
    wrong += [fault for _row, _thing, fault in matched if fault]
    found = [(row, thing) for row, thing, _fault in matched if thing]
    wrong += repeated(SHEET, HEADERS["own"], ((row.line, thing.title[:30]) for row, thing in _twice(found)))
    wrong += known.numbers_of_others(found)
    if not parsed.rows and not wrong:
        wrong.append(BadRow(0, "", _("The file has no rows."), sheet=SHEET))
    changes = [change for row, thing in found if (change := known.change(row, thing)).is_one]
    reading = Reading(
        errors=sorted(wrong, key=lambda error: error.line),
        notes=list(parsed.notices),
        counts={_("Rows matched"): len(found), _("Rows that change something"): len(changes)},
        changes=[change.plain() for change in changes],
    )

    def write(by: Person | None) -> None:
        if reading.errors:
            raise ValueError("a reply with errors is not taken over")
        _write(changes, by=by)

    reading.write = write
    return reading


def _twice(found: list[tuple[Row, Assignment]]) -> list[tuple[Row, Assignment]]:
    """Return the rows of items that several rows are about."""
    keys = [thing.pk for _row, thing in found]
    return [(row, thing) for row, thing in found if keys.count(thing.pk) > 1]


@transaction.atomic
def _write(changes: Iterable[Change], *, by: Person | None) -> None:
    """Take a reply over, whole or not at all."""
    for change in changes:
        take_reply(
            change.assignment,
            by=by,
            external_number=change.external_number,
            level=change.level,
            words=change.words,
        )


class _Known:
    """The assignments a reply can mean, by both numbers, and the words taken over before."""

    def __init__(self, committee: Committee, rows: list[Row]):
        self.code = committee.code
        own = [parts[1] for row in rows if (parts := parted(row.values["own"] or "")) and parts[0] == self.code]
        outside = [row.values["external"] for row in rows if row.values["external"]]
        mine = Assignment.objects.filter(committee=committee).select_related("unit")
        self.by_key = mine.in_bulk(own)
        numbered = mine.filter(external_number__in=outside)
        self.by_number = {thing.external_number: thing for thing in numbered}
        things = {*self.by_key, *(thing.pk for thing in self.by_number.values())}
        steps = AssignmentStep.objects.filter(committee=committee, verb="supervise", thing__in=things)
        self.told: dict[int, list[str]] = {}
        for pk, note in steps.values_list("thing_id", "note"):
            self.told.setdefault(pk, []).append(note)

    def match(self, row: Row) -> tuple[Assignment | None, BadRow | None]:
        """Return the assignment a row is about, or what is wrong with it."""
        own, number = row.values["own"], row.values["external"]
        if not own and not number:
            return None, _bad(row, "own", _("neither our number nor the supervision office's is given"))
        if not own:
            thing = self.by_number.get(number)
            return thing, None if thing else _bad(row, "external", _("no item has this number"))
        parts = parted(own)
        if parts and parts[0] != self.code:
            return None, _bad(row, "own", _("belongs to another committee"))
        thing = self.by_key.get(parts[1]) if parts else None
        if thing is None:
            return None, _bad(row, "own", _("there is no such item"))
        if number and thing.external_number and thing.external_number != number:
            reason = _("the item has the number “%(number)s” already") % {"number": thing.external_number}
            return None, _bad(row, "external", reason)
        return thing, None

    def numbers_of_others(self, found: list[tuple[Row, Assignment]]) -> list[BadRow]:
        """Return an error for every number that another item has, in the portal or further up in the file."""
        reason, wrong = _("another item has this number"), []
        taken = {number: thing.pk for number, thing in self.by_number.items()}
        for row, thing in found:
            number = row.values["external"]
            if number and taken.setdefault(number, thing.pk) != thing.pk:
                wrong.append(_bad(row, "external", reason))
        return wrong

    def change(self, row: Row, thing: Assignment) -> Change:
        """Return what a row changes."""
        words = row.values["reply"] or ""
        known = any(note == words or note.endswith(f"\n{words}") for note in self.told.get(thing.pk, ()))
        level = thing.level if row.values["level"] is None else row.values["level"]
        number = row.values["external"] or thing.external_number
        return Change(row.line, thing, number, level, "" if known else words)


def _bad(row: Row, key: str, reason: str) -> BadRow:
    return BadRow(row.line, HEADERS[key], reason, str(row.values[key] or "")[:50], SHEET)


SUPERVISION = ImportKind(
    key="supervision",
    title=gettext_lazy("Reply of the supervision office"),
    help=gettext_lazy(
        "The file that went out, with the office's numbers, levels and words; rows are matched by 政协编号 or "
        "督查编号. The look shows what each row changes."
    ),
    read=read_reply,
    sheets=((SHEET, COLUMNS),),
)
