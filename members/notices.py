"""Notices: promised inside the act, delivered later, told once.

`promise` writes rows in the caller's transaction: rolled back together, promised twice = once. `deliver_all` claims
one row after the other by a conditional update and may be run by anybody, any number of times, at once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.template import Context, Engine
from django.utils import timezone, translation

from kit.tenancy import committee_scope, every_committee

from .models import Notice, Person, RoleGrant
from .states import Role

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=15)


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
) -> None:
    """Owe every person in `to` a notice from `at` on (now when None).

    `key` names thing and occasion: the same key to the same person is owed once, however often it is promised.
    `context` holds plain words only: texts, numbers and dates written out.
    """
    due = at or timezone.now()
    words = {name: value if isinstance(value, int | float) else str(value) for name, value in context.items()}
    Notice.objects.bulk_create(
        [
            Notice(
                committee_id=person.committee_id,
                to=person,
                key=key,
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
    """Take back what is owed under keys that begin so and was not delivered yet; returns how many."""
    owed = Notice.objects.filter(key__startswith=key_prefix, sent_at__isnull=True)
    return (owed.filter(to=to) if to else owed).delete()[0]


def deliver_all(*, at: datetime, most: int = 500) -> int:
    """Deliver what is owed at `at`, at most `most` notices; returns how many were delivered.

    At least once: a process that dies between sending and noting it leaves a lease that ends after a quarter of an
    hour, and the notice is sent again under the same message id. Each lease begins when its notice is claimed: many
    mails to a slow server may take longer than one lease.
    """
    begun = time.monotonic()
    with every_committee(because="the dispatcher serves all committees"):
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - LEASE)
        ids = list(Notice.objects.owed(at=at).filter(free).order_by("due_at", "pk").values_list("pk", flat=True)[:most])
        return sum(_deliver(pk, at=at + timedelta(seconds=time.monotonic() - begun), free=free) for pk in ids)


def _deliver(pk: int, *, at: datetime, free: Q) -> bool:
    """Claim one notice, send it, note it. False when somebody else has it or it could not be sent."""
    claim = uuid4().hex
    mine = Notice.objects.filter(pk=pk, sent_at__isnull=True)
    if not mine.filter(free).update(claim=claim, claimed_at=at, attempts=F("attempts") + 1):
        return False
    notice = Notice.objects.select_related("to", "to__user").get(pk=pk)
    try:
        with committee_scope(notice.committee_id):
            _render(notice)
            _mail(notice)
    except Exception as fault:  # whatever it was, the row keeps it and the office sees it
        log.exception("notice %s not delivered", pk)
        mine.filter(claim=claim).update(fault=repr(fault)[:200], claimed_at=at - LEASE + _pause(notice.attempts))
        return False
    return bool(
        mine.filter(claim=claim).update(sent_at=timezone.now(), subject=notice.subject, body=notice.body, fault="")
    )


def _pause(attempts: int) -> timedelta:
    """The wait before the next try: 1, 2, 4, 8 … minutes."""
    return timedelta(minutes=2 ** max(attempts - 1, 0))


def _render(notice: Notice) -> None:
    """Put the notice into words in the reader's language."""
    user = notice.to.user
    with translation.override(user.language if user else settings.LANGUAGE_CODE):
        words = {**notice.context, "person": notice.to.name}
        notice.subject = _plain(f"{notice.template}.subject.txt", words)[:200]
        notice.body = _plain(f"{notice.template}.txt", words)


def _plain(name: str, words: dict[str, Any]) -> str:
    """Fill in a template of plain text: nothing is escaped here, pages escape it when they show it."""
    return Engine.get_default().get_template(name).render(Context(words, autoescape=False)).strip()


def _mail(notice: Notice) -> None:
    """Send it by e-mail too, to a person with an account that may sign in and an address."""
    user = notice.to.user
    if not user or not user.is_active or not user.email or settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return
    link = f"\n\n{settings.SITE_URL}{notice.url}" if notice.url else ""
    EmailMessage(
        notice.subject.replace("\n", " "),
        notice.body + link,
        to=[user.email],
        headers={"Message-ID": f"<notice-{notice.pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"},
    ).send()
