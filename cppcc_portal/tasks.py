"""Tasks that need every room."""

from celery import shared_task
from django.utils import timezone

import consultations.digest
import followups.digest
import stations.digest
from members import digests

ROOMS = tuple(room.digest_for for room in (followups.digest, stations.digest, consultations.digest))


@shared_task(name="cppcc_portal.plan_digests")
def plan_digests() -> int:
    """Owe everybody for whom something waits today's digest."""
    return digests.plan(ROOMS, at=timezone.now())
