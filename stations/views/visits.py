"""Pages of visits: the list, one record, vouching for it, and the counts on two axes."""

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kit.doors import can
from kit.htmx import or_part
from kit.paging import page_of
from kit.trace import chain
from members.access import office_or_leader, station_side, visit_side
from members.acting import acted
from members.history import steps_of

from .. import access, actions, reports
from ..forms.duty import ReasonForm
from ..forms.visits import VisitFilter
from ..models import Matter, Visit
from ..states import VisitState
from .pages import form_page, show_form
from .rows import visit_rows


@visit_side
@require_GET
@or_part("stations/_visit_rows.html")
def visit_list(request):
    """The visits the actor may see; `?show=unconfirmed` those to vouch for, `?show=returned` those sent back."""
    actor, show = request.actor, request.GET.get("show", "")
    filters = _filter_of(request)
    wishes = filters.wishes
    found = _narrowed(Visit.objects.visible_to(actor), actor, show, wishes)
    parts = [_narrowed(part, actor, show, wishes) for part in Visit.objects.visible_in_parts(actor)]
    page = page_of(found.with_list_columns(), request, counted=parts, few=not (actor.sees_all or actor.is_keeper))
    context = {
        "page": page,
        "lines": visit_rows(page),
        "filters": filters,
        "show": show,
        "vouches": actor.is_clerk or actor.is_keeper,
        "may_create": actor.is_member or actor.is_keeper or actor.is_clerk,
        "sees_counts": actor.sees_all,
        "crumbs": [(_("Visits"), None)],
    }
    return TemplateResponse(request, "stations/visit_list.html", context)


def _filter_of(request):
    actor = request.actor
    stations = reports.station_choices(actor, kept_only=True) if actor.sees_all or actor.is_keeper else []
    return VisitFilter(request.GET, stations=stations, sectors=reports.sector_choices() if actor.sees_all else [])


def _narrowed(visits, actor, show, wishes):
    """Return what was asked for among some visits."""
    if show == "unconfirmed":
        visits = visits.to_vouch_for(actor)
    elif show == "returned":
        visits = visits.sent_back_to(actor.person)
    return visits.matching(**wishes)


@office_or_leader
@require_GET
def visit_counts(request):
    """Confirmed visits on two axes, sectors and areas; each counts once in the total and once on each axis."""
    filters = VisitFilter(
        request.GET, stations=reports.station_choices(request.actor), sectors=reports.sector_choices()
    )
    found = Visit.objects.visible_to(request.actor).matching(**filters.wishes)
    crumbs = [(_("Visits"), reverse("stations:visit_list")), (_("Counts"), None)]
    context = {"counts": reports.visit_counts(found), "filters": filters, "crumbs": crumbs}
    return TemplateResponse(request, "stations/visit_counts.html", context)


@visit_side
@require_GET
def visit_detail(request, pk):
    """One record with the numbers of what was raised; right after logging it says so."""
    actor = request.actor
    visit = access.visit_to("view", pk, actor=actor)
    context = {
        "visit": visit,
        "people": list(visit.people.by_strokes()),
        "can": can(visit, may=access.VISIT_MAY, actor=actor),
        "matters": list(Matter.objects.visible_to(actor).filter(visit=visit).order_by("year", "number")),
        "is_new": request.GET.get("logged") == "1" and access.is_logger(actor, visit),
        "reason": _reason(visit),
        "steps": steps_of(visit),
        "chain": chain(visit, actor=actor),
        "crumbs": [(_("Visits"), reverse("stations:visit_list")), (str(visit), None)],
    }
    return TemplateResponse(request, "stations/visit_detail.html", context)


def _reason(visit):
    """Return why the record came back the last time, while it is with its author."""
    if visit.state != VisitState.RETURNED:
        return ""
    return visit.steps.filter(verb="return").order_by("-pk").values_list("note", flat=True).first() or ""


@station_side
@require_POST
def visit_confirm(request, pk):
    """Vouch for a record."""
    visit = access.visit_to("confirm", pk, actor=request.actor)
    back = f"{reverse('stations:visit_list')}?show=unconfirmed" if request.POST.get("back") == "list" else visit
    return acted(
        request,
        back,
        lambda: actions.confirm_visit(visit, by=request.actor.person),
        _("Confirmed; it counts from now on."),
    )


@station_side
@form_page
def visit_return(request, pk):
    """Send a record back with the reason."""
    visit = access.visit_to("return", pk, actor=request.actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return acted(
            request, visit, lambda: actions.return_visit(visit, by=request.actor.person, **form.values), _("Sent back.")
        )
    crumbs = [
        (_("Visits"), reverse("stations:visit_list")),
        (str(visit), visit.get_absolute_url()),
        (_("Send back"), None),
    ]
    return show_form(
        request,
        "stations/verb_form.html",
        form,
        title=_("Send back"),
        subtitle=str(visit),
        back=visit.get_absolute_url(),
        crumbs=crumbs,
        on=timezone.localdate(),
    )
