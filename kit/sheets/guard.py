"""What is looked at before a workbook is opened: kind, size, and whether it would burst when unpacked."""

import io
import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from django.utils.translation import gettext as _

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 100_000
MAX_CELLS = 5_000_000
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_TEXT_BYTES = 200 * 1024 * 1024  # all cell texts together; a workbook stores a repeated text only once

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEADER = 30  # bytes before the name of an entry
# Written so that no text makes them slow: each gives up at the next “<”.
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_CELL_PLACE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]+)(\d+)""")
_ROW_PLACE = re.compile(rb"""\sr\s*=\s*["']\s*(\d+)""")
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si[\s>]")
_CELL_VALUE = re.compile(rb"<(?:\w+:)?v[^<]*>([^<]*)<(!?)")


class SheetError(Exception):
    """A file that cannot be read as a table; its text says why, in the user's language."""


def kind_of(content: bytes, filename: str) -> str:
    """Return "xlsx" or "csv" for a file that is what its name says; otherwise raise SheetError."""
    if not content:
        raise SheetError(_("The file is empty."))
    if len(content) > MAX_BYTES:
        raise SheetError(_("The file is larger than %(size)d MB.") % {"size": MAX_BYTES // 1024 // 1024})
    ending = filename.lower().rpartition(".")[2]
    if content.startswith(_OLE) or ending == "xls":
        raise SheetError(
            _("This is an old or password-protected Excel file. Please save it as .xlsx without a password.")
        )
    if ending == "xlsx" and content.startswith(_ZIP):
        return "xlsx"
    if ending in {"csv", "tsv", "txt"} and not content.startswith((_ZIP, b"%PDF", b"<!DOCTYPE", b"<html", b"\x89PNG")):
        return "csv"
    raise SheetError(_("Only Excel files (.xlsx) and text tables (.csv) can be read."))


def check_workbook(content: bytes) -> None:
    """Raise SheetError for a workbook that would burst or mislead its reader, before anything opens it.

    The reader lays a sheet out as a full rectangle and copies shared texts into every cell, so besides what the zip
    directory declares, the true unpacked size, the far corner of each sheet and the sum of all texts are checked.
    Source: domain, threats (zip and office bombs).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            # A comment behind the directory may hide a second directory for another reader to find.
            entries = archive.infolist() if not archive.comment else []
        _check_directory(entries)
        cells = 0
        texts: list[Sequence[int]] = []
        for name, part in _parts(content, entries):
            declares = b"<!DOCTYPE" in part or b"<!ENTITY" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff")
            if declares and name.endswith((".xml", ".rels")):
                raise SheetError(damaged())
            cells += _check_corner(part)
            starts = chain((match.start() for match in _SHARED_TEXT.finditer(part)), [len(part)])
            texts.append(array("L", (end - start for start, end in pairwise(starts))))
        longest = max((length for lengths in texts for length in lengths), default=0)
        if longest * cells > MAX_TEXT_BYTES and _text_bytes(content, entries, texts, longest) > MAX_TEXT_BYTES:
            raise SheetError(_too_big())
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError) as broken:
        raise SheetError(damaged()) from broken


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise SheetError(_too_big())
    unsafe = any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names)
    locked = any(entry.flag_bits & 1 for entry in entries)
    if unsafe or locked or len(set(names)) < len(names) or "[Content_Types].xml" not in names:
        raise SheetError(damaged())


def _parts(content: bytes, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every part of a workbook; raise SheetError when all parts together unpack to too much."""
    left = MAX_UNPACKED_BYTES
    for entry in entries:
        part = _unpacked(content, entry, limit=left)
        if part is None:
            raise SheetError(_too_big())
        left -= len(part)
        yield entry.filename.lower(), part  # every part: a workbook may call a sheet by any name


def _text_bytes(content: bytes, entries: list[zipfile.ZipInfo], texts: list[Sequence[int]], longest: int) -> int:
    """Return how long the texts of all cells would be together, counting the worst where a cell is not plain."""
    total = 0
    for _name, part in _parts(content, entries):
        for match in _CELL_VALUE.finditer(part):
            value, markup = match.groups()
            if value.strip().isdigit():
                number = int(value)
                total += max((lengths[number] for lengths in texts if number < len(lengths)), default=0)
            elif markup or b"&" in value:
                total += longest
    return total


def _unpacked(content: bytes, entry: zipfile.ZipInfo, *, limit: int) -> bytes | None:
    """Return what an entry really unpacks to whatever it declares; None when that is more than the limit."""
    start = entry.header_offset
    skip = int.from_bytes(content[start + 26 : start + 28], "little") + int.from_bytes(
        content[start + 28 : start + 30], "little"
    )
    packed = content[start + _LOCAL_HEADER + skip :][: entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return packed if len(packed) <= limit else None
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    part = stream.decompress(packed, limit + 1)
    return part if len(part) <= limit else None


def _check_corner(part: bytes) -> int:
    """Return how many cells a part has; raise SheetError when they span more rows or cells than a table may have."""
    cells = sum(1 for _cell in _CELL.finditer(part))
    if not cells:
        return 0
    placed, rows, columns = 0, 0, 1
    for match in _CELL_PLACE.finditer(part):
        placed += 1
        rows, columns = max(rows, int(match[2])), max(columns, _column_number(match[1]))
    if cells > placed:  # cells that do not say where they stand follow their row's number
        rows = max([rows, *(int(match[1]) for match in _ROW_PLACE.finditer(part))])
    if rows > MAX_ROWS + 1:  # the header is one more
        raise SheetError(too_many_rows())
    if rows * columns > MAX_CELLS:
        raise SheetError(_("The cells of a sheet lie too far apart. Please delete what stands outside the table."))
    return cells


def _column_number(letters: bytes) -> int:
    """Return 1 for A, 27 for AA; anything past Excel's last column counts as far away."""
    column = 0
    for letter in letters.upper()[:8]:
        column = column * 26 + letter - 64
    return column


def damaged() -> str:
    """Return the words for a file that is no readable workbook."""
    return _("The file is damaged or not an Excel workbook.")


def _too_big() -> str:
    return _("The file unpacks to far more than a table needs and was not opened.")


def too_many_rows() -> str:
    """Return the words for a table with too many rows."""
    return _("The table has more than %(rows)d rows. Please divide it.") % {"rows": MAX_ROWS}
