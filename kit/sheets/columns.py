"""Which columns a table must have and what may stand in them: rows that are right, and errors by line and column."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from .reading import Cell, Line, Table

Parser = Callable[
    [Cell], Any
]  # returns the value of a cell that is not blank, or raises ValueError with words for the user

MAX_ERRORS = 1_000  # enough to see what is wrong with a file
_HEADER_LINES = 10  # a title and notes may stand above the header
_SHOWN = 50  # characters of a wrong value that are shown again

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff\u00ad\u061c"))
_WIDE_DIGITS = {ord("０") + digit: str(digit) for digit in range(10)}
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?|(\d{4})(\d{2})(\d{2})"
)
_PADDED_NAME = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]+([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_EXACT = 10**15  # Excel keeps 15 digits; a longer number has lost its end


@dataclass(frozen=True)
class RowError:
    """One thing wrong: the line in the file, the column as the user calls it, why, and the value (shortened)."""

    line: int
    column: str
    reason: str
    value: str = ""


@dataclass(frozen=True)
class Row:
    """One right row: its line in the file and a value for every column (None where nothing stands)."""

    line: int
    values: dict[str, Any]


@dataclass
class Parsed:
    """The outcome of a dry run: the right rows, everything wrong, what was not understood, and the columns found."""

    rows: list[Row] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    found: tuple[str, ...] = ()


def clean(cell: Cell, *, multiline: bool = False) -> str:
    """Return the text of a cell: numbers written out, invisible marks and outer spaces gone, full-width digits folded.

    Raises ValueError for control and direction characters and for a number that has lost digits.
    """
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, float | int):
        if not abs(cell) < _EXACT:
            raise ValueError(_("the number has lost digits; format the column as text"))
        return str(int(cell)) if cell == int(cell) else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if (cell.hour, cell.minute) != (0, 0) else cell.date().isoformat()
    value = "" if cell is None else str(cell).replace("\r\n", "\n").translate(_INVISIBLE).translate(_WIDE_DIGITS)
    value = value.strip()
    for character in value:
        direction = unicodedata.bidirectional(character) in {
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        }
        control = unicodedata.category(character) in {"Cc", "Cs"} and not (multiline and character == "\n")
        if direction or control or character == "\ufffd":
            raise ValueError(_("control characters or line breaks are not allowed here"))
    return value


def text(*, max_length: int = 200, multiline: bool = False) -> Parser:
    """Parse a text of at most `max_length` characters; line breaks only when `multiline`."""

    def parse(cell: Cell) -> str:
        value = clean(cell, multiline=multiline)
        if len(value) > max_length:
            raise ValueError(_("longer than %(length)d characters") % {"length": max_length})
        return value

    return parse


def integer(*, minimum: int | None = None, maximum: int | None = None) -> Parser:
    """Parse a whole number within bounds (both included)."""

    def parse(cell: Cell) -> int:
        value = unicodedata.normalize("NFKC", clean(cell)).replace(",", "")
        if not re.fullmatch(r"[+-]?[0-9]{1,15}", value):
            raise ValueError(_("not a whole number"))
        _check_bounds(int(value), minimum, maximum)
        return int(value)

    return parse


def decimal(*, places: int = 2, minimum: Decimal | int | None = None, maximum: Decimal | int | None = None) -> Parser:
    """Parse a number with at most `places` decimals, for example an amount in 万元, as Decimal."""

    def parse(cell: Cell) -> Decimal:
        value = unicodedata.normalize("NFKC", clean(cell)).replace(",", "")
        try:
            if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]+)?", value):
                raise InvalidOperation
            number = Decimal(value)
        except InvalidOperation:
            raise ValueError(_("not a number")) from None
        if len(value.partition(".")[2]) > places:
            raise ValueError(_("more than %(places)d decimals") % {"places": places})
        _check_bounds(number, minimum, maximum)
        return number

    return parse


def day(*, earliest: date = date(1900, 1, 1), latest: date = date(2100, 12, 31)) -> Parser:
    """Parse a date: an Excel date or 2026-03-18, 2026/3/18, 2026.3.18, 2026年3月18日, 20260318. Never a guess."""

    def parse(cell: Cell) -> date:
        if isinstance(cell, float | int) and not 10**7 <= cell < 10**8:
            raise ValueError(_("not a date; format the column as date or write 2026-03-18"))
        value = cell.date() if isinstance(cell, datetime) else cell
        if not isinstance(value, date):
            match = _DATE.fullmatch(unicodedata.normalize("NFKC", clean(cell)))
            if not match:
                raise ValueError(_("not a date; write it like 2026-03-18"))
            try:
                value = date(*(int(part) for part in match.groups() if part))
            except ValueError:
                raise ValueError(_("there is no such day")) from None
        if not earliest <= value <= latest:
            raise ValueError(_("the date is not between %(from)s and %(to)s") % {"from": earliest, "to": latest})
        return value

    return parse


def choice(options: Mapping[Any, Any] | Iterable[tuple[Any, Any]]) -> Parser:
    """Parse one of the options (value → label, or Django choices): its label in the user's language, or its value."""
    pairs = list(options.items() if isinstance(options, Mapping) else options)

    def parse(cell: Cell) -> Any:
        wanted = _plain(clean(cell))
        for value, label in pairs:
            if wanted in (_plain(str(label)), _plain(str(value))):
                return value
        labels = "、".join(str(label) for _value, label in pairs[:12])
        raise ValueError(_("not one of: %(options)s") % {"options": labels})

    return parse


