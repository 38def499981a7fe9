"""The coverage page: what is covered, where the holes are, and where the matters of the year stand."""

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

import consultations.coverage
import members.coverage
import stations.coverage
from members.access import office_or_leader

ROOMS = (members.coverage, stations.coverage, consultations.coverage)
FUNNELS = (stations.coverage,)


@office_or_leader
@require_GET
def coverage(request):
    """Every coverage with its holes first, then where the year's matters stand."""
    on = timezone.localdate()
    return TemplateResponse(
        request,
        "coverage.html",
        {
            "coverages": [each for room in ROOMS for each in room.coverages_for(request.actor, on=on)],
            "funnel": [figure for room in FUNNELS for figure in room.funnel_for(request.actor, on=on)],
            "today": on,
            "crumbs": [(_("Board"), reverse("followups:board")), (_("Coverage"), None)],
        },
    )
