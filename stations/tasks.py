"""Tasks: what the clock calls at the front door."""

from celery import shared_task
from django.utils import timezone

from kit.tenancy import committee_scope, every_committee
from members.models import Committee

from . import actions
from .actions.duty import HORIZON


@shared_task(name="stations.plan_duty")
def plan_duty() -> None:
    """Plan the duty days of the next sixty days in every committee, owe their reminders, and ask for records."""
    on = timezone.localdate()
    with every_committee(because="the planner serves all committees"):
        committees = list(Committee.objects.all())
    for committee in committees:
        with committee_scope(committee.pk):
            actions.plan_slots(committee, on=on, until=on + HORIZON)
            actions.ask_for_records(committee, on=on)
