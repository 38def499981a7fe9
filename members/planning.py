"""Planning: a notice that has fallen due is put into words, arrives in the inbox, and its deliveries are written.

Nothing leaves the portal here, so a batch is one short transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.template import Context, Engine, Template
from django.utils import timezone, translation

from .models import Committee, Delivery, Gateway, Notice, NoticeChoice, Person
from .states import LOW_KINDS, NoticeChannel, NoticeKind

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=15)
BATCH = 200


@dataclass(frozen=True)
class Routes:
    """The ways out of the portal that are open at the moment, for every committee."""

    has_mail: bool
    gateways: dict[tuple[int, str], Gateway]
    committees: dict[int, Committee]

    @classmethod
    def now(cls) -> Routes:
        """Look up what is set up; two small queries."""
        return cls(
            has_mail=cls.has_mail_server(),
            gateways={(row.committee_id, row.channel): row for row in Gateway.objects.filter(is_active=True)},
            committees=Committee.objects.in_bulk(),
        )

    @staticmethod
    def has_mail_server() -> bool:
        """Whether the portal can send letters at all."""
        return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")

    def reach(self, person: Person, channel: str, kind: str) -> bool:
        """Whether a person can be reached on a channel: an account that may sign in, and what the channel needs.

        Only a way in without an account is mailed to somebody who has none.
        """
        user = person.user
        if kind == NoticeKind.PASS:
            return channel == NoticeChannel.EMAIL and self.has_mail and bool(mail_address(person))
        if not user or not user.is_active:
            return False
        if channel == NoticeChannel.EMAIL:
            return self.has_mail and bool(user.email)
        has_number = channel != NoticeChannel.SMS or bool(person.mobile)
        return has_number and (person.committee_id, channel) in self.gateways

    def chosen(self, person: Person, choice: NoticeChoice | None, kind: str) -> list[str]:
        """Return the channels on which a person wants a kind of notice and can be reached."""
        if kind in LOW_KINDS:
            return []
        wanted = (choice or NoticeChoice.usual(person)).channels_for(kind)
        return [channel for channel in wanted if self.reach(person, channel, kind)]


def mail_address(person: Person) -> str:
    """Return where letters to a person go: to their account's address, or to their own when they have no account."""
    return person.user.email if person.user else person.email


def choices_of(people: Iterable[int]) -> dict[int, NoticeChoice]:
    """Return what people have chosen, by the person's key; one query."""
    return {choice.person_id: choice for choice in NoticeChoice.objects.filter(person__in=people)}


def plan_batch(routes: Routes, *, at: datetime) -> tuple[int, int]:
    """Claim what is due at `at`, at most one batch, and let it arrive; return how many were claimed, how many arrived.

    Whose text cannot be made waits longer each time, and after five tries for the office.
    """
    claim = uuid4().hex
    if not (claimed := _claim(claim, at=at)):
        return 0, 0
    mine = Notice.objects.filter(claim=claim, sent_at__isnull=True)
    rows = list(mine.select_related("to__user").order_by("due_at", "pk"))
    ready = [notice for notice in rows if _is_put_into_words(notice, mine, at=at)]
    deliveries = _deliveries(ready, routes, at=at)
    arrived = timezone.now()
    with transaction.atomic():
        # Withdrawn meanwhile, or taken by another after the lease: not ours to tell.
        kept = set(mine.select_for_update().values_list("pk", flat=True))
        Delivery.objects.bulk_create([row for row in deliveries if row.notice_id in kept], ignore_conflicts=True)
        told = [notice for notice in ready if notice.pk in kept]
        for notice in told:
            notice.sent_at, notice.fault = arrived, ""
        Notice.objects.bulk_update(told, ["subject", "body", "sent_at", "fault"])
    return claimed, len(told)


def _claim(claim: str, *, at: datetime) -> int:
    """Take a batch of notices that are due and that nobody else has; of two at once each gets other rows."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - LEASE)
    due = Notice.objects.owed(at=at).filter(free).order_by("due_at", "pk")
    with transaction.atomic():
        # SQLite needs no lock here: its transactions follow one another.
        keys = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
        taken = Notice.objects.filter(free, pk__in=keys, sent_at__isnull=True)
        return taken.update(claim=claim, claimed_at=at, attempts=F("attempts") + 1) if keys else 0


def _is_put_into_words(notice: Notice, mine: Any, *, at: datetime) -> bool:
    """Fill in subject and body in the reader's language; a fault is noted and the next try comes later."""
    try:
        put_into_words(notice)
    except Exception as fault:  # whatever it was, the row keeps it and the office sees it
        log.exception("notice %s not delivered", notice.pk)
        later = at - LEASE + timedelta(minutes=2 ** max(notice.attempts - 1, 0))
        mine.filter(pk=notice.pk).update(fault=repr(fault)[:200], claimed_at=later)
        return False
    return True


def put_into_words(notice: Notice) -> None:
    """Write subject and body of a notice in the language of whoever it is for."""
    user = notice.to.user
    with translation.override(user.language if user else settings.LANGUAGE_CODE):
        words = {**notice.context, "person": notice.to.name}
        notice.subject = _plain(f"{notice.template}.subject.txt", words)[:200]
        notice.body = _plain(f"{notice.template}.txt", words)


@lru_cache(maxsize=500)
def _compiled(name: str) -> Template:
    return Engine.get_default().get_template(name)


def _plain(name: str, words: dict[str, Any]) -> str:
    """Fill in a template of plain text: nothing is escaped here, pages escape it when they show it."""
    return _compiled(name).render(Context(words, autoescape=False)).strip()


def _deliveries(notices: list[Notice], routes: Routes, *, at: datetime) -> list[Delivery]:
    """Return what goes out of the portal for notices that arrive; in quiet hours it waits for the morning."""
    choices = choices_of({notice.to_id for notice in notices})
    loud = {pk: committee.next_loud(at) for pk, committee in routes.committees.items()}
    return [
        Delivery(
            committee_id=notice.committee_id,
            notice=notice,
            key=notice.key,
            channel=channel,
            not_before=at if notice.is_urgent else loud[notice.committee_id],
        )
        for notice in notices
        for channel in routes.chosen(notice.to, choices.get(notice.to_id), notice.kind)
    ]
