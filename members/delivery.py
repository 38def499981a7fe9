"""Delivery: planned messages are claimed in batches, sent outside every transaction, and marked after sending.

At least once: a process that dies between sending and marking leaves a lease that ends after a quarter of an hour, and
the message is sent again under the same id.
"""

from __future__ import annotations

import logging
import smtplib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from kit import workflow

from . import gateways
from .models import Delivery
from .planning import BATCH, LEASE, Routes, mail_address
from .states import CHATS, NoticeChannel

log = logging.getLogger(__name__)
# What is sent twice at most when a process is killed: so many messages, or those of so long.
MARK_EVERY, MARK_AFTER = 20, timedelta(seconds=1)
CHATS_PER_PASS = 8  # robots take twenty messages a minute; a pass comes every thirty seconds
LONGEST = LEASE / 3  # a batch that takes longer gives the rest back, long before its lease ends
LONGEST_PAUSE = timedelta(days=1)
# What a mail server says about one letter; anything else means that the way to the server is broken.
_OF_THE_LETTER = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)


@dataclass
class Pass:
    """One pass of a dispatcher: when it began, which ways out are open, and which broke on the way."""

    at: datetime
    routes: Routes
    started: float = field(default_factory=monotonic)
    broken: set[tuple[int, str]] = field(default_factory=set)  # (committee, channel); committee 0 stands for all
    dead: set[tuple[int, str]] = field(default_factory=set)

    def now(self) -> datetime:
        """The moment it is, counted from the beginning of the pass."""
        return self.at + timedelta(seconds=monotonic() - self.started)

    def is_broken(self, row: Delivery) -> bool:
        """Whether the way of a message failed before in this pass."""
        return not self.broken.isdisjoint({(0, row.channel), (row.committee_id, row.channel)})


def send_batches(run: Pass, *, most: int) -> int:
    """Send what is due, batch after batch, at most about `most` messages; returns how many were sent."""
    sent, tried, others = 0, 0, Q()
    for committee, channel in run.routes.gateways:
        if channel in CHATS:
            robot = Q(committee=committee, channel=channel)
            sent, others = sent + _send_batch(run, robot, most=CHATS_PER_PASS)[1], others & ~robot
    while tried < most:
        claimed, told = _send_batch(run, others, most=BATCH)
        tried, sent = tried + claimed, sent + told
        if not claimed:
            break
    return sent


def _send_batch(run: Pass, which: Q, *, most: int) -> tuple[int, int]:
    """Claim, send, mark; return how many were claimed and how many sent."""
    claim = uuid4().hex
    if not (claimed := _claim(run, which, claim=claim, most=most)):
        return 0, 0
    mine = Delivery.objects.filter(claim=claim)
    batch = _Batch(run, claim)
    try:
        for row in mine.select_related("notice__to__user").order_by("not_before", "pk"):
            batch.send(row)
    finally:
        batch.close()
    return claimed, batch.sent


def _claim(run: Pass, which: Q, *, claim: str, most: int) -> int:
    """Take messages that are due and that nobody else has; in quiet hours only the urgent ones of a committee."""
    now = run.now()
    due = Delivery.objects.free(at=now).filter(which)
    if quiet := [pk for pk, committee in run.routes.committees.items() if committee.is_quiet(now)]:
        due = due.filter(Q(notice__is_urgent=True) | ~Q(committee__in=quiet))
    for committee, channel in run.broken:
        due = due.exclude(Q(channel=channel) & (Q(committee=committee) if committee else Q()))
    with transaction.atomic():
        # SQLite needs no lock here: its transactions follow one another.
        locked = due.select_for_update(skip_locked=True, of=("self",)).order_by("not_before", "pk")
        keys = list(locked.values_list("pk", flat=True)[:most])
        taken = Delivery.objects.free(at=now).filter(pk__in=keys)
        words = {"claim": claim, "not_before": now + LEASE, "attempts": F("attempts") + 1}
        return workflow.apply_to_all(taken, "claim", **words) if keys else 0


