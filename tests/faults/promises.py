"""What must be true of notices after any number of kills: arrived once, sent, marked once, and owed as planned."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from followups import ladder
from followups.models import Assignment
from followups.notices import told_by
from followups.states import RUNNING, Anchor, AssignmentState, Rung
from members.calendars import calendar_for
from members.models import Delivery, Notice
from members.notices import office_of
from members.planning import Routes, choices_of
from members.states import DeliveryState, NoticeChannel
from stations import notices as duty_notices
from stations import rota
from stations.actions.duty import HORIZON
from stations.models import DutyRule, DutySlot, DutyTurn

from .invariants import Evidence, Verdict


def notices_end_delivered(evidence: Evidence) -> Verdict:
    """I4: every notice that is due arrived once, with the messages its reader wants, and each of those was sent."""
    says = (
        "every notice due (提醒, 催办, 收条 …) arrived, once per person and occasion; its messages are marked as sent"
    )
    verdict = Verdict("I4", says)
    due = Notice.objects.filter(due_at__lte=timezone.now())
    verdict.checked = due.count()
    for pk, key, sent_at, attempts, subject in due.values_list("pk", "key", "sent_at", "attempts", "subject"):
        if sent_at is None:
            word = "given up" if attempts >= Notice.MOST_ATTEMPTS else "not delivered"
            verdict.broken.append(f"notice {pk} {key}: {word} after {attempts} tries")
        elif not attempts or not subject:
            verdict.broken.append(f"notice {pk} {key}: delivered without a try or without words")
    sent = Delivery.objects.filter(state=DeliveryState.SENT)
    left = Delivery.objects.exclude(state__in=[DeliveryState.SENT, DeliveryState.DROPPED])
    verdict.broken += [
        f"message {pk}: {state} after {n} tries" for pk, state, n in left.values_list("pk", "state", "attempts")
    ]
    verdict.broken += _recorded_twice() + _otherwise_than_wanted(due.exclude(sent_at=None))
    verdict.figures = {
        "notices owed": verdict.checked,
        "notices arrived": due.exclude(sent_at=None).count(),
        "messages marked as sent": sent.count(),
    }
    return verdict


def _recorded_twice() -> list[str]:
    rows = Notice.objects.order_by().values("to", "key").annotate(count=Count("pk")).filter(count__gt=1)
    return [f"person {row['to']} {row['key']}: on record {row['count']} times" for row in rows]


def _otherwise_than_wanted(arrived: Any) -> list[str]:
    """Recount on which channels each notice goes out, and compare."""
    routes, kept = Routes.now(), Counter(Delivery.objects.values_list("notice_id", "channel"))
    notices = list(arrived.select_related("to__user"))
    choices = choices_of({notice.to_id for notice in notices})
    wanted = Counter(
        (notice.pk, str(channel))
        for notice in notices
        for channel in routes.chosen(notice.to, choices.get(notice.to_id), notice.kind)
    )
    return [
        f"notice {pk} by {channel}: {kept[pk, channel]} messages, {wanted[pk, channel]} wanted"
        for pk, channel in sorted(kept.keys() | wanted.keys())
        if kept[pk, channel] != wanted[pk, channel]
    ]


def message_id(pk: int) -> str:
    """Return the message id a notice carries however often it is sent."""
    return f"<notice-{pk}@{settings.SITE_URL.split('//')[-1].split(':')[0]}>"


def recorded_means_sent(evidence: Evidence) -> Verdict:
    """I5: what is marked as sent reached the sink, to its reader, no oftener than it was tried."""
    verdict = Verdict("I5", "what is marked as sent is at the mail server; doubles carry the same message id")
    taken = Counter((mail.message_id, mail.to) for mail in evidence.mails)
    rows = Delivery.objects.filter(channel=NoticeChannel.EMAIL, state=DeliveryState.SENT)
    doubles = 0
    for pk, key, attempts, email in rows.values_list("notice_id", "notice__key", "attempts", "notice__to__user__email"):
        verdict.checked += 1
        count = taken.pop((message_id(pk), email), 0)
        doubles += max(count - 1, 0)
        if count == 0:
            verdict.broken.append(f"notice {pk} {key}: marked as sent, never at the mail server")
        elif count > attempts:
            verdict.broken.append(f"notice {pk} {key}: {count} times at the mail server after {attempts} tries")
    verdict.broken += [f"{ident} to {to}: at the mail server and of no message sent" for ident, to in taken]
    verdict.figures = {"mails": len(evidence.mails), "doubles at the mail server": doubles}
    return verdict


def reminders_are_as_planned(evidence: Evidence) -> Verdict:
    """I6: the reminders are those that follow from the clocks and the duty rules, recounted from those."""
    verdict = Verdict("I6", "duty days (值日) and reminders (催办) = those recounted from rules and clocks, once each")
    wanted = _wanted_of_clocks() | _wanted_of_duty(evidence.began_on)
    kept = _kept_of_clocks() | set(Notice.objects.filter(key__startswith="slot:").values_list("to_id", "key"))
    verdict.checked = len(wanted)
    verdict.broken += [f"person {to} {key}: not owed" for to, key in sorted(wanted - kept)]
    verdict.broken += [f"person {to} {key}: owed by nothing" for to, key in sorted(kept - wanted)]
    verdict.broken += _days_otherwise_planned(evidence.began_on)
    return verdict


def _wanted_of_clocks() -> set[tuple[int, str]]:
    """Recount from the ladder who is owed which reminder for every assignment whose clock runs."""
    found: set[tuple[int, str]] = set()
    for assignment in Assignment.objects.filter(state__in=RUNNING).select_related("unit", "committee"):
        calendar = calendar_for(assignment.committee)
        for rung in ladder.rungs_of(assignment.committee, on=assignment.handed_over_on):
            is_signing, is_overdue = rung.anchor == Anchor.SIGN_DUE, rung.anchor == Anchor.DUE and rung.days > 0
            is_past = ladder.day_of(rung, assignment, calendar=calendar) <= assignment.handed_over_on
            is_signed = assignment.state != AssignmentState.HANDED_OVER
            if rung.rung != Rung.REMIND or (is_signed if is_signing else is_past and not is_overdue):
                continue
            word = "sign-reminder" if is_signing else "overdue" if is_overdue else "due-reminder"
            key = f"assignment:{assignment.pk}:{word}:{rung.key}"
            found |= {(to.pk, key) for to in told_by(rung.told, assignment)}
    return found


def _kept_of_clocks() -> set[tuple[int, str]]:
    """Return the reminders of clocks that are on the list, delivered ones only while their clock runs."""
    running = set(Assignment.objects.filter(state__in=RUNNING).values_list("pk", flat=True))
    rows = Notice.objects.filter(key__regex=r"^assignment:[0-9]+:(sign-reminder|due-reminder|overdue)")
    return {
        (to, key)
        for to, key, sent_at in rows.values_list("to_id", "key", "sent_at")
        if sent_at is None or int(key.split(":")[1]) in running
    }


def _wanted_of_duty(began_on: date) -> set[tuple[int, str]]:
    """Recount the reminders of every turn, before its day and after one without a record, as far as they lay ahead."""
    found: set[tuple[int, str]] = set()
    for person, slot, day in DutyTurn.objects.values_list("person_id", "slot_id", "slot__day"):
        for occasion, days in duty_notices.REMINDERS:
            if day - timedelta(days=days) >= began_on:
                found.add((person, f"slot:{slot}:{occasion}:{day:%Y-%m-%d}"))
        for occasion, days in duty_notices.UNRECORDED:
            if day + timedelta(days=days) >= began_on:
                found.add((person, f"slot:{slot}:{occasion}:{day:%Y-%m-%d}"))
    for duty in DutySlot.objects.filter(day__gte=began_on).select_related("station"):
        key = f"slot:{duty.pk}:unrecorded-station:{duty.day:%Y-%m-%d}"
        found |= {(keeper, key) for keeper in duty.station.keeper_ids}
    for slot, day, committee in DutySlot.objects.filter(has_question=True).values_list("pk", "day", "committee_id"):
        found |= {(person.pk, f"slot:{slot}:question:{day:%Y-%m-%d}") for person in office_of(committee)}
    return found


def _days_otherwise_planned(began_on: date) -> list[str]:
    """Recount the days of every duty rule and the people each needs."""
    broken: list[str] = []
    for rule in DutyRule.objects.select_related("station", "committee"):
        until = began_on + HORIZON
        days: Any = rota.rule_days(rule, began_on, until, calendar=calendar_for(rule.committee), taken=())
        wanted = Counter(day.rule_day for day in days if day.on)
        planned = Counter(rule.slots.filter(rule_day__lte=until).values_list("rule_day", flat=True))
        if wanted != planned:
            broken.append(f"rule {rule.pk}: {sum(planned.values())} days planned, {sum(wanted.values())} wanted")
    short = DutySlot.objects.annotate(count=Count("turns")).values_list("pk", "count", "rule__people_needed")
    return broken + [f"duty day {pk}: {count} turns of {needed}" for pk, count, needed in short if count != needed]
