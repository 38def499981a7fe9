"""The portal's settings for a fault run: what is killed is the real thing, only its pauses are shorter.

Nothing here is read by the portal itself; a process takes these settings when the harness names them.
"""

from cppcc_portal import schedule
from cppcc_portal.settings import *  # noqa: F403 -- the one place where all settings are taken over
from cppcc_portal.settings import INSTALLED_APPS, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.apps.FaultsConfig"]
# Pages without their style sheets; a run does not wait until those are collected.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

# These on every sweep, so that each is killed in the middle many times; the others only tidy up or count.
OFTEN = ("members.deliver_notices", "stations.plan_duty", "consultations.owe_reminders")
schedule.SCHEDULE[:] = [(name, schedule.every_sweep if name in OFTEN else when) for name, when in schedule.SCHEDULE]
