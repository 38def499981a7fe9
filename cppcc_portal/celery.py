"""Celery: the alarm clock for installations with Redis. The work itself is rows in the database."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cppcc_portal.settings")

app = Celery("cppcc_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_configure.connect
def _read_schedule(sender, **kwargs):
    """Hand the one schedule to beat."""
    from .schedule import SCHEDULE  # noqa: PLC0415 -- settings must be loaded first

    # A task that found no worker for five minutes is dropped: the next one does its work as well.
    sender.conf.beat_schedule = {
        name: {"task": name, "schedule": when, "options": {"expires": 300}} for name, when in SCHEDULE
    }


@setup_logging.connect
def _keep_our_logging(**kwargs):
    """Celery leaves logging alone when somebody listens here; Django's LOGGING has set it up already."""
