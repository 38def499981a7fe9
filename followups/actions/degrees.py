"""Degrees of solution: the next version of a committee's letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kit import workflow
from members.models import Committee

from ..degrees import Letter
from ..models import Degree, DegreeSet


def change_degrees(
    committee: Committee, *, seen: int, name: str, source: str, valid_from: date, letters: Sequence[Letter]
) -> DegreeSet:
    """Write the next version of the committee's letters; answers given before keep the letters they were given.

    `seen` is the version the writer has read (0: none). Raises MoveRefused when somebody else wrote one since.
    """
    taken = workflow.MoveRefused(_("Somebody else has changed the letters in the meantime."))
    last = DegreeSet.objects.filter(committee=committee).aggregate(last=Max("version"))["last"] or 0
    if last != seen:
        raise taken
    try:
        with transaction.atomic():
            degree_set = DegreeSet.objects.create(
                committee=committee, version=seen + 1, name=name, source=source, valid_from=valid_from
            )
            Degree.objects.bulk_create(
                Degree(committee=committee, degree_set=degree_set, order=order, **letter._asdict())
                for order, letter in enumerate(letters, 1)
            )
    except IntegrityError as other:
        raise taken from other
    return degree_set
