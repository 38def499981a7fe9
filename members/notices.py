"""Notices: promised inside the act, delivered later, told once.

`promise` writes rows in the caller's transaction: rolled back together, promised twice = once. `deliver_all` lets what
is due arrive in the inbox and sends it on the channels its reader has chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from kit import workflow
from kit.tenancy import committee_scope, every_committee

from .delivery import Pass, send_batches
from .models import Delivery, Notice, Person, RoleGrant
from .planning import Routes, plan_batch
from .states import DeliveryState, NoticeKind, Role

# What a notice is about when its caller does not say so, by the folder of its words.
KINDS = {"consultations": NoticeKind.MEETING, "stations": NoticeKind.DUTY, "members": NoticeKind.ALERT}


def office_of(committee_pk: int) -> list[Person]:
    """Return the people of a committee's office."""
    grants = RoleGrant.objects.filter(committee=committee_pk, role=Role.CLERK).select_related("person")
    return [grant.person for grant in grants]


def promise(
    to: Iterable[Person],
    *,
    key: str,
    template: str,
    context: Mapping[str, Any],
    url: str = "",
    at: datetime | None = None,
    kind: NoticeKind | None = None,
    is_urgent: bool = False,
) -> None:
    """Owe every person in `to` a notice from `at` on (now when None).

    `key` names thing and occasion: the same key to the same person is owed once, however often it is promised.
    `context` holds plain words only: texts, numbers and dates written out. `kind` says what it is about (None: what the
    folder of its template says), and with it whether it may be turned off and whether it is left to the digest. Only
    what is urgent leaves the portal in quiet hours.
    """
    due = at or timezone.now()
    kind = kind or KINDS.get(template.split("/")[1], NoticeKind.WORK)
    words = {name: value if isinstance(value, int | float) else str(value) for name, value in context.items()}
    Notice.objects.bulk_create(
        [
            Notice(
                committee_id=person.committee_id,
                to=person,
                key=key,
                kind=kind,
                is_urgent=is_urgent,
                template=template,
                context=words,
                url=url,
                due_at=due,
            )
            for person in to
        ],
        ignore_conflicts=True,
    )


def withdraw(*, key_prefix: str, to: Person | None = None) -> int:
    """Take back what is owed under keys that begin so and has not arrived yet; returns how many.

    What has arrived stays in the inbox, and what of it waits to leave the portal, waits no longer.
    """
    waiting = Delivery.objects.waiting().filter(key__startswith=key_prefix, state=DeliveryState.PENDING)
    workflow.apply_to_all(waiting.filter(notice__to=to) if to else waiting, "drop")
    owed = Notice.objects.filter(key__startswith=key_prefix, sent_at__isnull=True)
    return (owed.filter(to=to) if to else owed).delete()[0]


def deliver_all(*, at: datetime, most: int = 20_000) -> int:
    """Let what is owed at `at` arrive, and send what is to leave the portal; returns how many notices arrived.

    At most about `most` of each. May be run by anybody, any number of times, at once: every row is claimed first. What
    could not be sent in the end, the office is told.
    """
    with every_committee(because="the dispatcher serves all committees"):
        run = Pass(at, Routes.now())
        told = claimed = 0
        while claimed < most:
            taken, arrived = plan_batch(run.routes, at=run.now())
            claimed, told = claimed + taken, told + arrived
            if not taken:
                break
        send_batches(run, most=most)
    for committee, channel in run.dead:
        with committee_scope(committee):
            _undelivered(committee, channel, at=at)
    return told


def _undelivered(committee: int, channel: str, *, at: datetime) -> None:
    """Tell the office, once a day for each channel, that something could not be sent."""
    day = f"{timezone.localdate(at):%Y-%m-%d}"
    promise(
        office_of(committee),
        key=f"undelivered:{channel}:{day}",
        template="notices/members/undelivered",
        context={"channel": channel, "day": day},
        url=f"{reverse('members:outbox')}?state={DeliveryState.DEAD}",
        at=at,
    )
