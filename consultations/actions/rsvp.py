"""What: the answers to an invitation, and what is said to a request for leave."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kit import workflow
from kit.workflow import MoveRefused
from members.models import Person

from .. import notices
from ..models import Participant
from ..states import SessionState


@transaction.atomic
def attend(participant: Participant, *, by: Person, at: datetime) -> None:
    """Say that one comes. Takes back the question for an answer. Refused unless the notice was sent."""
    _ask_whether_open(participant, at)
    workflow.apply(participant, "attend", by=by, at=at, reason="")
    notices.redo_reminders(participant.session, at=at)


@transaction.atomic
def ask_leave(participant: Participant, *, by: Person, reason: str, at: datetime) -> None:
    """Ask for leave, with the reason. Tells who called the session together. Refused unless the notice was sent."""
    _ask_whether_open(participant, at)
    workflow.apply(participant, "ask_leave", by=by, at=at, note=reason, reason=reason)
    notices.leave_asked(participant)
    notices.redo_reminders(participant.session, at=at)


@transaction.atomic
def grant_leave(participant: Participant, *, by: Person, at: datetime) -> None:
    """Grant the leave; the person is told and not reminded any more. Refused unless leave was asked for."""
    workflow.apply(participant, "grant_leave", by=by, at=at)
    notices.leave_granted(participant)
    notices.redo_reminders(participant.session, at=at)


@transaction.atomic
def refuse_leave(participant: Participant, *, by: Person, reason: str, at: datetime) -> None:
    """Refuse the leave, with the reason; the person is told. Refused unless leave was asked for."""
    workflow.apply(participant, "refuse_leave", by=by, at=at, note=reason)
    notices.leave_refused(participant, reason)
    notices.redo_reminders(participant.session, at=at)


def _ask_whether_open(participant: Participant, at: datetime) -> None:
    """Refuse an answer before the notice, after the end, or to what was called off."""
    session = participant.session
    if session.state != SessionState.NOTIFIED or session.ends_at <= at:
        raise MoveRefused(_("Answers are taken from the notice until the session begins."))
