"""What: the acts in the meeting, from opening it to its minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from followups.actions import hand_over_jointly
from followups.clocks import MissingClock, due_day
from followups.states import Part
from kit import workflow
from kit.workflow import MoveRefused
from members.models import Person, Unit
from members.numbers import next_number

from .. import notices
from ..models import Consensus, Outcome, Participant, ReservedView, Session, Speech
from ..states import OutcomeKind, Presence, SessionState, SpeechMode

MOST_POINTS = 200  # speeches, or points of one kind, of one session


@transaction.atomic
def open_session(session: Session, *, by: Person, at: datetime) -> Session:
    """Open the meeting, and owe the reminders of its minutes.

    Refused on a day before the one it is planned for, and when it was opened or called off.
    """
    if timezone.localdate(session.starts_at) > timezone.localdate(at):
        raise MoveRefused(_("The session is planned for a later day; move it first."))
    workflow.apply(session, "open", by=by, at=at, minutes_due=minutes_day(session))
    notices.redo_reminders(session, at=at)
    return session


def minutes_day(session: Session) -> date | None:
    """Return by when the minutes are to be issued: counted from the day the meeting ends, by the clock of its kind.

    None while the committee has no such clock: a meeting opens all the same. Source: domain, session life cycle
    (formal sessions seven working days, grassroots ones three).
    """
    key = "minutes_light" if session.form.is_light else "minutes"
    try:
        return due_day(session.committee, key, on=timezone.localdate(session.ends_at)).on
    except MissingClock:
        return None


@transaction.atomic
def take_attendance(session: Session, *, by: Person, marks: Mapping[int, str]) -> None:
    """Write down who is there; `marks` says present, late, absent or "" for each seat's id."""
    _hold(session)
    for presence in ["", *Presence.values]:
        seats = [pk for pk, mark in marks.items() if mark == presence]
        if seats:
            session.participants.filter(pk__in=seats).update(presence=presence)


def mark_all_present(session: Session, *, by: Person) -> None:
    """Write down everybody who is not on leave and not marked yet as present."""
    with transaction.atomic():
        _hold(session)
        session.participants.filter(presence="").exclude(state="leave_granted").update(presence=Presence.PRESENT)


@transaction.atomic
def add_guest(session: Session, *, by: Person, kind: str, name: str, side: str = "") -> Participant:
    """Give a seat to somebody who came without invitation, marked as present."""
    _hold(session)
    return session.participants.create(
        committee_id=session.committee_id, kind=kind, name=name, side=side, presence=Presence.PRESENT
    )


@transaction.atomic
def take_position(session: Session, *, by: Person, participant: Participant, side: str, position: str) -> None:
    """Write down on which side somebody stands and what that side wants (各方立场)."""
    _hold(session)
    participant.side, participant.position = side, position
    participant.save(update_fields=["side", "position"])


@transaction.atomic
def add_speech(
    session: Session, *, by: Person, participant: Participant | None, mode: SpeechMode | str, text: str, reply: str = ""
) -> Speech:
    """Write a speech down as the next one, with the reply given on the spot."""
    _hold(session)
    return session.speeches.create(
        committee_id=session.committee_id,
        participant=participant,
        order=_next(session.speeches, "order"),
        mode=mode,
        text=text,
        reply=reply,
    )


@transaction.atomic
def add_consensus(session: Session, *, by: Person, text: str) -> Consensus:
    """Write down the next numbered point that was agreed."""
    _hold(session)
    number = _next(session.consensus, "number")
    return session.consensus.create(committee_id=session.committee_id, number=number, text=text)


@transaction.atomic
def add_reserved(session: Session, *, by: Person, participant: Participant | None, text: str) -> ReservedView:
    """Write down a view somebody keeps against the consensus."""
    _hold(session)
    return session.reserved.create(committee_id=session.committee_id, participant=participant, text=text)


@transaction.atomic
def remove_point(session: Session, *, by: Person, point: Any) -> None:
    """Take back a speech, a point of consensus or a reserved view; numbers after it move up."""
    _hold(session)
    point.delete()
    order = {Speech: "order", Consensus: "number"}.get(type(point))
    if order:
        later = type(point).objects.filter(session=session, **{f"{order}__gt": getattr(point, order)}).order_by(order)
        for row in later:
            setattr(row, order, getattr(row, order) - 1)
            row.save(update_fields=[order])


@transaction.atomic
def add_outcome(
    session: Session,
    *,
    by: Person,
    kind: OutcomeKind | str,
    text: str,
    on: date,
    explanation: str = "",
    unit: Unit | None = None,
    due_on: date | None = None,
    further: Sequence[Unit] = (),
    how: str = Part.LEAD,
) -> Outcome:
    """Write down what leaves the session: solved on the spot, to be done by a unit until a day, or explained.

    What is to be done is handed to the unit at once, with its clock, and the unit is told; `further` units assist it or
    have shares of their own (see `hand_over_jointly`). Source: domain, D09.
    """
    _hold(session)
    number = _next(session.outcomes, "number")
    assignment = None
    if kind == OutcomeKind.TODO and unit is not None:
        assignment = hand_over_jointly(
            committee=session.committee,
            unit=unit,
            further=further,
            how=how,
            title=text,
            request=text,
            rule="outcome",
            origin=session.as_origin(raised_by=session.convener or by),
            by=by,
            on=on,
            due_on=due_on,
        )
    return session.outcomes.create(
        committee_id=session.committee_id,
        number=number,
        kind=kind,
        text=text,
        explanation=explanation,
        unit=unit if assignment else None,
        due_on=assignment.due_on if assignment else None,
        assignment=assignment,
    )


@transaction.atomic
def write_course(session: Session, *, by: Person, minutes: str) -> None:
    """Write down the course of the meeting (通报、提问、解答、发言)."""
    _hold(session)
    session.minutes = minutes
    session.save(update_fields=["minutes"])


@transaction.atomic
def issue_minutes(session: Session, *, by: Person, on: date) -> Session:
    """Issue the minutes (协商纪要) under the year's next number; from now on they say what they say.

    Tells everybody who was invited, and takes back what is owed about them. Refused unless the meeting was opened and
    its minutes are not issued.
    """
    number = next_number(session.committee, "minutes", on.year)
    workflow.apply(session, "issue", by=by, minutes_year=on.year, minutes_number=number, minutes_on=on)
    notices.forget_reminders(session)
    notices.issued(session)
    return session


def close_session(session: Session, *, by: Person, note: str = "") -> None:
    """File the session away (一事一档). Refused before its minutes are issued."""
    workflow.apply(session, "close", by=by, note=note)


def _hold(session: Session) -> None:
    """Hold the session until the end of the transaction; refused unless it is in session.

    The update writes nothing new: it keeps the minutes from being issued between this question and the act.
    """
    held = Session.objects.filter(pk=session.pk, state=SessionState.IN_SESSION).update(minutes=F("minutes"))
    if not held:
        session.refresh_from_db(fields=["state"])
        raise MoveRefused(workflow.refusal(session))


def _next(points, number: str) -> int:
    last = points.aggregate(last=Max(number))["last"] or 0
    if last >= MOST_POINTS:
        raise MoveRefused(_("One session holds at most %(count)d of these.") % {"count": MOST_POINTS})
    return last + 1
