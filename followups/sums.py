"""Sums for a committee above others: one line for each committee right below it, and nothing that could be opened.

This is the one place where a committee reads of others, and it reads counts alone (`YearCount`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kit.tenancy import every_committee
from members.models import Committee

from . import figures
from .models import YearCount

SMALL = 3  # counts below it, other than nought, are not told
HIDDEN, WITHHELD = "<3", "*"  # too small; not told so that a small one cannot be worked out


@dataclass(frozen=True)
class Row:
    """One line: whose, how many committees it sums, and its cells ready to be shown."""

    name: str
    committees: int
    cells: list[str]


@dataclass(frozen=True)
class Sums:
    """The lines, the sum of all, how many committees have not been counted, and from when the oldest count is."""

    rows: list[Row]
    total: Row
    uncounted: int
    oldest: datetime | None


def below(committee: Committee) -> dict[int, tuple[str, set[int]]]:
    """Return of each committee right below its name, itself and all below it; a circle is walked once."""
    lower: dict[int, list[tuple[int, str]]] = {}
    for pk, parent, name in (
        Committee.objects.exclude(parent=None).order_by("pk").values_list("pk", "parent_id", "name")
    ):
        lower.setdefault(parent, []).append((pk, name))
    found = {}
    for pk, name in lower.get(committee.pk, []):
        mine, edge = {pk}, [pk]
        while edge:
            edge = [child for now in edge for child, _name in lower.get(now, []) if child not in mine]
            mine.update(edge)
        mine.discard(committee.pk)
        found[pk] = (name, mine)
    return found


def sums(committee: Committee, *, year: int) -> Sums:
    """Return the sums of a year over all committees below one, with small cells hidden."""
    groups = below(committee)
    everybody = set().union(*(mine for _name, mine in groups.values()))
    with every_committee(because="a committee above reads counts of those below it, and only counts"):
        kept = list(
            YearCount.objects.filter(year=year, committee__in=everybody).values_list("committee_id", "counts", "at")
        )
    counts = {pk: numbers for pk, numbers, _at in kept}
    lines = [
        [sum(counts.get(pk, {}).get(each.key, 0) for pk in mine) for each in figures.SUMS]
        for _name, mine in groups.values()
    ]
    shown, total = hide(lines, width=len(figures.SUMS))
    return Sums(
        rows=[
            Row(name, len(mine), cells) for (name, mine), cells in zip(groups.values(), shown, strict=True)
        ],
        total=Row("", len(everybody), total),
        uncounted=len(everybody) - len(counts),
        oldest=min((at for _pk, _counts, at in kept), default=None),
    )  # fmt: skip


def hide(lines: Sequence[Sequence[int]], *, width: int) -> tuple[list[list[str]], list[str]]:
    """Return cells and sums as they may be told.

    In each column 1 and 2 become "<3". Where that hides a single cell, the next smallest that is not nought is withheld
    as well, so that the sum less the others does not tell it; where there is no other, the sum itself is withheld.
    """
    shown = [[str(count) for count in line] for line in lines]
    total = [str(sum(line[place] for line in lines)) for place in range(width)]
    for place in range(width):
        column = [line[place] for line in lines]
        small = [row for row, count in enumerate(column) if 0 < count < SMALL]
        for row in small:
            shown[row][place] = HIDDEN
        if len(small) == 1:
            others = [row for row, count in enumerate(column) if count >= SMALL]
            if others:
                shown[min(others, key=column.__getitem__)][place] = WITHHELD
            else:
                total[place] = HIDDEN
    return shown, total
