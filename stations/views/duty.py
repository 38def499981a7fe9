"""Pages of duty days: one's own on a phone, the month of all stations, and one of them."""

from calendar import Calendar
from datetime import date

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kit.deadlines import add_months
from kit.doors import can
from members.access import directory, office_only, station_side
from members.acting import acted
from members.calendars import calendar_for

from .. import access, actions
from ..forms.duty import CalendarForm, MoveForm, ReasonForm
from ..models import DutySlot, Visit
from ..states import SlotState
from .pages import form_page, show_form

SHOWN = 10
MOST_IN_A_MONTH = 1500


@access.duty_side
@require_GET
def my_duty(request):
    """One's next duty, big, then those after it, and those without a record; keepers see their stations'."""
    actor, on = request.actor, timezone.localdate()
    mine = DutySlot.objects.of(actor.person).with_list_columns()
    coming = list(mine.to_come(on=on)[:SHOWN])
    kept = []
    if actor.is_keeper:
        at_mine = DutySlot.objects.at_stations_of(actor.person).with_list_columns()
        kept = list(at_mine.to_come(on=on)[:SHOWN]) + list(at_mine.without_record(on=on)[:SHOWN])
    context = {
        "next": coming[0] if coming else None,
        "coming": coming[1:],
        "waiting": list(mine.without_record(on=on)[:SHOWN]),
        "returned": list(Visit.objects.sent_back_to(actor.person).select_related("station")),
        "kept": kept,
        "today": on,
        "crumbs": [(_("My duty days"), None)],
    }
    return TemplateResponse(request, "stations/my_duty.html", context)


@directory
@require_GET
def duty_calendar(request):
    """A month of duty days at all stations; or those to come that somebody must decide about."""
    on = timezone.localdate()
    wishes = CalendarForm(request.GET).wishes
    visible = DutySlot.objects.visible_to(request.actor).select_related("station")
    context = {"today": on, "crumbs": [(_("Duty calendar"), None)], "may_decide": request.actor.is_clerk}
    if wishes.get("question"):
        context["questions"] = visible.questions(on=on).prefetch_related("people")[:100]
        return TemplateResponse(request, "stations/duty_questions.html", context)
    first = date.fromisoformat(f"{wishes.get('month', f'{on:%Y-%m}')}-01")
    slots = visible.exclude(state=SlotState.CANCELLED).filter(day__gte=first, day__lt=add_months(first, 1))
    by_day: dict = {}
    columns = slots.order_by("day", "starts_at", "pk").values_list(
        "day", "pk", "station__name", "state", "has_question"
    )
    for day, *slot in columns[:MOST_IN_A_MONTH]:
        by_day.setdefault(day, []).append(slot)
    working = calendar_for(request.actor.committee)
    context |= {
        "first": first,
        "before": add_months(first, -1) if first.year > 2000 else None,
        "after": add_months(first, 1) if first.year < 2099 else None,
        "weeks": [
            [
                (day, by_day.get(day, []), day.month == first.month, working.is_workday(day), working.holiday_name(day))
                for day in week
            ]
            for week in Calendar().monthdatescalendar(first.year, first.month)
        ],
        "asked": visible.questions(on=on).count() if request.actor.is_clerk else 0,
    }
    return TemplateResponse(request, "stations/duty_calendar.html", context)


@directory
@require_GET
def slot_detail(request, pk):
    """One duty day: when, where, who, what was logged, and what the actor may do."""
    actor, on = request.actor, timezone.localdate()
    slot = access.slot_to("view", pk, actor=actor)
    verbs = can(slot, may=access.SLOT_MAY, actor=actor)
    if not slot.is_waiting:
        verbs -= {"keep", "move"}
    if not slot.has_question:
        verbs -= {"keep"}
    if slot.day > on:
        verbs -= {"serve", "miss"}
    context = {
        "slot": slot,
        "people": [turn.person for turn in slot.turns.all()],
        "can": verbs,
        "visit": Visit.objects.visible_to(actor).filter(slot=slot).first(),
        "steps": slot.steps.select_related("by"),
        "today": on,
        "crumbs": [(_("Duty calendar"), reverse("stations:duty_calendar")), (str(slot), None)],
    }
    return TemplateResponse(request, "stations/slot_detail.html", context)


@access.duty_side
@require_POST
def slot_confirm(request, pk):
    """Say that one will be there."""
    slot = access.slot_to("confirm", pk, actor=request.actor)
    back = reverse("stations:my_duty") if request.POST.get("back") == "mine" else slot
    return acted(
        request,
        back,
        lambda: actions.confirm_slot(slot, by=request.actor.person),
        _("Confirmed. See you at the station."),
    )


@station_side
@require_POST
def slot_miss(request, pk):
    """Write down that nobody came."""
    slot = access.slot_to("miss", pk, actor=request.actor)
    on = timezone.localdate()
    return acted(request, slot, lambda: actions.miss_slot(slot, by=request.actor.person, on=on))


@office_only
@require_POST
def slot_keep(request, pk):
    """Keep a duty on a special day."""
    slot = access.slot_to("keep", pk, actor=request.actor)
    return acted(request, slot, lambda: actions.keep_slot(slot), _("The duty is kept."))


@office_only
@form_page
def slot_move(request, pk):
    """Move a duty to another day."""
    slot, on = access.slot_to("move", pk, actor=request.actor), timezone.localdate()
    form = MoveForm(request.POST or None, on=on)
    if request.method == "POST" and form.is_valid():
        return acted(
            request,
            slot,
            lambda: actions.move_slot(slot, on=on, **form.values),
            _("Moved. Those on duty have been told."),
        )
    return _slot_page(request, slot, form, _("Move the duty"))


@office_only
@form_page
def slot_cancel(request, pk):
    """Call a duty off."""
    slot = access.slot_to("cancel", pk, actor=request.actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return acted(
            request,
            slot,
            lambda: actions.cancel_slot(slot, by=request.actor.person, **form.values),
            _("Called off. Those on duty have been told."),
        )
    return _slot_page(request, slot, form, _("Call the duty off"))


def _slot_page(request, slot, form, title):
    crumbs = [
        (_("Duty calendar"), reverse("stations:duty_calendar")),
        (str(slot), slot.get_absolute_url()),
        (title, None),
    ]
    return show_form(
        request,
        "stations/verb_form.html",
        form,
        title=title,
        subtitle=str(slot),
        back=slot.get_absolute_url(),
        crumbs=crumbs,
    )
