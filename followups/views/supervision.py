"""Pages of the exchange with the supervision office: what goes out, as a list and as a file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kit.paging import page_of
from members.access import office_only
from members.actions import log_export

from .. import exports, reports
from .. import supervision as exchange
from ..forms.task_lists import SupervisionFilter


@office_only
@require_GET
def supervision(request):
    """What would go to the supervision office now, and the way its reply comes back."""
    actor, on = request.actor, timezone.localdate()
    filters = SupervisionFilter(request.GET, units=reports.units_of(actor))
    page = page_of(exchange.chosen(actor, on=on, **filters.wishes), request)
    for thing in page:
        thing.light, thing.own_number = thing.light_on(on), exchange.own_number(actor.committee, thing.pk)
    return TemplateResponse(
        request,
        "followups/supervision.html",
        {
            "page": page,
            "filters": filters,
            "query": request.GET.urlencode(),
            "crumbs": [(_("Follow-up"), reverse("followups:list")), (_("Supervision office"), None)],
        },
    )


@office_only
@require_GET
def supervision_export(request):
    """The list in the supervision office's columns; it is written down who took how much."""
    actor, on = request.actor, timezone.localdate()
    ending = "csv" if request.GET.get("format") == "csv" else "xlsx"
    filters = SupervisionFilter(request.GET, units=reports.units_of(actor))
    things = list(exchange.chosen(actor, on=on, **filters.wishes)[: exports.MOST_ROWS + 1])
    if len(things) > exports.MOST_ROWS:
        messages.warning(
            request,
            _("More than %(most)d rows cannot be exported at once; please narrow the list first.")
            % {"most": exports.MOST_ROWS},
        )
        return redirect(f"{reverse('followups:supervision')}?{request.GET.urlencode()}")
    sheet = exchange.sheet_of(actor.committee, things, on=on)
    log_export(committee=actor.committee, by=actor.person, what=f"{sheet.title} ({ending})", rows=len(things))
    return HttpResponse(
        getattr(sheet, ending)(),
        content_type=exports.TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="supervision-{on:%Y%m%d}.{ending}"'},
    )
