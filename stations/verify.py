"""What must agree at the front door: states with steps, numbers without gaps, matters with their assignments."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone

from kit.tenancy import every_committee
from members.models import Notice, NumberSeries
from members.verify import state_differences

from . import notices
from .models import DutySlot, Matter, Visit
from .models.duty import LOOK_BACK, WAITING
from .states import MatterState, SlotState


def differences(*, at: datetime | None = None) -> list[str]:
    """Return everything that does not agree at a moment, over all committees; nothing when all is well."""
    with every_committee(because="the nightly check looks at everybody's rows"):
        return [
            *state_differences(DutySlot),
            *state_differences(Visit),
            *state_differences(Matter),
            *_numbers(),
            *_assignments(),
            *_duty(),
            *_reminders(at or timezone.now()),
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
    other_day = handed.filter(state=MatterState.ASSIGNED).exclude(due_on=F("assignment__due_on"))
    return [
        *(f"matter {pk}: promised for another day than its unit's" for pk in other_day.values_list("pk", flat=True)),
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


def _reminders(at: datetime) -> list[str]:
    """A duty day just over and without a record owes (or has given) its questions; one that is settled owes nothing."""
    on = timezone.localdate(at)
    kept = Notice.objects.filter(key__startswith="slot:", key__contains=":unrecorded-", due_at__gte=at - LOOK_BACK)
    asked = {(*_parts(key), to) for key, to in kept.values_list("key", "to_id").iterator()}
    found = []
    for slot in DutySlot.objects.just_over(on=on):
        questions = notices.questions_of(slot, slot.people.all(), on=on)
        wanted = {(slot.pk, question.occasion, person.pk) for question in questions for person in question.to}
        found += [f"duty day {pk}: {name} is not owed to person {to}" for pk, name, to in sorted(wanted - asked)]
    unsent = Notice.objects.filter(key__startswith="slot:", sent_at__isnull=True).order_by("pk")
    alive = set(DutySlot.objects.filter(state__in=WAITING).values_list("pk", flat=True))
    stray = [(pk, key) for pk, key in unsent.values_list("pk", "key") if _parts(key)[1] in notices.OWED]
    return found + [f"notice {pk} ({key}): its duty day owes none" for pk, key in stray if _parts(key)[0] not in alive]


def _parts(key: str) -> tuple[int, str]:
    """Return which duty day a notice is about, and the occasion."""
    _room, pk, occasion, *_more = key.split(":")
    return int(pk), occasion
