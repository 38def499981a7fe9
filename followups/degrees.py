"""The sets of degrees (letters) of solution that are shipped; which one holds is each committee's own data.

Places do not agree on what a letter means: the same B is “partly solved” here and “planned” there.
Source: domain, proposals: class letters are not uniform.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kit.tenancy import committee_scope
from members.models import Committee

from .models import Degree, DegreeSet
from .states import DegreeKind

K = DegreeKind


class Letter(NamedTuple):
    """One letter as it is shipped: what it is called, what it means, and whether it is looked at again."""

    letter: str
    label: str | Promise
    kind: DegreeKind
    is_tracked: bool


class Variant(NamedTuple):
    """One set of letters: its name, where it was seen, and its letters in order."""

    name: str | Promise
    source: str | Promise
    letters: tuple[Letter, ...]


DEGREE_VARIANTS = {
    "a": Variant(
        _("Three letters: solved, planned, for reference"),
        _("Rules on handling proposals of several places"),
        (
            Letter("A", _("Solved or adopted"), K.SOLVED, False),
            Letter("B", _("Planned to be solved"), K.PLANNED, True),
            Letter("C", _("Kept for reference"), K.REFERENCE, False),
        ),
    ),
    "b": Variant(
        _("Three letters: solved, partly or planned, not possible now"),
        _("A city's standard for answers to proposals"),
        (
            Letter("A", _("Solved or basically solved"), K.SOLVED, False),
            Letter("B", _("Partly solved or planned"), K.PARTLY, True),
            Letter("C", _("Not possible for now"), K.LATER, True),
        ),
    ),
    "c": Variant(
        _("Four letters: solved, under way or planned, later, for reference"),
        _("A city's notice on handling proposals"),
        (
            Letter("A", _("Solved"), K.SOLVED, False),
            Letter("B", _("Under way or planned"), K.PARTLY, True),
            Letter("C", _("To be solved later, conditions being what they are"), K.LATER, True),
            Letter("D", _("Kept for reference"), K.REFERENCE, False),
        ),
    ),
    "d": Variant(
        _("Four letters: solved, under way, planned, explained"),
        _("A city's yearly report on the handling of proposals"),
        (
            Letter("A", _("Solved"), K.SOLVED, False),
            Letter("B", _("Being solved"), K.PARTLY, True),
            Letter("C", _("Put on the plan"), K.PLANNED, True),
            Letter("D", _("Explained"), K.REFERENCE, False),
        ),
    ),
}
USUAL = "d"


def install_degrees(committee: Committee, *, on: date, variant: str = USUAL) -> None:
    """Give the committee its first set of letters, valid from `on`; one that has a set already is left alone."""
    with committee_scope(committee.pk):
        if DegreeSet.objects.filter(committee=committee).exists():
            return
        chosen = DEGREE_VARIANTS[variant]
        degree_set = DegreeSet.objects.create(
            committee=committee, version=1, name=str(chosen.name), source=str(chosen.source), valid_from=on
        )
        Degree.objects.bulk_create(
            Degree(
                committee=committee,
                degree_set=degree_set,
                order=order,
                **(letter._asdict() | {"label": str(letter.label)}),
            )
            for order, letter in enumerate(chosen.letters, 1)
        )
