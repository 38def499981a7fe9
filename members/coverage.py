"""Coverage on the people's floor: villages with a duty group, and groups with members."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.coverage import Coverage, Hole
from kit.figures import define

from .access import Actor
from .models import Area, Group
from .states import AreaKind, GroupKind

SINCE = date(2026, 11, 1)
VILLAGES = define(
    "villages_with_group",
    since=SINCE,
    name=gettext_lazy("Villages with a duty group"),
    words=gettext_lazy("Villages and communities for which a group in use is named, their own or their town's."),
    unit=gettext_lazy("villages and communities"),
)
GROUPS = define(
    "groups_with_members",
    since=SINCE,
    name=gettext_lazy("Groups with members"),
    words=gettext_lazy("Duty groups and working groups in use in which at least one member of the present term sits."),
    unit=gettext_lazy("groups"),
)


def coverages_for(actor: Actor, *, on: date) -> list[Coverage]:
    """Return both coverages of the actor's committee, with their holes in the order of the registers."""
    return [_villages(actor), _groups(actor)]


def _villages(actor: Actor) -> Coverage:
    areas = Area.objects.filter(committee=actor.committee, kind__in=[AreaKind.VILLAGE, AreaKind.COMMUNITY])
    areas = areas.select_related("served_by", "parent__served_by").order_by("pk")
    holes = []
    for area in areas:
        groups = [group for group in (area.served_by, area.parent and area.parent.served_by) if group]
        if not any(group.is_active for group in groups):
            reason = _("Its group is out of use.") if groups else _("No duty group is named.")
            url = reverse("members:area_edit", args=[area.pk]) if actor.is_clerk else ""
            name = f"{area.parent.name} · {area.name}" if area.parent else area.name
            holes.append(Hole(name, reason, url))
    return Coverage(VILLAGES, len(areas), holes)


def _groups(actor: Actor) -> Coverage:
    kinds = [GroupKind.DUTY_GROUP, GroupKind.WORKING_GROUP]
    groups = Group.objects.filter(committee=actor.committee, kind__in=kinds, is_active=True).order_by("pk")
    groups = groups.annotate(
        now=Count("seats", filter=Q(seats__membership__term__is_current=True)), ever=Count("seats")
    )  # fmt: skip
    holes = [
        Hole(
            group.name,
            _("Its members are of an earlier term.") if group.ever else _("Nobody sits in it."),
            reverse("members:group_detail", args=[group.pk]),
        )
        for group in groups
        if not group.now
    ]
    return Coverage(GROUPS, len(groups), holes)
