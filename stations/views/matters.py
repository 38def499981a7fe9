"""Pages of the ledger of residents' matters: the list, one matter, taking one down, and the ledger as a file."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kit.doors import can
from kit.htmx import or_part
from kit.paging import page_of
from kit.trace import chain
from members.access import station_side
from members.actions import log_export
from members.history import steps_of
from members.models import Area
from members.once import once

from .. import access, actions, exports, questions, reports
from ..forms.matters import MatterFilter, MatterForm
from ..models import Matter
from ..states import MatterState, Show
from .pages import form_page, show_form
from .rows import matter_rows


@access.ledger_side
@require_GET
@or_part("stations/_matter_rows.html")
def matter_list(request):
    """The ledger: newest first, or the most urgent first where only open ones are looked at."""
    actor, on = request.actor, timezone.localdate()
    filters = _filter_of(request)
    found, show = _narrowed(Matter.objects.visible_to(actor), filters, on=on)
    parts = [_narrowed(part, filters, on=on)[0] for part in Matter.objects.visible_in_parts(actor)]
    page = page_of(found.with_list_columns(), request, counted=parts)
    context = {
        "page": page,
        "lines": matter_rows(page, on=on),
        "filters": filters,
        "show": show,
        "views": [(view.value, view.label) for view in Show],
        "query": request.GET.urlencode(),
        "may_create": actor.is_keeper or actor.is_clerk,
        "crumbs": [(_("Residents' matters"), None)],
    }
    return TemplateResponse(request, "stations/matter_list.html", context)


def _filter_of(request):
    actor = request.actor
    works_with_it = actor.sees_all or actor.is_keeper
    return MatterFilter(
        request.GET,
        stations=reports.station_choices(actor, kept_only=True) if works_with_it else [],
        owners=reports.owner_choices(actor) if works_with_it else [],
    )


def _narrowed(matters, filters, *, on):
    """Return what was asked for among some matters, in order, and which view of the ledger it is."""
    wishes = filters.wishes
    show = wishes.pop("show", Show.ALL)
    show = show if show in Show.values else Show.ALL
    found = matters.matching(on=on, show=show, **wishes)
    return (found.order_by("due_on", "pk") if show in (Show.OPEN, Show.OVERDUE) else found), show


@access.ledger_side
@require_GET
def matter_export(request):
    """The ledger as it is filtered, as an Excel or CSV file; it is written down who took how much."""
    actor, on = request.actor, timezone.localdate()
    found, _show = _narrowed(Matter.objects.visible_to(actor), _filter_of(request), on=on)
    rows = list(found.with_ledger_columns()[: exports.MOST_ROWS + 1])
    if len(rows) > exports.MOST_ROWS:
        words = _("More than %(most)d rows cannot be exported at once; please narrow the list first.")
        messages.warning(request, words % {"most": exports.MOST_ROWS})
        return redirect(f"{reverse('stations:matter_list')}?{request.GET.urlencode()}")
    sheet = exports.ledger(rows, on=on)
    kind = "csv" if request.GET.get("format") == "csv" else "xlsx"
    log_export(committee=actor.committee, by=actor.person, what=f"{sheet.title} ({kind})", rows=len(rows))
    response = HttpResponse(sheet.csv() if kind == "csv" else sheet.xlsx(), content_type=exports.TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="matters-{on:%Y%m%d}.{kind}"'
    return response


@access.ledger_side
@require_GET
def matter_detail(request, pk):
    """One matter: what was said, who answers by when, what the unit did, what the resident was told, its whole way."""
    actor, on = request.actor, timezone.localdate()
    matter = access.matter_to("view", pk, actor=actor)
    matter.light = matter.light_on(on)
    verbs = can(matter, may=access.MATTER_MAY, actor=actor)
    assignment = _assignment(matter, actor=actor, on=on)
    nodes = chain(matter, actor=actor)
    context = {
        "matter": matter,
        "can": verbs,
        "beats": _beats(matter),
        "assignment": assignment,
        "may_open_assignment": any(node.model == "assignment" for node in nodes),
        "may_propose": actor.is_member,
        "may_make_topic": "escalate" in verbs,
        "steps": steps_of(matter),
        "chain": nodes,
        "crumbs": [(_("Residents' matters"), reverse("stations:matter_list")), (matter.label, None)],
    }
    return TemplateResponse(request, "stations/matter_detail.html", context)


def _assignment(matter, *, actor, on):
    """Return what the unit has done so far, in the order in which it happened: words, day and light."""
    assignment = matter.assignment
    if assignment is None:
        return None
    return {
        "it": assignment,
        "light": assignment.light_on(on),
        "receipt": getattr(assignment, "receipt", None),
        "progress": questions.PROGRESS.all(actor, assignment.pk),
        "replies": questions.REPLIES.all(actor, assignment.pk),
    }


WAY = (
    (MatterState.RECEIVED,),
    (MatterState.CLASSIFIED,),
    (MatterState.WORKING, MatterState.ASSIGNED, MatterState.ESCALATED),
    (MatterState.ANSWERED,),
    (MatterState.CLOSED,),
)


def _beats(matter):
    """Return the five stages with where the matter stands: past, here or ahead; the middle one says how."""
    here = next(place for place, states in enumerate(WAY) if matter.state in states)
    beats = []
    for place, states in enumerate(WAY):
        state = MatterState(matter.state) if place == here else states[0]
        label = _("Being handled") if place == 2 and place != here else state.label
        beats.append((label, "past" if place < here else "here" if place == here else "ahead"))
    return beats


@station_side
@form_page
def matter_create(request):
    """Take a matter down at the desk: by telephone, from the mailbox, from the chat group (平日渠道)."""
    actor, on = request.actor, timezone.localdate()
    form = MatterForm(
        request.POST or None,
        on=on,
        stations=reports.stations_for(actor, kept_only=True),
        areas=Area.objects.all(),
        find_station=partial(questions.KEPT_STATION.one, actor),
        find_area=partial(questions.AREA.one, actor),
    )
    form.initial = {"received_on": on} | ({} if request.POST else _only_one(form.fields["station"].options))
    if request.method == "POST" and form.is_valid():

        def act():
            chosen = {name: form.fields[name].chosen for name in ("station", "area")}
            return actions.receive_matter(by=actor.person, on=on, **form.values | chosen)

        return redirect(once(form, actor, act))
    crumbs = [(_("Residents' matters"), reverse("stations:matter_list")), (_("Take a matter down"), None)]
    return show_form(
        request,
        "stations/verb_form.html",
        form,
        title=_("Take a matter down"),
        back=reverse("stations:matter_list"),
        crumbs=crumbs,
    )


def _only_one(stations):
    """Return the station as the one chosen, where there is no other."""
    return {"station": stations[0][0]} if len(stations) == 1 else {}
