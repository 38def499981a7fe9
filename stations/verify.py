"""What must agree at the front door: states with steps, numbers without gaps, matters with their assignments."""

from __future__ import annotations

from django.db.models import Count, Max, Min, Q

from kit.tenancy import every_committee
from members.models import NumberSeries
from members.verify import state_differences

from .models import DutySlot, Matter, Visit
from .states import MatterState, SlotState


def differences() -> list[str]:
    """Return everything that does not agree, over all committees; nothing when all is well."""
    with every_committee(because="the nightly check looks at everybody's rows"):
        return [
            *state_differences(DutySlot),
            *state_differences(Visit),
            *state_differences(Matter),
            *_numbers(),
            *_assignments(),
            *_duty(),
        ]


def _numbers() -> list[str]:
    """Matters of each committee and year are 1..n, and n is what the series says."""
    found = []
    series = {
        (row["committee_id"], row["year"]): row["last"]
        for row in NumberSeries.objects.filter(kind="matter").values("committee_id", "year", "last")
    }
    rows = Matter.objects.order_by().values("committee_id", "year")
    for row in rows.annotate(count=Count("pk"), first=Min("number"), last=Max("number")):
        key = (row["committee_id"], row["year"])
        if (row["first"], row["last"]) != (1, row["count"]):
            found.append(f"matters of committee {key[0]} in {key[1]} are not numbered 1 to {row['count']}")
        if series.pop(key, 0) != row["last"]:
            found.append(f"matters of committee {key[0]} in {key[1]}: the series does not end at {row['last']}")
    return found + [
        f"matters of committee {pk} in {year}: the series is at {last}" for (pk, year), last in series.items()
    ]


def _assignments() -> list[str]:
    """What is handed over has an assignment made from a matter; what is answered owes nothing to a unit any more."""
    handed = Matter.objects.exclude(assignment=None)
    strange = handed.exclude(assignment__origin_kind="matter")
    early = handed.filter(
        state__in=[MatterState.ANSWERED, MatterState.CLOSED],
        assignment__state__in=["handed_over", "signed", "in_hand"],
    )
    return [
        *(f"matter {pk}: its assignment says it came from elsewhere" for pk in strange.values_list("pk", flat=True)),
        *(f"matter {pk}: answered before its unit answered" for pk in early.values_list("pk", flat=True)),
    ]


def _duty() -> list[str]:
    """A served duty day has its visit and only one; nobody else's has any; no rule has two duties on one day."""
    served = DutySlot.objects.annotate(count=Count("visits"))
    twice = (
        DutySlot.objects.exclude(rule=None)
        .exclude(state=SlotState.CANCELLED)
        .order_by()
        .values("rule", "day")
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
    )
    wrong = served.filter(Q(state=SlotState.DONE) & ~Q(count=1) | ~Q(state=SlotState.DONE) & Q(count__gt=0))
    return [
        *(
            f"duty day {pk}: state {state} with {count} visits"
            for pk, state, count in wrong.values_list("pk", "state", "count")
        ),
        *(f"rule {row['rule']}: {row['count']} duties on {row['day']}" for row in twice),
    ]
