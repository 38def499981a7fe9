"""The schedule with the real Redis, worker and beat."""

import pytest

from cppcc_portal.schedule import SCHEDULE
from tests.plugins.services import shows, wait_until

pytestmark = pytest.mark.services


def test_beat_sends_and_the_worker_does(celery_services):
    name = SCHEDULE[0][0]

    wait_until(lambda: shows(celery_services.beat, celery_services.beat_log, name), what="sending")
    wait_until(
        lambda: (
            shows(celery_services.worker, celery_services.worker_log, f"Task {name}")
            and " succeeded in " in celery_services.worker_log.read_text()
        ),
        what="the task's success",
    )
    assert " raised unexpected" not in celery_services.worker_log.read_text()
