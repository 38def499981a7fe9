"""Figures about the people's floor."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from .models import (
    Area,
    Brand,
    CalendarDay,
    Committee,
    Delivery,
    Gateway,
    Group,
    Membership,
    Notice,
    Person,
    Sector,
    Term,
    Unit,
)


def register_counts(committee: Committee) -> dict[str, int]:
    """Return how many entries each register of the committee has, in one query."""
    counted = {
        "members": Membership.objects.current(),
        "sectors": Sector.objects.all(),
        "groups": Group.objects.all(),
        "areas": Area.objects.all(),
        "units": Unit.objects.all(),
        "brands": Brand.objects.all(),
        "calendar": CalendarDay.objects.all(),
        "terms": Term.objects.all(),
        "accounts": Person.objects.filter(user__isnull=False),
        "stuck": Notice.objects.stuck(),
        "dead": Delivery.objects.dead(),
        "gateways": Gateway.objects.filter(is_active=True),
    }
    totals = {
        name: Coalesce(
            Subquery(
                rows.filter(committee=OuterRef("pk")).order_by().values("committee").annotate(n=Count("pk")).values("n")
            ),
            0,
        )
        for name, rows in counted.items()
    }
    found = Committee.objects.filter(pk=committee.pk).values_list(*totals.values()).get()
    return dict(zip(totals, found, strict=True))
