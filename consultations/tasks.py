"""Tasks: what the clock calls in the consultations room."""

from celery import shared_task
from django.utils import timezone

from kit.tenancy import every_committee

from . import notices
from .models import Session


@shared_task(name="consultations.owe_reminders")
def owe_reminders() -> None:
    """Promise the reminders that are owed since an officer or an account came in later; those owed already stay."""
    now = timezone.now()
    with every_committee(because="the clock serves all committees"):
        for session in Session.objects.owing_reminders(at=now).with_page_columns():
            notices.owe_reminders(session, at=now)
