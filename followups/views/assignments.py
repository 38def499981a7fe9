"""Pages of assignments: the list, the papers of one, and the list as a file."""

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kit.htmx import or_part
from kit.paging import page_of
from members.access import signed_in
from members.actions import log_export

from .. import access, exports, figures, reports
from ..forms import FilterForm, SignAllForm, views_for
from ..models import Assignment
from ..rows import rows_of
from ..states import Show

CHOOSE_ALL = {"show", "state", "light", "moved", "since", "year", "before", "figure", "closed_in", "judged", "again"}
STATION_NAMES_LAST = 600  # seconds the names in the station filter are kept


@signed_in
@require_GET
@or_part("followups/_assignment_rows.html")
def assignment_list(request):
    """The queue of a unit, the list of office and leaders, and what a person raised: reddest first."""
    actor, on = request.actor, timezone.localdate()
    filters = filter_form(request)
    found, show = filtered(actor, filters, on=on)
    page = page_of(found.with_list_columns(), request)
    for assignment in page:
        assignment.light, assignment.days_left = assignment.light_on(on), (assignment.due_on - on).days
    is_queue = actor.is_officer and not actor.sees_all
    waiting = Assignment.objects.handled_by(actor).unsigned().count() if actor.is_officer else 0
    return TemplateResponse(
        request,
        "followups/assignment_list.html",
        {
            "page": page,
            "filters": filters,
            "show": show,
            "views": views_for(reads_judgements=actor.sees_all),
            "is_queue": is_queue,
            "waiting": waiting,
            "sign_form": SignAllForm(mine=Assignment.objects.none()) if waiting else None,
            "rows": rows_of(page, tickable=actor.unit_ids if waiting else None, names_units=not is_queue),
            "figure": figures.FILTERS.get(filters.wishes.get("figure", "")),
            "query": request.GET.urlencode(),
            "crumbs": [(_("My unit's queue") if is_queue else _("Follow-up"), None)],
        },
    )


def filter_form(request):
    """Return the bound filter of the list; the names of stations are looked up once in ten minutes."""
    actor = request.actor
    key = f"followups:stations:{actor.committee.code}"
    names = []
    if actor.sees_all:
        names = cache.get(key)
        if names is None:
            names = reports.stations_in(Assignment.objects.filter(committee=actor.committee))
            cache.set(key, names, STATION_NAMES_LAST)
    units = reports.units_of(actor)
    return FilterForm(request.GET, units=units, stations=names, reads_judgements=actor.sees_all)


def filtered(actor, filters, *, on):
    """Return what the actor sees of what the filter asks for, in order, and the view of the list it is.

    Without a wish for a view it is the open ones for whoever works with the list, and all for who only raised some.
    An officer's views are the unit's queue; what they raised themselves stands among all.
    """
    wishes = filters.wishes
    chosen = wishes.keys() & CHOOSE_ALL
    works_with_it = actor.sees_all or actor.is_officer
    show = wishes.pop("show", "") or (Show.ALL if chosen or not works_with_it else Show.OPEN)
    is_queue = actor.is_officer and not actor.sees_all and show != Show.ALL
    seen = Assignment.objects.handled_by(actor) if is_queue else Assignment.objects.visible_to(actor)
    found = seen.matching(on=on, show=show, **wishes)
    has_done_ones = show in (Show.ALL, Show.ANSWERED, Show.NOT_SATISFIED)
    return (found.newest_first() if has_done_ones else found.reddest_first()), str(show)


@signed_in
@require_GET
def receipt(request, pk):
    """The numbered receipt (收条), to be printed."""
    assignment = access.assignment_to("receipt", pk, actor=request.actor)
    if not hasattr(assignment, "receipt"):
        raise Http404
    crumbs = [(_("Follow-up"), reverse("followups:list")), (assignment.title, assignment.get_absolute_url())]
    return TemplateResponse(
        request,
        "followups/receipt.html",
        {"assignment": assignment, "receipt": assignment.receipt, "crumbs": [*crumbs, (_("Receipt"), None)]},
    )


@signed_in
@require_GET
def slip(request, pk):
    """The hand-over slip (交办单), to be printed."""
    assignment = access.assignment_to("slip", pk, actor=request.actor)
    crumbs = [(_("Follow-up"), reverse("followups:list")), (assignment.title, assignment.get_absolute_url())]
    return TemplateResponse(
        request,
        "followups/slip.html",
        {"assignment": assignment, "crumbs": [*crumbs, (_("Hand-over slip"), None)]},
    )


@signed_in
@require_GET
def export(request):
    """The list as it is filtered, as an Excel or CSV file; it is written down who took how much."""
    actor, on = request.actor, timezone.localdate()
    found, _show = filtered(actor, filter_form(request), on=on)
    rows = list(found.with_light(on=on).with_list_columns()[: exports.MOST_ROWS + 1])
    if len(rows) > exports.MOST_ROWS:
        messages.warning(
            request,
            _("More than %(most)d rows cannot be exported at once; please narrow the list first.")
            % {"most": exports.MOST_ROWS},
        )
        return redirect(f"{reverse('followups:list')}?{request.GET.urlencode()}")
    sheet = exports.register(rows)
    kind = "csv" if request.GET.get("format") == "csv" else "xlsx"
    log_export(committee=actor.committee, by=actor.person, what=f"{sheet.title} ({kind})", rows=len(rows))
    response = HttpResponse(sheet.csv() if kind == "csv" else sheet.xlsx(), content_type=exports.TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="follow-up-{on:%Y%m%d}.{kind}"'
    return response
