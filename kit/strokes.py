"""Name lists in stroke order (姓氏笔画为序): sort keys for names, and names padded to line up."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

Style = Literal["surname", "full"]

KEY_LENGTH = 240  # the longest key returned; the length of the model field that stores it

_TABLE = Path(__file__).parent / "data" / "strokes.txt"
_UNKNOWN = "99"  # no character has 99 strokes, so an unknown one comes after every known one
_EMPTY = "00"  # the empty middle of a two-character name comes before every character
_NOT_PART_OF_THE_ORDER = re.compile(r"[\s·•・‧．.　'’-]+")
_COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳司马上官诸葛夏侯东方皇甫尉迟公孙慕容令狐长孙宇文司徒司空轩辕端木南宫西门独孤东郭南门"
        "百里呼延公羊澹台公冶宗政濮阳淳于单于太叔申屠仲孙钟离鲜于闾丘亓官司寇颛孙巫马公西漆雕乐正"
        "壤驷公良拓跋夹谷宰父谷梁段干羊舌微生梁丘左丘东门赫连万俟闻人第五完颜纳兰耶律叶赫贺兰",
    )
)


@cache
def _strokes() -> dict[str, str]:
    """Return character → strokes, each stroke a digit 1–5 (横竖撇点折)."""
    table = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            strokes, characters = line.split("\t")
            table.update(dict.fromkeys(characters, strokes))
    return table


def _letters(name: str) -> str:
    """Return the characters that count: no padding, no middle dots; full-width and compatibility forms folded."""
    return _NOT_PART_OF_THE_ORDER.sub("", unicodedata.normalize("NFKC", name))


def _is_han(character: str) -> bool:
    return character == "〇" or unicodedata.name(character, "").startswith("CJK UNIFIED IDEOGRAPH")


def strokes_of(character: str) -> str:
    """Return the strokes of one character as digits 1–5 (横竖撇点折) in writing order; "" when it is unknown."""
    return _strokes().get(character, "")


def _part(character: str) -> str:
    # Strings of one count have one length, so count + strokes compare like fixed-width fields; the code point keeps
    # people of one surname together when another surname is written with the same strokes.
    strokes = strokes_of(character)
    head = f"{len(strokes):02d}{strokes}" if strokes else _UNKNOWN
    return f"{head}{ord(character):07d}"


def _family_length(letters: str) -> int:
    return 2 if len(letters) > 2 and letters[:2] in _COMPOUND_SURNAMES else 1


def sort_key(name: str, *, style: Style = "surname") -> str:
    """Return a key that puts names in stroke order when keys are compared as plain text.

    Surnames by number of strokes, then by 横竖撇点折; compound surnames by their first character; then the further
    characters alike. Style "surname" (CPPCC and party congresses) takes a one-character given name as having an empty
    middle: 田富 before 田大利; style "full" (people's congresses) compares 富 with 大: 田富 after 田大利.
    Padding spaces and middle dots do not count. A character missing from the table comes after all known ones, in order
    of its code point: see `is_known`. The key holds digits only, so every database and collation orders it alike, and
    is at most KEY_LENGTH long ("" for an empty name). Source: domain, names and order (姓氏笔画为序).
    """
    letters = _letters(name)
    family = _family_length(letters)
    parts = [_part(character) for character in letters]
    if style == "surname" and len(letters) == family + 1 and all(map(_is_han, letters)):
        parts.insert(family, _EMPTY)
    return "".join(parts)[:KEY_LENGTH]


def is_known(name: str) -> bool:
    """Say whether every character of the name is in the table; if not, a person should set its place."""
    letters = _letters(name)
    return bool(letters) and all(map(strokes_of, letters))


def pad_name(name: str) -> str:
    """Return a two-character name with one full-width space inside, so that it lines up with three: 张三 → 张　三.

    Any other name comes back with only the spaces around it removed. Source: domain, names and order.
    """
    bare = re.sub(r"\s+", "", name)
    if len(bare) == 2 and all(map(_is_han, bare)):
        return f"{bare[0]}\u3000{bare[1]}"
    return name.strip()