class _Batch:
    """The messages of one claim: one mail connection for all, marked in small groups."""

    def __init__(self, run: Pass, claim: str):
        self.run = run
        self.mine = Delivery.objects.filter(claim=claim)
        self.started = self.marked = run.now()
        self.connection: BaseEmailBackend | None = None
        self.done: list[int] = []
        self.sent = 0

    def send(self, row: Delivery) -> None:
        """Send one message, or put it off, or drop it, or give it back."""
        run = self.run
        if run.is_broken(row) or run.now() - self.started > LONGEST:
            self._give_back(row)
        elif not run.routes.reach(row.notice.to, row.channel, row.notice.kind):
            workflow.apply_to_all(self.mine.filter(pk=row.pk), "drop")
        else:
            try:
                self._hand_over(row)
            except Exception as fault:  # whatever it was, the row keeps it and the office sees it
                self._failed(row, fault)
            else:
                self.done.append(row.pk)
                if len(self.done) >= MARK_EVERY or run.now() - self.marked > MARK_AFTER:
                    self._mark()

    def close(self) -> None:
        """Mark what is not marked yet and hang up."""
        self._mark()
        self._hang_up()

    def _hand_over(self, row: Delivery) -> None:
        if row.channel == NoticeChannel.EMAIL:
            self._mail(row)
        else:
            gateways.send(self.run.routes.gateways[row.committee_id, row.channel], row.notice)

    def _mail(self, row: Delivery) -> None:
        if self.connection is None:
            connection = get_connection()
            connection.open()
            self.connection = connection
        self.connection.send_messages([letter(row)])

    def _mark(self) -> None:
        if self.done:
            words = {"sent_at": timezone.now(), "fault": ""}
            self.sent += workflow.apply_to_all(self.mine.filter(pk__in=self.done), "send", **words)
            self.done = []
        self.marked = self.run.now()

    def _failed(self, row: Delivery, fault: Exception) -> None:
        log.warning("delivery %s failed: %s", row.pk, type(fault).__name__)
        run, own = self.run, self.mine.filter(pk=row.pk)
        if row.channel != NoticeChannel.EMAIL:
            run.broken.add((row.committee_id, row.channel))
        elif isinstance(fault, OSError) and not isinstance(fault, _OF_THE_LETTER):
            self._hang_up()
            run.broken.add((0, row.channel))
        kind = "" if isinstance(fault, gateways.GatewayFault) else f"{type(fault).__name__}: "
        words = {"fault": f"{kind}{fault}"[:200]}
        if row.attempts >= Delivery.MOST_ATTEMPTS:
            workflow.apply_to_all(own, "give_up", **words)
            run.dead.add((row.committee_id, row.channel))
        else:
            workflow.apply_to_all(own, "put_off", not_before=run.now() + pause(row.attempts), **words)

    def _give_back(self, row: Delivery) -> None:
        """Leave a message to the next pass, as if it had not been tried."""
        later = self.run.now() + timedelta(seconds=30)
        workflow.apply_to_all(self.mine.filter(pk=row.pk), "put_off", not_before=later, attempts=F("attempts") - 1)

    def _hang_up(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            try:
                connection.close()
            except (smtplib.SMTPException, OSError) as fault:  # the letters were taken before
                log.warning("the mail connection did not close: %r", fault)


def pause(attempts: int) -> timedelta:
    """Return the wait before the next try: 1, 2, 4, 8 … minutes, at most a day."""
    return min(timedelta(minutes=2 ** max(attempts - 1, 0)), LONGEST_PAUSE)


def letter(row: Delivery) -> EmailMessage:
    """Return the letter of a delivery; sent twice it has the same id, so that a mailbox shows it once."""
    notice = row.notice
    link = f"\n\n{settings.SITE_URL}{notice.url}" if notice.url else ""
    host = settings.SITE_URL.split("//")[-1].split(":")[0]
    return EmailMessage(
        notice.subject.replace("\n", " "),
        notice.body + link,
        to=[mail_address(notice.to)],
        headers={"Message-ID": f"<notice-{notice.pk}@{host}>"},
    )
