"""Answers to an invitation: coming, asking for leave, and what is said to that."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members.access import signed_in, station_side
from members.acting import acted

from .. import access
from ..actions import rsvp as actions
from ..forms.sessions import LeaveForm
from .sessions import detail_page


@signed_in
@require_POST
def participant_attend(request, pk):
    """Say that one comes."""
    seat = access.participant_to("attend", pk, actor=request.actor)
    return acted(
        request,
        seat,
        lambda: actions.attend(seat, by=request.actor.person, at=timezone.now()),
        _("Thank you. You are expected."),
    )


@signed_in
@require_POST
def participant_ask_leave(request, pk):
    """Ask for leave, with the reason."""
    seat = access.participant_to("ask_leave", pk, actor=request.actor)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _again(request, seat, refused_seat=seat.pk, leave_form=form)
    return acted(
        request,
        seat,
        lambda: actions.ask_leave(seat, by=request.actor.person, at=timezone.now(), **form.values),
        _("Your request has gone to whoever called the session together."),
    )


@station_side
@require_POST
def participant_grant_leave(request, pk):
    """Grant the leave."""
    seat = access.participant_to("grant_leave", pk, actor=request.actor)
    return acted(
        request,
        seat,
        lambda: actions.grant_leave(seat, by=request.actor.person, at=timezone.now()),
        _("Granted. The person is told."),
    )


@station_side
@require_POST
def participant_refuse_leave(request, pk):
    """Refuse the leave, with the reason."""
    seat = access.participant_to("refuse_leave", pk, actor=request.actor)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _again(request, seat, refused_seat=seat.pk, refuse_form=form)
    return acted(
        request,
        seat,
        lambda: actions.refuse_leave(seat, by=request.actor.person, at=timezone.now(), **form.values),
        _("Refused. The person is told why."),
    )


def _again(request, seat, **bound):
    """Show the session again with the form that was not right."""
    session = access.session_to("view", seat.session_id, actor=request.actor)
    return detail_page(request, session, status=422, **bound)
