"""The visit form: what a member fills in on a phone in under a minute, with as many matters as were raised.

One form serves a duty day, a free visit and a record sent back. Without script “add another matter” asks the server
for one more row; with script it comes at once.
"""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.workflow import MoveRefused
from members.access import signed_in
from members.models import Area
from members.once import once

from .. import access, actions, questions, reports
from ..forms.visits import MOST_MATTERS, MatterRows, VisitForm
from ..models import Station
from ..states import Direction
from .pages import form_page, sent_before


@access.duty_side
@form_page
def visit_log(request, pk):
    """Log the visit of a duty day; a day that is settled already leads to its record."""
    slot = access.slot_to("serve", pk, actor=request.actor)
    if first := sent_before(request):
        return redirect(first)
    if not slot.is_waiting:
        messages.info(request, _("This duty day is settled already."))
        return redirect(slot)
    on = timezone.localdate()
    people = [(turn.person_id, turn.person.name) for turn in slot.turns.all()]
    form = VisitForm(request.POST or None, on=on, people=people, initial={"day": min(slot.day, on)})
    areas = reports.areas_near(slot.station)
    rows = _rows(request, areas=areas, place=_place(slot.station))

    def act(values, matters):
        there = values.pop("people", None) or [pk for pk, _name in people]
        return actions.log_visit(
            station=slot.station, slot=slot, by=request.actor.person, on=on, people=there, matters=matters, **values
        )

    return _answer(request, form, rows, act, slot=slot, draft=f"slot-{slot.pk}", back=slot.get_absolute_url())


@access.front_door
@form_page
def visit_create(request):
    """Log a visit that no rule foresaw: out in the field, or at a station on another day."""
    actor, on = request.actor, timezone.localdate()
    stations = reports.stations_for(actor)
    kept = Station.objects.in_use().kept_by(actor.person).first() if actor.is_keeper and not request.POST else None
    initial = {"day": on, "direction": Direction.OUT, "station": kept.pk if kept else None}
    find = partial(questions.STATION.one, actor)
    form = VisitForm(request.POST or None, on=on, stations=stations, find_station=find, initial=initial)
    rows = _rows(request)

    def act(values, matters):
        station = form.fields["station"].chosen
        del values["station"]
        people = [actor.person] if actor.is_member else []
        return actions.log_visit(station=station, by=actor.person, on=on, people=people, matters=matters, **values)

    return _answer(request, form, rows, act, draft="new", back=reverse("stations:visit_list"))


@signed_in
@form_page
def visit_resend(request, pk):
    """Correct a record that came back, add what was forgotten, and send it again."""
    visit = access.visit_to("resend", pk, actor=request.actor)
    on = timezone.localdate()
    people = [(turn.person_id, turn.person.name) for turn in visit.slot.turns.all()] if visit.slot else []
    initial = {
        "day": visit.day,
        "direction": visit.direction,
        "person_times": visit.person_times,
        "note": visit.note,
        "people": list(visit.people.values_list("pk", flat=True)),
    }
    form = VisitForm(request.POST or None, on=on, people=people, initial=initial)
    rows = _rows(request, areas=reports.areas_near(visit.station), place=_place(visit.station))

    def act(values, matters):
        there = values.pop("people", None)
        actions.resend_visit(visit, by=request.actor.person, on=on, people=there, matters=matters, **values)
        return visit

    return _answer(request, form, rows, act, visit=visit, draft=f"visit-{visit.pk}", back=visit.get_absolute_url())


def _place(station):
    """What a matter without a place of its own gets."""
    return _("As the station (%(area)s)") % {"area": station.area} if station.area else ""


def _rows(request, **row):
    """Return the rows for matters: as posted, or one empty one; a broken count of rows is one empty row too."""
    rows = MatterRows(request.POST or None, prefix="matters", form_kwargs=row)
    if rows.is_bound and not rows.management_form.is_valid():
        return MatterRows(prefix="matters", form_kwargs=row)
    return rows


def _answer(request, form, rows, act, *, draft, back, slot=None, visit=None):
    """Add a row, save everything at once, or show what is wrong."""
    adding = request.method == "POST" and "add" in request.POST
    if request.method == "POST" and not adding and form.is_valid() and (not rows.is_bound or rows.is_valid()):
        values = form.values
        values.pop("nobody", None)
        try:
            url = once(form, request.actor, lambda: f"{_saved(act, values, rows).get_absolute_url()}?logged=1")
        except MoveRefused as refused:
            messages.warning(request, str(refused))
            return redirect(back)
        return redirect(url)
    status = 200 if adding or not form.is_bound else 422
    if adding:
        form, rows = _one_more(request, form, rows)
    context = {
        "form": form,
        "rows": rows,
        "most": MOST_MATTERS,
        "slot": slot,
        "visit": visit,
        "draft": f"{draft}-{request.actor.person.pk}",
        "cancel_url": back,
        "crumbs": [(_("My duty days"), reverse("stations:my_duty")), (_("Log the visit"), None)],
    }
    return TemplateResponse(request, "stations/visit_form.html", context, status=status)


def _saved(act, values, rows):
    forms = rows.forms if rows.is_bound else []
    areas = Area.objects.in_bulk([row.cleaned_data["area"] for row in forms if row.cleaned_data.get("area")])
    return act(values, [heard for row in forms if (heard := row.heard(areas))])


def _one_more(request, form, rows):
    """Return the same form with what was typed and one more row; nothing is judged yet."""
    data = request.POST.copy()
    count = min(rows.total_form_count() + 1, MOST_MATTERS) if rows.is_bound else 1
    data["matters-TOTAL_FORMS"] = str(count)
    data.setdefault("matters-INITIAL_FORMS", "0")
    again = MatterRows(data, prefix="matters", form_kwargs=rows.form_kwargs)
    again._errors, again._non_form_errors = [{} for _row in range(count)], again.error_class()
    for row in again.forms:
        row._errors = {}
    form._errors = {}
    return form, again
