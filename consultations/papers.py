"""Papers: finding out what a file really is, whatever it is called."""

from __future__ import annotations

import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 10
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MARKS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_MOST_PARTS = 5_000


def ending_of(content: bytes) -> str:
    """Return what a file is by its content: pdf, png, jpg, docx or xlsx.

    Raises ValueError with words for the user for anything else, for a document with macros, and for a broken one.
    """
    for mark, ending in _MARKS.items():
        if content.startswith(mark):
            return ending
    if content.startswith(b"PK\x03\x04"):
        return _office_ending(content)
    raise ValueError(_("Only PDF, Word (docx), Excel (xlsx), PNG and JPEG files are taken; this is something else."))


def _office_ending(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = set(archive.namelist()[:_MOST_PARTS])
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, OSError):
        raise ValueError(_("This file is broken.")) from None
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise ValueError(_("A file with macros is not taken."))
    if "[Content_Types].xml" in parts:
        for part, ending in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
            if part in parts:
                return ending
    raise ValueError(_("Only PDF, Word (docx), Excel (xlsx), PNG and JPEG files are taken; this is something else."))
