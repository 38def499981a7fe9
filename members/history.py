"""The written history of a thing, as its page shows it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import QuerySet

from kit.prepared import Prepared
from kit.tenancy import committee_scope

from .models import StepBase


def steps_of(thing: Any) -> list[StepBase]:
    """Return the steps of a thing, oldest first, each with who took it (only the name is read) and with the thing."""
    steps = _question(type(thing)._meta.get_field("steps").related_model).rows(thing.committee_id, thing.pk)
    for step in steps:
        step.thing = thing
    return steps


@cache
def _question(model: Any) -> Prepared:
    def steps(committee_pk: int, thing_pk: int) -> QuerySet:
        with committee_scope(committee_pk):
            found = model.objects.filter(thing=thing_pk).select_related("by")
            return found.only("committee", "thing", "verb", "from_state", "to_state", "at", "note", "by__name")

    return Prepared(steps, keys=2)
