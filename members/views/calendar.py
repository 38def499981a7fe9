"""The working calendar by hand: its days, its complete years and versions; what would move is shown before."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kit.deadlines import WorkCalendar
from kit.paging import page_of

from .. import access
from ..access import office_only
from ..calendars import Change, apply_change, calendar_for, moves_of
from ..forms import CalendarDayForm, CompleteYearForm, KeyForm
from ..models import CalendarDay, CalendarVersion
from ..once import once, taken_before
from .registers import CALENDAR

SHOWN_YEARS = range(-1, 3)  # around this one


@office_only
def day_create(request):
    """Enter a day."""
    if first := taken_before(request.POST, request.actor):
        return redirect(first)
    form = CalendarDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _changed(request, form, _put(form), str(CALENDAR.new))
    return _form_page(request, form, str(CALENDAR.new))


@office_only
def day_edit(request, pk):
    """Change a day."""
    if first := taken_before(request.POST, request.actor):
        return redirect(first)
    entry = access.entry_to("edit", CalendarDay, pk, actor=request.actor)
    initial = {"day": entry.day, "is_workday": entry.is_workday, "label": entry.label}
    form, heading = CalendarDayForm(request.POST or None, entry=entry, initial=initial), _("Edit “%(entry)s”")
    heading %= {"entry": entry}
    if request.method == "POST" and form.is_valid():
        return _changed(request, form, _put(form, drop=frozenset([entry.day])), heading)
    return _form_page(request, form, heading, entry)


@office_only
@require_POST
def day_delete(request, pk):
    """Take a day out."""
    if first := taken_before(request.POST, request.actor):
        return redirect(first)
    entry = access.entry_to("delete", CalendarDay, pk, actor=request.actor)
    form = KeyForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("This page is out of date. Please reload it and send the form again."))
        return redirect(CALENDAR.url("edit", entry.pk))
    return _changed(request, form, Change(drop=frozenset([entry.day])), _("Remove “%(entry)s”") % {"entry": entry})


@office_only
def versions(request):
    """Show which years are known and every version of the calendar; say that a year is complete."""
    if first := taken_before(request.POST, request.actor):
        return redirect(first)
    form = CompleteYearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        change = Change(year=form.values["year"], source=form.values["source"])
        heading = _("The calendar of %(year)d is complete") % {"year": change.year}
        return _changed(request, form, change, heading, back="versions")
    calendar, this_year = calendar_for(request.actor.committee), timezone.localdate().year
    context = {
        "form": form,
        "page": page_of(CalendarVersion.objects.select_related("by"), request, per_page=50),
        "years": [(year, _standing(year, calendar)) for year in (this_year + step for step in SHOWN_YEARS)],
        "crumbs": [*CALENDAR.crumbs, (_("Years and versions"), None)],
    }
    return TemplateResponse(request, "members/calendar_versions.html", context, status=422 if form.is_bound else 200)


def _standing(year: int, calendar: WorkCalendar) -> str:
    """Return how a year is known: by the national notice, by the committee's own entry, or not."""
    return "missing" if not calendar.is_known(year) else "national" if WorkCalendar().is_known(year) else "own"


def _put(form, drop=frozenset()):
    values = form.values
    return Change({values["day"]: (values["is_workday"], values["label"])}, drop, source=values["source"])


def _changed(request, form, change, heading, back="list"):
    """Change the calendar; where open dates would move, show them first and ask again."""
    committee = request.actor.committee
    moves = moves_of(committee, change)
    if moves and not request.POST.get("confirmed"):
        given = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
        context = {
            "heading": heading,
            "given": given,
            "moves": [move.plain() for move in moves],
            "back": CALENDAR.url(back),
            "crumbs": [*CALENDAR.crumbs, (heading, None)],
        }
        return TemplateResponse(request, "members/calendar_preview.html", context)

    def act() -> str:
        version = apply_change(committee, change, by=request.actor.person, at=timezone.now())
        messages.success(request, _("The calendar now is version %(number)d.") % {"number": version.number})
        return CALENDAR.url(back)

    return redirect(once(form, request.actor, act))


def _form_page(request, form, heading, entry=None):
    context = {
        "form": form,
        "heading": heading,
        "back": CALENDAR.url("list"),
        "delete_url": CALENDAR.url("delete", entry.pk) if entry else "",
        "delete_form": KeyForm(),
        "crumbs": [*CALENDAR.crumbs, (heading, None)],
    }
    return TemplateResponse(request, "members/register_form.html", context, status=422 if form.errors else 200)
