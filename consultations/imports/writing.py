"""Taking sessions over: every session with its seats, its way so far, its minutes' number and its outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followups.history import record_history
from kit import workflow
from kit.deadlines import WorkCalendar, add_workdays
from kit.sheets import Row
from members.calendars import calendar_for
from members.models import Committee, Person
from members.numbers import next_number

from .. import notices
from ..actions.sessions import Guests
from ..defaults import install_forms
from ..models import ConsultationForm, Outcome, Participant, Session, Topic
from ..states import OutcomeKind, Presence, SessionState, TopicSource
from .known import Known

NOTICE_DAYS = 5  # the papers name no day of the notice
MINUTES_DAYS = 3  # working days after the session. Source: domain, session life cycle, 纪要


@transaction.atomic
def write_sessions(
    committee: Committee,
    rows: Sequence[Row],
    outcomes: Sequence[Row],
    known: Known,
    *,
    by: Person | None,
    now: datetime,
) -> None:
    """Write sessions as far as they have come, minutes numbered in the order of their days, then the outcomes.

    Nobody is told what is over; what is still to come owes its reminders.
    """
    install_forms(committee)
    forms = {form.name: form for form in ConsultationForm.objects.filter(committee=committee)}
    calendar, today = calendar_for(committee), timezone.localdate(now)
    made: dict[str, Session] = {}
    issued: list[tuple[date, Session, str]] = []
    for row in sorted(rows, key=lambda row: (row.values["starts_at"], row.line)):
        session = _write_session(committee, row.values, known, forms, by=by, now=now)
        made[row.values["reference"]] = session
        workflow.apply(session, "notify", by=by, at=_day_of_notice(session.starts_at, now))
        if row.values["state"] == SessionState.NOTIFIED:
            notices.owe_reminders(session, at=now)
        else:
            workflow.apply(session, "open", by=by, at=session.starts_at)
            day = _minutes_day(session, calendar, today)
            issued.append((day, session, row.values["state"]))
    for day, session, state in sorted(issued, key=lambda entry: entry[0]):
        number = next_number(committee, "minutes", day.year)
        at = min(max(_noon(day), session.ends_at), now)
        workflow.apply(session, "issue", by=by, at=at, minutes_year=day.year, minutes_number=number, minutes_on=day)
        if state == SessionState.CLOSED:
            workflow.apply(session, "close", by=by, at=at)
    # Receipts are numbered in the order in which they were signed.
    for row in sorted(outcomes, key=lambda row: (row.values["signed_on"] or date.max, row.line)):
        _write_outcome(made[row.values["reference"]], row.values, known, by=by, today=today)


def _day_of_notice(starts_at: datetime, now: datetime) -> datetime:
    """Return when the notice went out, which the papers do not name: some days before, but not in the future."""
    return min(starts_at - timedelta(days=NOTICE_DAYS), now)


def _minutes_day(session: Session, calendar: WorkCalendar, today: date) -> date:
    """Return the day of the minutes, which the papers do not name: some working days later, but not in the future."""
    later = add_workdays(timezone.localdate(session.starts_at), MINUTES_DAYS, calendar=calendar)
    return min(later, today)


def _write_session(
    committee: Committee,
    values: Mapping[str, Any],
    known: Known,
    forms: Mapping[str, ConsultationForm],
    *,
    by: Person | None,
    now: datetime,
) -> Session:
    chair = known.only(values["chair"])
    session = Session.objects.create(
        committee=committee,
        reference=values["reference"],
        title=values["title"],
        topic=_topic(committee, values, forms, by=by, now=now),
        form=forms[values["form"]],
        brand=known.brands.get(values["brand"]),
        station=known.stations.get(values["station"]),
        place=values["place"] or "",
        area=known.areas.get(values["area"]),
        starts_at=values["starts_at"],
        ends_at=values["ends_at"],
        chair=chair,
        convener=by,
        minutes="" if chair or not values["chair"] else _("Chaired by %(name)s.") % {"name": values["chair"]},
    )
    people = [known.member(word) for word in values["members"] or ()]
    guests = Guests(
        members=[person for person in people if person],
        units=[known.units[name] for name in values["units"] or ()],
        residents=values["residents"] or (),
        expert_names=values["experts"] or (),
    )
    was_held = values["state"] != SessionState.NOTIFIED
    Participant.objects.bulk_create(
        [
            Participant(
                committee=committee,
                session=session,
                kind=kind,
                presence=Presence.PRESENT if was_held else "",
                **whose,
            )
            for (kind, _by, _whose), whose in guests.seats().items()
        ]
    )
    return session


def _topic(
    committee: Committee,
    values: Mapping[str, Any],
    forms: Mapping[str, ConsultationForm],
    *,
    by: Person | None,
    now: datetime,
) -> Topic | None:
    """Return the line of the plan, or the topic of that name; one that is not there yet is written and confirmed."""
    if values["line"]:
        year = timezone.localtime(values["starts_at"]).year
        return Topic.objects.get(committee=committee, plan__year=year, line=values["line"])
    if not values["topic"]:
        return None
    topic = Topic.objects.filter(committee=committee, title=values["topic"]).first()
    if topic is None:
        topic = Topic.objects.create(
            committee=committee, title=values["topic"], source=TopicSource.RESIDENTS, form=forms[values["form"]]
        )
        workflow.apply(topic, "confirm", by=by, at=_day_of_notice(values["starts_at"], now))
    return topic


def _write_outcome(
    session: Session, values: Mapping[str, Any], known: Known, *, by: Person | None, today: date
) -> None:
    assignment = None
    if values["kind"] == OutcomeKind.TODO:
        assignment = record_history(
            committee=session.committee,
            unit=known.units[values["unit"]],
            title=values["text"],
            request=values["text"],
            rule="outcome",
            origin=session.as_origin(raised_by=session.convener),
            handed_over_on=values["handed_over_on"],
            due_on=values["due_on"],
            signed_on=values["signed_on"],
            answered_on=values["answered_on"],
            answer=values["answer"] or "",
            closed_on=values["closed_on"],
            proof=values["proof"] or "",
            by=by,
            today=today,
        )
    Outcome.objects.create(
        committee=session.committee,
        session=session,
        number=values["number"],
        kind=values["kind"],
        text=values["text"],
        explanation="" if assignment else (values["answer"] or values["proof"] or ""),
        unit=assignment.unit if assignment else known.units.get(values["unit"]),
        due_on=assignment.due_on if assignment else None,
        assignment=assignment,
    )


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
