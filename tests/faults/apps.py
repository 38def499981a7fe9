"""What a fault run changes in its own processes: a short lease, and on demand the planted fault."""

import os
from datetime import timedelta

from django.apps import AppConfig

LEASE_SECONDS = 10  # in the portal a quarter of an hour: nobody wants to wait that long three hundred times
PLANT = "FAULTS_PLANT"
PLANTS = ("mark-before-send",)


class FaultsConfig(AppConfig):
    """Installed by `tests.faults.settings` alone."""

    name = "tests.faults"
    label = "faults"

    def ready(self):
        """Shorten the lease, hand beat the harness's schedule, and plant a fault when the harness asks for one."""
        from cppcc_portal import celery  # noqa: PLC0415 -- it reads the settings
        from members import delivery, planning  # noqa: PLC0415 -- models load after the apps

        from . import planted  # noqa: PLC0415

        celery._read_schedule(celery.app)  # beat reads it before the settings could say otherwise
        planning.LEASE = delivery.LEASE = timedelta(seconds=LEASE_SECONDS)
        # What a batch gives back waits half a minute; with a third of so short a lease most would be given back.
        delivery.LONGEST = delivery.LEASE * 0.8
        if os.environ.get(PLANT) == PLANTS[0]:
            delivery._Batch = planted.HastyBatch
