"""The meeting page: attendance, positions, speeches, consensus, outcomes, minutes; each a small form of its own."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kit.doors import can
from kit.forms import PortalForm
from members.access import station_side
from members.acting import acted
from members.once import once

from .. import access, reports
from ..actions import meeting as actions
from ..forms import meeting as forms
from ..models import Consensus, ReservedView, Speech
from .common import session_crumbs
from .sessions import outcomes_of

POINTS = {"speech": Speech, "consensus": Consensus, "reserved": ReservedView}


@station_side
@require_GET
def meeting(request, pk):
    """Everything that is written down in a meeting, on one page."""
    return _page(request, access.session_to("run", pk, actor=request.actor))


def _page(request, session, *, status=200, **bound):
    """Show the meeting; `bound` holds a form that was not right, under the name the page knows it by."""
    seats = list(session.participants.with_names())
    people = ("participant__person", "participant__unit")
    context = {
        "session": session,
        "can": can(session, may=access.SESSION_MAY, actor=request.actor),
        "is_open": session.state == "in_session",
        "sides": reports.sides(seats),
        "standpoints": reports.standpoints(seats),
        "speeches": list(session.speeches.select_related(*people)),
        "consensus": list(session.consensus.all()),
        "reserved": list(session.reserved.select_related(*people)),
        "outcomes": outcomes_of(session, request.actor),
        "papers": list(session.papers.all()),
        "attendance_form": forms.AttendanceForm(session=session),
        "guest_form": forms.GuestForm(auto_id="guest_%s"),
        "position_form": forms.PositionForm(seats=seats, auto_id="position_%s"),
        "speech_form": forms.SpeechForm(seats=seats, auto_id="speech_%s"),
        "consensus_form": forms.ConsensusForm(auto_id="consensus_%s"),
        "reserved_form": forms.ReservedForm(seats=seats, auto_id="reserved_%s"),
        "outcome_form": forms.OutcomeForm(on=timezone.localdate(), auto_id="outcome_%s"),
        "course_form": forms.CourseForm(initial={"minutes": session.minutes}, auto_id="course_%s"),
        "bare": PortalForm(),
        "crumbs": session_crumbs(session, _("Meeting")),
        **bound,
    }
    return TemplateResponse(request, "consultations/meeting.html", context, status=status)


def _here(session, part=""):
    return reverse("consultations:meeting", args=[session.pk]) + (f"#{part}" if part else "")


def _take(request, pk, name, make_form, act, done=""):
    """The five beats of every small form here: a bad one shows the page again, a good one is taken once."""
    session = access.session_to("run", pk, actor=request.actor)
    form = make_form(session)
    if not form.is_valid():
        return _page(request, session, status=422, **{f"{name}_form": form})
    back = _here(session, name)

    def take():
        act(session, form)
        return back

    return acted(request, back, lambda: once(form, request.actor, take), done)


@station_side
@require_POST
def session_open(request, pk):
    """Open the meeting."""
    session = access.session_to("open", pk, actor=request.actor)
    return acted(
        request,
        _here(session),
        lambda: actions.open_session(session, by=request.actor.person, at=timezone.now()),
    )


@station_side
@require_POST
def meeting_attendance(request, pk):
    """Write down who is there; or everybody at once, by the second button."""

    def act(session, form):
        actions.take_attendance(session, by=request.actor.person, marks=form.cleaned_data["marks"])
        if request.POST.get("everybody"):
            actions.mark_all_present(session, by=request.actor.person)

    return _take(
        request,
        pk,
        "attendance",
        lambda session: forms.AttendanceForm(request.POST, session=session),
        act,
        _("Attendance saved."),
    )


@station_side
@require_POST
def meeting_guest(request, pk):
    """Give a seat to somebody who came without invitation."""
    return _take(
        request,
        pk,
        "guest",
        lambda session: forms.GuestForm(request.POST, auto_id="guest_%s"),
        lambda session, form: actions.add_guest(session, by=request.actor.person, **form.values),
    )


@station_side
@require_POST
def meeting_position(request, pk):
    """Write down a side and its position."""
    return _take(
        request,
        pk,
        "position",
        lambda session: forms.PositionForm(request.POST, seats=_seats(session), auto_id="position_%s"),
        lambda session, form: actions.take_position(session, by=request.actor.person, **form.values),
    )


@station_side
@require_POST
def meeting_speech(request, pk):
    """Write a speech down."""
    return _take(
        request,
        pk,
        "speech",
        lambda session: forms.SpeechForm(request.POST, seats=_seats(session), auto_id="speech_%s"),
        lambda session, form: actions.add_speech(session, by=request.actor.person, **form.values),
    )


@station_side
@require_POST
def meeting_consensus(request, pk):
    """Write down a point that was agreed."""
    return _take(
        request,
        pk,
        "consensus",
        lambda session: forms.ConsensusForm(request.POST, auto_id="consensus_%s"),
        lambda session, form: actions.add_consensus(session, by=request.actor.person, **form.values),
    )


@station_side
@require_POST
def meeting_reserved(request, pk):
    """Write down a reserved view."""
    return _take(
        request,
        pk,
        "reserved",
        lambda session: forms.ReservedForm(request.POST, seats=_seats(session), auto_id="reserved_%s"),
        lambda session, form: actions.add_reserved(session, by=request.actor.person, **form.values),
    )


@station_side
@require_POST
def meeting_outcome(request, pk):
    """Write down an outcome; what is to be done is handed over at once."""
    today = timezone.localdate()
    return _take(
        request,
        pk,
        "outcome",
        lambda session: forms.OutcomeForm(request.POST, on=today, auto_id="outcome_%s"),
        lambda session, form: actions.add_outcome(session, by=request.actor.person, on=today, **form.values),
    )


@station_side
@require_POST
def meeting_course(request, pk):
    """Save the course of the meeting."""
    return _take(
        request,
        pk,
        "course",
        lambda session: forms.CourseForm(request.POST, auto_id="course_%s"),
        lambda session, form: actions.write_course(session, by=request.actor.person, **form.values),
        _("Saved."),
    )


@station_side
@require_POST
def meeting_remove(request, pk, kind, point_pk):
    """Take back a speech, a point or a reserved view."""
    session = access.session_to("run", pk, actor=request.actor)
    point = get_object_or_404(POINTS[kind], pk=point_pk, session=session)
    return acted(
        request,
        _here(session, kind),
        lambda: actions.remove_point(session, by=request.actor.person, point=point),
    )


@station_side
@require_POST
def session_issue(request, pk):
    """Issue the minutes."""
    session = access.session_to("issue", pk, actor=request.actor)
    return acted(
        request,
        session,
        lambda: actions.issue_minutes(session, by=request.actor.person, on=timezone.localdate()),
        _("The minutes are issued; everybody who was invited is told."),
    )


@station_side
@require_POST
def session_close(request, pk):
    """File it away."""
    session = access.session_to("close", pk, actor=request.actor)
    return acted(request, session, lambda: actions.close_session(session, by=request.actor.person), _("Closed."))


def _seats(session):
    return list(session.participants.with_names())
