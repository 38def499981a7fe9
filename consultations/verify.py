"""What must agree in the consultations room, and every place where it does not."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, F, Max, Q
from django.utils import timezone

from members.models import Notice
from members.verify import state_differences

from . import notices
from .models import Outcome, Participant, Session, Topic
from .states import OutcomeKind, SessionState


def differences(*, at: datetime | None = None) -> list[str]:
    """Return every difference: states and last steps, years, gaps in the minutes, outcomes, reminders at a moment."""
    found: list[str] = []
    for model in (Topic, Session, Participant):
        found += state_differences(model)
    return found + _years() + _gaps() + _outcomes() + _reminders(at or timezone.now())


def _years() -> list[str]:
    """Return every topic that stands in the list under another year than that of its plan."""
    other = Q(year__lt=F("plan__year")) | Q(year__gt=F("plan__year"))
    wrong = Topic.objects.filter(other | Q(year=None, plan__isnull=False) | Q(year__isnull=False, plan=None))
    return [f"topic {pk}: its year is not that of its plan" for pk in wrong.order_by("pk").values_list("pk", flat=True)]


def _gaps() -> list[str]:
    """Return every year of a committee whose minutes are not numbered 1, 2, 3 …"""
    issued = Session.objects.filter(minutes_number__isnull=False).order_by().values("committee", "minutes_year")
    return [
        f"minutes {row['minutes_year']} of committee {row['committee']}: {row['number']} issued, last is {row['last']}"
        for row in issued.annotate(number=Count("pk"), last=Max("minutes_number"))
        if row["number"] != row["last"]
    ]


def _outcomes() -> list[str]:
    """Return every outcome to be done that was not handed over, or to another unit, or for another day."""
    todo = Outcome.objects.filter(kind=OutcomeKind.TODO)
    wrong = todo.filter(Q(assignment__isnull=True)).values_list("pk", flat=True)
    return [f"outcome {pk}: nothing was handed over" for pk in wrong] + [
        f"outcome {outcome.pk}: unit is not that of its assignment"
        for outcome in todo.exclude(assignment__unit=F("unit")).filter(assignment__isnull=False)
    ]


def _reminders(at: datetime) -> list[str]:
    """Return every reminder a session owes and does not have, and every one that nobody owes any more."""
    found = []
    for session in Session.objects.owing_reminders(at=at).with_page_columns():
        owed = {(reminder.to.pk, reminder.key) for reminder in notices.reminders(session, at=at)}
        there = set(notices.owed_to(session))
        keys = {key for _person, key in owed - there}
        told = set(Notice.objects.filter(key__in=keys, sent_at__isnull=False).values_list("to_id", "key"))
        found += [f"session {session.pk}: {key} is not owed to person {to}" for to, key in sorted(owed - there - told)]
    unsent = Notice.objects.filter(key__startswith="session:", sent_at__isnull=True).order_by("pk")
    alive = {
        state: set(Session.objects.filter(state=state).values_list("pk", flat=True))
        for state in (SessionState.NOTIFIED, SessionState.IN_SESSION)
    }
    for pk, key in unsent.values_list("pk", "key"):
        _room, session_pk, occasion, *_more = key.split(":")
        state = SessionState.IN_SESSION if occasion.startswith("minutes-") else SessionState.NOTIFIED
        if occasion.startswith(notices.OWED) and int(session_pk) not in alive[state]:
            found.append(f"notice {pk} ({key}): its session owes no reminders")
    return found
