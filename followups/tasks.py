"""Tasks: what the clock calls in the follow-up room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from celery import shared_task
from django.utils import timezone

from kit.tenancy import committee_scope, every_committee
from members.models import Committee

from . import actions


def _everywhere(act: Callable[..., object]) -> None:
    """Do one act for every committee, each in its own scope, as of today."""
    on: date = timezone.localdate()
    with every_committee(because="the clock serves all committees"):
        committees = list(Committee.objects.all())
    for committee in committees:
        with committee_scope(committee.pk):
            act(committee, on=on)


@shared_task(name="followups.note_lights")
def note_lights() -> None:
    """Write down the lights that changed."""
    _everywhere(actions.note_lights)


@shared_task(name="followups.note_silence")
def note_silence() -> None:
    """Write down where feedback was asked for and none was given in time."""
    _everywhere(actions.note_silence)


@shared_task(name="followups.press")
def press() -> None:
    """Climb the ladder for what is overdue."""
    _everywhere(actions.press)


@shared_task(name="followups.count_years")
def count_years() -> None:
    """Count the years of every committee for those above it."""
    _everywhere(actions.count_years)


@shared_task(name="followups.freeze_bulletins")
def freeze_bulletins() -> None:
    """Make last month's bulletin of every committee that has none."""
    _everywhere(actions.freeze_last_month)
