"""The calendar of sessions and own duty days, and moving a session on it."""

from datetime import date, datetime

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kit.htmx import or_part
from members.access import signed_in, station_side
from members.acting import acted

from .. import access, clashes
from ..actions import sessions as actions
from ..forms.fields import FIRST_YEAR, LAST_YEAR, hours_of
from ..forms.sessions import MoveForm
from ..timetable import VIEWS, timetable
from .common import form_page, session_crumbs, show_form
from .rows import month_rows


@signed_in
@require_GET
@or_part("consultations/_calendar.html")
def session_calendar(request):
    """A month, a week or the list of a month: ?view=, ?date=; nonsense shows the present month."""
    today = timezone.localdate()
    view = request.GET.get("view")
    table = timetable(
        actor=request.actor,
        view=view if view in VIEWS else "month",
        on=_day(request.GET.get("date", "")) or today,
        today=today,
    )
    context = {
        "table": table,
        "month": month_rows(table) if table.view == "month" else "",
        "today": today,
        "may_create": request.actor.is_clerk or request.actor.is_keeper,
        "crumbs": [(_("Consultations"), None)],
    }
    return TemplateResponse(request, "consultations/session_calendar.html", context)


def _day(words):
    """Return the day an address names, or None."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


@station_side
@form_page
def session_move(request, pk):
    """Ask before a session is moved: the old time, the new one, what clashes there; then move it.

    The calendar names the new time as ?start= and ?end= (2026-03-18T09:00); without script the form is filled in.
    """
    session = access.session_to("move", pk, actor=request.actor)
    asked = _asked(request.GET)
    form = MoveForm(request.POST or None, initial=hours_of(*(asked or (session.starts_at, session.ends_at))))
    found = []
    if request.method == "POST" and form.is_valid():
        found = _clashes(session, **form.hours)
        if not found or form.cleaned_data["seen"] == clashes.digest(found):
            return acted(
                request,
                session,
                lambda: actions.move_session(session, by=request.actor.person, at=timezone.now(), **form.hours),
                _("Moved."),
            )
        form.show_mark(clashes.digest(found))
    elif request.method == "GET" and asked:
        found = _clashes(session, *asked)
        form.initial["seen"] = clashes.digest(found)
    new = (form.hours["starts_at"], form.hours["ends_at"]) if form.is_bound and form.is_valid() else asked
    context = {
        "session": session,
        "form": form,
        "new": new,
        "clashes": found,
        "crumbs": session_crumbs(session, _("Move")),
    }
    return show_form(request, "consultations/session_move.html", context)


def _clashes(session, starts_at, ends_at):
    return clashes.clashes(
        committee=session.committee_id,
        starts_at=starts_at,
        ends_at=ends_at,
        station=session.station,
        place=session.place,
        people=clashes.people_of(session),
        but=session,
    )


def _asked(query):
    """Return start and end as the calendar names them, or None when they make no sense."""
    try:
        start, end = (datetime.fromisoformat(query.get(name, "")) for name in ("start", "end"))
        start, end = (
            timezone.make_aware(moment) if timezone.is_naive(moment) else timezone.localtime(moment)
            for moment in (start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0))
        )
    except (ValueError, OverflowError):
        return None
    sensible = FIRST_YEAR <= start.year <= LAST_YEAR and start < end and start.date() == end.date()
    return (start, end) if sensible else None
