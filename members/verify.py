"""What must agree everywhere: states with their last steps, and no row that points into another committee."""

from __future__ import annotations

from django.apps import apps
from django.db.models import F, Model, OuterRef, Subquery

from .models import CommitteeOwned


def state_differences(model: type[Model]) -> list[str]:
    """Return every row of `model` whose state is not what its last step says."""
    steps = model.steps.rel.related_model._base_manager.filter(thing=OuterRef("pk")).order_by("-pk")
    told = model._base_manager.annotate(told=Subquery(steps.values("to_state")[:1])).exclude(told=None)
    return [
        f"{model._meta.label} {pk}: state {state}, last step says {last}"
        for pk, state, last in told.exclude(state=F("told")).values_list("pk", "state", "told")
    ]


def differences() -> list[str]:
    """Return every foreign key between two committees' rows whose ends belong to different committees."""
    found = []
    for model in apps.get_models():
        if not issubclass(model, CommitteeOwned):
            continue
        for field in model._meta.concrete_fields:
            target = field.related_model
            if not (field.many_to_one or field.one_to_one):
                continue
            if isinstance(target, type) and issubclass(target, CommitteeOwned):
                strangers = model._base_manager.exclude(**{f"{field.name}__committee_id": F("committee_id")})
                strangers = strangers.exclude(**{field.name: None}).values_list("pk", flat=True)
                found += [f"{model._meta.label} {pk}: {field.name} belongs to another committee" for pk in strangers]
    return found
