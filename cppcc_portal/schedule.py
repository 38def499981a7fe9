"""The schedule: what the portal does by itself, and when. Celery beat and `manage.py tick` both read this one list.

Each entry names a task of `<app>/tasks.py`. A task looks for whatever is due and may run twice, late or
not at all without harm: the next run finds what was left.
"""

from celery.schedules import crontab, schedule

from . import env

SWEEP_SECONDS = env.number("PORTAL_SWEEP_SECONDS", 30)
every_sweep = schedule(SWEEP_SECONDS)

SCHEDULE = [
    ("members.deliver_notices", every_sweep),
    ("followups.note_lights", crontab(minute="5")),
    ("followups.note_silence", crontab(hour="4", minute="20")),
    ("followups.press", crontab(hour="8,10,14", minute="35")),
    ("followups.count_years", crontab(hour="1", minute="25")),
    ("followups.freeze_bulletins", crontab(hour="6", minute="15")),
    ("stations.plan_duty", crontab(minute="20")),
    ("consultations.owe_reminders", crontab(hour="4", minute="10")),
    # Planned once a day for each person; the further hours are for a clock that was not there in the first.
    ("cppcc_portal.plan_digests", crontab(hour="5-11", minute="40")),
    ("members.forget_form_keys", crontab(hour="3", minute="10")),
]
