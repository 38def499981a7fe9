"""Tasks: what the clock calls in the consultations room."""

from celery import shared_task
from django.utils import timezone

from kit.tenancy import every_committee

from . import notices
from .models import Session
from .states import SessionState


@shared_task(name="consultations.owe_reminders")
def owe_reminders() -> None:
    """Promise the reminders that are owed since an officer or an account came in later; those owed already stay."""
    now = timezone.now()
    with every_committee(because="the clock serves all committees"):
        ahead = Session.objects.filter(state=SessionState.NOTIFIED, starts_at__gt=now)
        for session in ahead.with_page_columns():
            notices.owe_reminders(session, at=now)
