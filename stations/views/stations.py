"""Pages of stations: the list, one of them, and describing one."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kit.doors import can
from kit.htmx import or_part
from kit.paging import page_of
from members.access import directory, office_only
from members.models import Area
from members.once import once

from .. import access
from ..forms.stations import StationFilter, StationForm
from ..models import DutySlot, Matter, Station, Visit
from ..states import StationKind, StationLayer
from .pages import form_page, sent_before, show_form, words_of

NEXT_DAYS = 8


@directory
@require_GET
@or_part("stations/_station_rows.html")
def station_list(request):
    """The stations by layer, kind and area."""
    areas = Area.objects.filter(parent=None).values_list("pk", "name")
    filters = StationFilter(request.GET, areas=areas)
    found = Station.objects.visible_to(request.actor).matching(**filters.wishes).with_list_columns()
    page = page_of(found, request)
    kinds, layers = words_of(StationKind.choices), words_of(StationLayer.choices)
    for row in page:
        row["kind"], row["layer"] = kinds[row["kind"]], layers[row["layer"]]
    context = {
        "page": page,
        "filters": filters,
        "may_create": request.actor.is_clerk,
        "crumbs": [(_("Stations"), None)],
    }
    return TemplateResponse(request, "stations/station_list.html", context)


@directory
@require_GET
def station_detail(request, pk):
    """One station: who keeps it, when it is open, its duty rules, who is there next, and how many matters are open."""
    actor, on = request.actor, timezone.localdate()
    station = access.station_to("view", pk, actor=actor)
    context = {
        "station": station,
        "can": can(station, may=access.STATION_MAY, actor=actor),
        "rules": list(station.rules.order_by("pk")),
        "slots": DutySlot.objects.filter(station=station).to_come(on=on).prefetch_related("people")[:NEXT_DAYS],
        "children": list(station.children.in_use().values_list("pk", "name")),
        "open_matters": Matter.objects.visible_to(actor).filter(station=station).open().count(),
        "last_visits": Visit.objects.visible_to(actor).filter(station=station)[:5],
        "is_keeper": access.is_keeper_of(actor, station),
        "crumbs": [(_("Stations"), reverse("stations:station_list")), (station.name, None)],
    }
    return TemplateResponse(request, "stations/station_detail.html", context)


@office_only
@form_page
def station_create(request):
    """Open a station."""
    if first := sent_before(request):
        return redirect(first)
    form = StationForm(request.POST or None, committee=request.actor.committee)
    if request.method == "POST" and form.is_valid():
        return redirect(once(form, request.actor, form.save))
    crumbs = [(_("Stations"), reverse("stations:station_list")), (_("New station"), None)]
    return show_form(request, "stations/station_form.html", form, title=_("New station"), crumbs=crumbs)


@office_only
@form_page
def station_edit(request, pk):
    """Change what is said about a station."""
    station = access.station_to("edit", pk, actor=request.actor)
    form = StationForm(request.POST or None, instance=station, committee=request.actor.committee)
    if request.method == "POST" and form.is_valid():
        return redirect(once(form, request.actor, form.save))
    name = Station.objects.values_list("name", flat=True).get(pk=pk)
    crumbs = [(_("Stations"), reverse("stations:station_list")), (name, station.get_absolute_url()), (_("Edit"), None)]
    return show_form(
        request, "stations/station_form.html", form, title=_("Edit station"), station=station, crumbs=crumbs
    )
