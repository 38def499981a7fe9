"""Notices of the consultations room: who is told what about a session, and the reminders that are owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from followups.notices import morning_of, officers_of
from kit.deadlines import add_workdays
from members.calendars import calendar_for
from members.models import Notice, Person
from members.notices import office_of, promise, withdraw
from members.states import NoticeKind

from .models import Participant, Session
from .states import ParticipantKind, RsvpState, SessionState

REMIND_DAYS = (7, 3, 1)  # calendar days before the session
NO_ANSWER_DAYS = 2  # days before the session on which whoever said nothing is asked again. Source: domain, 回执 2 CD
MINUTES_LATE_DAYS = 3  # working days after the minutes were due on which the office hears of it
OWED = ("remind-", "no-answer", "minutes-")  # how the occasions of reminders begin
COMING = (RsvpState.INVITED, RsvpState.ATTENDING, RsvpState.LEAVE_REFUSED)


@dataclass(frozen=True)
class Reminder:
    """One reminder a session owes: to whom, under which key, in which words, and when."""

    to: Person
    key: str
    template: str
    at: datetime
    kind: NoticeKind = NoticeKind.MEETING


def people_of(participant: Participant, units: dict[int, list[Person]] | None = None) -> list[Person]:
    """Return who is told for a seat: the person, or the officers of the unit. `units` remembers officers by unit."""
    if participant.person:
        return [participant.person]
    if participant.kind != ParticipantKind.OFFICER or not participant.unit:
        return []
    if units is None:
        return officers_of(participant.unit)
    if participant.unit.pk not in units:
        units[participant.unit.pk] = officers_of(participant.unit)
    return units[participant.unit.pk]


def everybody(session: Session, *, but_on_leave: bool = True) -> list[Person]:
    """Return everybody with an account who is told about a session, each once: the invited and who chairs it."""
    units: dict[int, list[Person]] = {}
    found = {session.chair.pk: session.chair} if session.chair else {}
    for seat in session.participants.select_related("person", "unit"):
        if not (but_on_leave and seat.state == RsvpState.LEAVE_GRANTED):
            found |= {person.pk: person for person in people_of(seat, units)}
    return [person for person in found.values() if person.user_id]


def reminders(session: Session, *, at: datetime) -> Iterator[Reminder]:
    """Yield the reminders a session owes after a moment: of its day once its notice was sent, then of its minutes."""
    if session.state == SessionState.NOTIFIED:
        yield from _before_it(session, at=at)
    elif session.state == SessionState.IN_SESSION and session.minutes_due:
        yield from _of_the_minutes(session, session.minutes_due, at=at)


def _before_it(session: Session, *, at: datetime) -> Iterator[Reminder]:
    """Seven, three and one day before to everybody who is coming; two days before to whoever gave no answer.

    Who called the session together is told of these, too.
    """
    day = timezone.localdate(session.starts_at)
    units: dict[int, list[Person]] = {}
    seats = list(session.participants.select_related("person", "unit"))
    coming = {session.chair.pk: session.chair} if session.chair else {}
    silent: dict[int, Person] = {}
    for seat in seats:
        if seat.state in COMING:
            told = {person.pk: person for person in people_of(seat, units) if person.user_id}
            coming |= told
            if seat.state == RsvpState.INVITED:
                silent |= told
    for days in REMIND_DAYS:
        due = morning_of(day - timedelta(days=days))
        if due > at:
            for person in coming.values():
                yield Reminder(person, _key(session, f"remind-{days}", day), "reminder", due)
    due = morning_of(day - timedelta(days=NO_ANSWER_DAYS))
    if due > at and silent:
        for person in silent.values():
            yield Reminder(person, _key(session, "no-answer", day), "no_answer", due)
        if session.convener and session.convener.user_id:
            yield Reminder(session.convener, _key(session, "no-answer-office", day), "no_answer_office", due)


def _of_the_minutes(session: Session, due: date, *, at: datetime) -> Iterator[Reminder]:
    """The working day before they are due and on the day, to who called the session together; late the office, too.

    Without a convener who can sign in it is the office's from the beginning.
    """
    calendar, office = calendar_for(session.committee), office_of(session.committee_id)
    own = [session.convener] if session.convener and session.convener.user_id else office
    rungs = (
        ("minutes-eve", add_workdays(due, -1, calendar=calendar), own, "minutes_due", NoticeKind.REMINDER),
        ("minutes-day", due, own, "minutes_due", NoticeKind.REMINDER),
        (
            "minutes-late",
            add_workdays(due, MINUTES_LATE_DAYS, calendar=calendar),
            {person.pk: person for person in [*own, *office]}.values(),
            "minutes_late",
            NoticeKind.WORK,
        ),
    )
    for occasion, day, people, template, kind in rungs:
        if morning_of(day) > at:
            for person in people:
                yield Reminder(person, _key(session, occasion, due), template, morning_of(day), kind)


def owe_reminders(session: Session, *, at: datetime) -> None:
    """Promise what is owed from a moment on; what is owed already stays as it is."""
    occasions: dict[tuple[str, str, datetime, NoticeKind], list[Person]] = {}
    for reminder in reminders(session, at=at):
        occasion = (reminder.key, reminder.template, reminder.at, reminder.kind)
        occasions.setdefault(occasion, []).append(reminder.to)
    for (key, template, due, kind), people in occasions.items():
        promise(
            people,
            key=key,
            template=f"notices/consultations/{template}",
            context=words(session),
            url=session.get_absolute_url(),
            at=due,
            kind=kind,
        )


def forget_reminders(session: Session) -> None:
    """Take back every reminder of a session that was not delivered yet."""
    for occasion in OWED:
        withdraw(key_prefix=f"session:{session.pk}:{occasion}")


def redo_reminders(session: Session, *, at: datetime) -> None:
    """Take back what is owed and promise what a session owes as it stands now."""
    forget_reminders(session)
    owe_reminders(session, at=at)


def notified(session: Session, people: Iterable[Person], *, at: datetime) -> None:
    """Tell people that they are invited, to what, when and where, and owe the reminders."""
    day = timezone.localdate(session.starts_at)
    promise(
        people,
        key=_key(session, "invited", day),
        template="notices/consultations/invited",
        context={**words(session), "note": session.note[:500]},
        url=session.get_absolute_url(),
        at=at,
    )
    owe_reminders(session, at=at)


def moved(session: Session, old: dict[str, str], *, at: datetime) -> None:
    """Tell everybody the new time and place beside the old ones, and date the reminders anew."""
    before = {f"old_{name}": value for name, value in old.items()}
    _tell(session, everybody(session), "moved", of=None, **before)
    redo_reminders(session, at=at)


def cancelled(session: Session, reason: str) -> None:
    """Tell everybody that it does not take place, and why; nothing more is owed."""
    forget_reminders(session)
    withdraw(key_prefix=f"session:{session.pk}:invited")
    _tell(session, everybody(session), "cancelled", reason=reason)


def uninvited(session: Session, participant: Participant) -> None:
    """Take back what is still owed to somebody who is no longer invited."""
    for person in people_of(participant):
        withdraw(key_prefix=f"session:{session.pk}:", to=person)


def leave_asked(participant: Participant) -> None:
    """Tell who called the session together that somebody asks for leave, and why."""
    session = participant.session
    if session.convener:
        _tell(session, [session.convener], "leave_asked", of=participant, reason=participant.reason)


def leave_granted(participant: Participant) -> None:
    """Tell the person that leave is granted."""
    _tell(participant.session, people_of(participant), "leave_granted", of=participant)


def leave_refused(participant: Participant, reason: str) -> None:
    """Tell the person that leave is refused, and why."""
    _tell(participant.session, people_of(participant), "leave_refused", of=participant, reason=reason)


def issued(session: Session) -> None:
    """Tell everybody who was invited that the minutes are there."""
    _tell(session, everybody(session, but_on_leave=False), "issued", label=session.minutes_label)


def words(session: Session) -> dict[str, str]:
    """Return what every notice about a session says: what, when, where."""
    begin, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {
        "title": session.title,
        "day": f"{begin:%Y-%m-%d}",
        "hours": f"{begin:%H:%M}–{end:%H:%M}",
        "where": session.where,
        **({"minutes_due": f"{session.minutes_due:%Y-%m-%d}"} if session.minutes_due else {}),
    }


def _key(session: Session, occasion: str, day: object) -> str:
    return f"session:{session.pk}:{occasion}:{day:%Y-%m-%d}"


def _tell(
    session: Session, people: Iterable[Person], occasion: str, *, of: Participant | None = None, **more: object
) -> None:
    """Promise one notice now; what happens again is a new occasion, since a step of session or seat lies between."""
    mark = f"{of.pk}-{of.steps.count()}" if of else str(session.steps.count())
    promise(
        people,
        key=f"session:{session.pk}:{occasion}:{mark}",
        template=f"notices/consultations/{occasion}",
        context={**words(session), **({"who": of} if of else {}), **more},
        url=session.get_absolute_url(),
    )


def owed_to(session: Session) -> Iterator[tuple[int, str]]:
    """Yield (person, key) of every reminder of a session that has not been delivered."""
    rows = Notice.objects.filter(key__startswith=f"session:{session.pk}:", sent_at__isnull=True)
    for person, key in rows.values_list("to_id", "key"):
        if key.split(":")[2].startswith(OWED):
            yield person, key
