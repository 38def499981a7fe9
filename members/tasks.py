"""Tasks: what the clock calls on the people's floor."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from kit.tenancy import every_committee

from . import notices
from .models import FormKey


@shared_task(name="members.deliver_notices")
def deliver_notices() -> int:
    """Deliver every notice that is owed now."""
    return notices.deliver_all(at=timezone.now())


@shared_task(name="members.forget_form_keys")
def forget_form_keys() -> None:
    """Drop form keys older than thirty days: nobody sends a form again after that."""
    with every_committee(because="form keys carry nothing but a number"):
        FormKey.objects.filter(at__lt=timezone.now() - timedelta(days=30)).delete()