def people_list(*, max_people: int = 50, max_length: int = 50) -> Parser:
    """Parse names parted by 、 , ; / spaces or line breaks into a tuple; a padded name (张　三) stays one name."""

    def parse(cell: Cell) -> tuple[str, ...]:
        joined = _PADDED_NAME.sub(r"\1\2", clean(cell, multiline=True))
        # A name in Latin letters may hold a space, so spaces part only what has no other mark between the names.
        marks = r"[、,，;；/\n]" if re.search(r"[、,，;；/\n]", joined) else r"[\s\u3000]"
        names = tuple(name.strip() for name in re.split(marks, joined) if name.strip())
        if len(names) > max_people:
            raise ValueError(_("more than %(count)d names") % {"count": max_people})
        if any(len(name) > max_length for name in names):
            raise ValueError(_("a name is longer than %(length)d characters") % {"length": max_length})
        return names

    return parse


@dataclass(frozen=True)
class Column:
    """A column: its key in the program, its header and further names for it, and what may stand in it.

    `width` (in characters) is for writing only.
    """

    key: str
    header: Any
    aliases: tuple[Any, ...] = ()
    required: bool = False
    parse: Parser = field(default_factory=text)
    width: int = 0


def parse_rows(table: Table, columns: Sequence[Column]) -> Parsed:
    """Check a table against its columns, found by name in any order, and return right rows and all errors.

    The header is the line among the first ten that names most columns. Columns nobody asked for become notices; a
    required column missing, or one that stands there twice, is an error of the whole table and no row is read. A row
    with an error is left out of `rows`, so an import may go ahead only when `errors` is empty. At most 1,000 errors are
    listed. Source: domain, threats (imports: dry run lists line, column, reason).
    """
    parsed = Parsed()
    header = max(table.rows[:_HEADER_LINES], key=lambda line: len(_match(line, columns)), default=Line(1, ()))
    matched = _match(header, columns)
    if not matched:
        names = "、".join(str(column.header) for column in columns)
        parsed.errors.append(RowError(header.line, "", _("no header was found; these columns are known: %s") % names))
        return parsed
    for column in columns:
        places = matched.get(column.key, [])
        if column.required and not places:
            parsed.errors.append(RowError(header.line, str(column.header), _("the column is missing")))
        if len(places) > 1:
            parsed.errors.append(RowError(header.line, str(column.header), _("the column stands there more than once")))
    used = {place for places in matched.values() for place in places}
    unknown = [cell for place, cell in enumerate(header.cells) if place not in used and str(cell or "").strip()]
    parsed.notices = [_("column not used: %s") % _shown(cell) for cell in unknown]
    parsed.found = tuple(column.key for column in columns if column.key in matched)
    if not parsed.errors:
        _parse_lines(table.rows[table.rows.index(header) + 1 :], columns, matched, parsed)
    return parsed


def _parse_lines(
    lines: Iterable[Line], columns: Sequence[Column], matched: Mapping[str, list[int]], parsed: Parsed
) -> None:
    places = [(column, matched[column.key][0] if column.key in matched else None) for column in columns]
    for line in lines:
        values: dict[str, Any] = {}
        wrong = []
        for column, place in places:
            cell = line.cells[place] if place is not None and place < len(line.cells) else None
            try:
                values[column.key] = _value(cell, column)
            except ValueError as reason:
                wrong.append(RowError(line.line, str(column.header), str(reason), _shown(cell)))
        if not wrong:
            parsed.rows.append(Row(line.line, values))
        parsed.errors += wrong
        if len(parsed.errors) >= MAX_ERRORS:
            parsed.notices.append(_("only the first %d errors are listed") % MAX_ERRORS)
            return


def _value(cell: Cell, column: Column) -> Any:
    if cell is None or (isinstance(cell, str) and all(map(_is_unseen, cell))):
        if column.required:
            raise ValueError(_("must not be empty"))
        return None
    return column.parse(cell)


def _is_unseen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"


def _match(header: Line, columns: Sequence[Column]) -> dict[str, list[int]]:
    """Return column key → the places in the line where it is named."""
    keys = {
        _plain(str(name)): column.key for column in columns for name in (column.header, *column.aliases, column.key)
    }
    matched: dict[str, list[int]] = {}
    for place, cell in enumerate(header.cells):
        key = keys.get(_plain(str(cell or "")))
        if key:
            matched.setdefault(key, []).append(place)
    return matched


def _plain(name: str) -> str:
    """Return a name without what people add to it: spaces, asterisks for “required”, full-width forms, capitals."""
    return re.sub(r"[\s*:]+", "", unicodedata.normalize("NFKC", name).translate(_INVISIBLE)).casefold()


def _check_bounds(number: Any, minimum: Any, maximum: Any) -> None:
    if minimum is not None and number < minimum:
        raise ValueError(_("less than %s") % minimum)
    if maximum is not None and number > maximum:
        raise ValueError(_("more than %s") % maximum)


def _shown(cell: Cell) -> str:
    value = "".join(character if character.isprintable() else "�" for character in str("" if cell is None else cell))
    return value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
