"""What: the acts on a session from being scheduled to being called off, and on its papers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import workflow
from kit.workflow import MoveRefused
from members.models import Committee, Person, Unit

from .. import notices
from ..models import Paper, Participant, Session
from ..states import UPCOMING, ParticipantKind, SessionState

K = ParticipantKind
MOST_INVITED = 500


@dataclass(frozen=True)
class Guests:
    """Who is invited: known people by side, units that send an officer, and others by name or description."""

    members: Sequence[Person] = ()
    units: Sequence[Unit] = ()
    experts: Sequence[Person] = ()
    expert_names: Sequence[str] = ()
    residents: Sequence[str] = ()

    def seats(self) -> dict[tuple[str, str, int | str], dict[str, Any]]:
        """Return a seat for everybody, each under what it is known by: (kind, person|unit|name, whose)."""
        seats: dict[tuple[str, str, int | str], dict[str, Any]] = {}
        seats |= {(K.MEMBER, "person", person.pk): {"person": person} for person in self.members}
        seats |= {(K.OFFICER, "unit", unit.pk): {"unit": unit} for unit in self.units}
        seats |= {(K.RESIDENT, "name", name): {"name": name} for name in self.residents}
        known = {person.pk for person in self.members}
        seats |= {
            (K.EXPERT, "person", person.pk): {"person": person} for person in self.experts if person.pk not in known
        }
        seats |= {(K.EXPERT, "name", name): {"name": name} for name in self.expert_names}
        return seats


@dataclass(frozen=True)
class Upload:
    """A paper as it came in: what it is called, what it holds, and the kind of file it was found to be."""

    title: str
    content: bytes = field(repr=False)
    ending: str


def schedule_session(
    *, committee: Committee, by: Person, guests: Guests, uploads: Sequence[Upload] = (), **words: Any
) -> Session:
    """Put a session on the calendar with its papers; nobody is told before the notice is sent.

    `words`: the session's own fields. Refused for more guests than any table has.
    """
    wanted = _wanted(guests)
    with transaction.atomic(savepoint=False):  # whoever opened a transaction wants all of it or nothing
        session = Session.objects.create(committee=committee, convener=by, **words)
        _invite(session, wanted)
        if uploads:
            add_papers(session, by=by, uploads=uploads)
    return session


@transaction.atomic
def edit_session(session: Session, *, by: Person, guests: Guests, at: datetime, **words: Any) -> Session:
    """Change a session that was not opened yet. Refused afterwards.

    Once its notice was sent, a new time or place is told to everybody and the reminders are dated anew; who is new is
    invited, who is no longer invited is not reminded any more.
    """
    _hold(session)
    old = notices.words(session)
    for name, value in words.items():
        setattr(session, name, value)
    session.save(update_fields=list(words))
    new = _seat(session, guests)
    if session.state == SessionState.NOTIFIED:
        _tell_changes(session, old, by=by, at=at)
        fresh = [person for seat in new for person in notices.people_of(seat) if person.user_id]
        notices.notified(session, fresh, at=at)
    return session


@transaction.atomic
def move_session(session: Session, *, by: Person, starts_at: datetime, ends_at: datetime, at: datetime) -> Session:
    """Move a session that was not opened yet to another time; the move is written down.

    Once its notice was sent everybody is told and the reminders are dated anew. Refused once it is opened or off.
    """
    _hold(session)
    old = notices.words(session)
    session.starts_at, session.ends_at = starts_at, ends_at
    session.save(update_fields=["starts_at", "ends_at"])
    _tell_changes(session, old, by=by, at=at)
    return session


@transaction.atomic
def notify_session(session: Session, *, by: Person, at: datetime) -> Session:
    """Send the notice to everybody invited and owe the reminders. Refused unless scheduled, and when it is over."""
    if session.ends_at <= at:
        raise MoveRefused(_("The session is over; move it to a day that lies ahead first."))
    workflow.apply(session, "notify", by=by, at=at)
    notices.notified(session, notices.everybody(session), at=at)
    return session


@transaction.atomic
def cancel_session(session: Session, *, by: Person, reason: str) -> Session:
    """Call a session off, with the reason; whoever had been invited is told. Refused once it was opened."""
    was_notified = session.state == SessionState.NOTIFIED
    workflow.apply(session, "cancel", by=by, note=reason)
    if was_notified:
        notices.cancelled(session, reason)
    return session


def add_papers(session: Session, *, by: Person, uploads: Iterable[Upload]) -> list[Paper]:
    """Put papers on the table, under random names on the disk; refused once the minutes are issued or it is off."""
    if session.has_minutes or session.state == SessionState.CANCELLED:
        raise MoveRefused(workflow.refusal(session))
    papers: list[Paper] = []
    try:
        with transaction.atomic():
            for upload in uploads:
                paper = Paper(committee=session.committee, session=session, title=upload.title[:120], added_by=by)
                paper.size = len(upload.content)
                paper.file.save(f"x.{upload.ending}", ContentFile(upload.content), save=False)
                papers.append(paper)
                paper.save()
    except BaseException:
        for paper in papers:  # what was not kept in the database leaves nothing on the disk
            paper.file.delete(save=False)
        raise
    return papers


def remove_paper(paper: Paper, *, by: Person) -> None:
    """Take a paper off the table; refused once the minutes are issued."""
    if paper.session.has_minutes:
        raise MoveRefused(workflow.refusal(paper.session))
    storage, name = paper.file.storage, str(paper.file.name)
    with transaction.atomic():
        paper.delete()
        transaction.on_commit(lambda: storage.delete(name))


def sides_missing(kinds: Collection[str]) -> list[str]:
    """Return the sides nobody is invited from: members, units, residents. A warning only. Source: domain, A13."""
    return [str(kind.label) for kind in (K.MEMBER, K.OFFICER, K.RESIDENT) if kind not in kinds]


def _hold(session: Session) -> None:
    """Let nobody else move the session until the end of the transaction; refused unless it is still upcoming."""
    if not Session.objects.filter(pk=session.pk, state__in=UPCOMING).update(title=session.title):
        session.refresh_from_db(fields=["state"])
        raise MoveRefused(workflow.refusal(session))


def _tell_changes(session: Session, old: dict[str, str], *, by: Person, at: datetime) -> None:
    """Write a new time or place down as a step; once the notice was sent, tell everybody."""
    new = notices.words(session)
    changed = [name for name in ("day", "hours", "where") if old[name] != new[name]]
    if not changed:
        return
    session.steps.create(
        committee_id=session.committee_id,
        verb="move",
        from_state=session.state,
        to_state=session.state,
        by=by,
        at=at or timezone.now(),
        note=" → ".join(" ".join(words[name] for name in ("day", "hours", "where")) for words in (old, new)),
    )
    if session.state == SessionState.NOTIFIED:
        notices.moved(session, old, at=at)


def _seat(session: Session, guests: Guests) -> list[Participant]:
    """Make the seats what `guests` says and return the new ones; a seat somebody keeps keeps its answer."""
    wanted = _wanted(guests)
    for seat in session.participants.select_related("person", "unit"):
        if wanted.pop(_known_by(seat), None) is None:
            notices.uninvited(session, seat)
            seat.delete()
    return _invite(session, wanted)


def _wanted(guests: Guests) -> dict[tuple[str, str, int | str], dict[str, Any]]:
    """Return the seats for the guests; refused for more than any table has."""
    wanted = guests.seats()
    if len(wanted) > MOST_INVITED:
        raise MoveRefused(_("More than %(count)d people cannot be invited to one session.") % {"count": MOST_INVITED})
    return wanted


def _invite(session: Session, wanted: dict[tuple[str, str, int | str], dict[str, Any]]) -> list[Participant]:
    """Write seats that are not there yet."""
    return Participant.objects.bulk_create(
        [
            Participant(committee_id=session.committee_id, session=session, kind=kind, **whose)
            for (kind, _by, _whose), whose in wanted.items()
        ]
    )


def _known_by(seat: Participant) -> tuple[str, str, int | str]:
    if seat.kind == K.OFFICER and seat.unit_id:
        return K.OFFICER, "unit", seat.unit_id
    if seat.person_id:
        return K(seat.kind), "person", seat.person_id
    return K(seat.kind), "name", seat.name
