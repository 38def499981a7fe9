"""Acts on visits: logging what happened, vouching for it, sending it back and sending it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import workflow
from members.models import Area, Person

from .. import notices
from ..models import DutySlot, Station, Visit
from ..states import Channel, Direction
from .matters import receive_matter


@dataclass(frozen=True)
class MatterHeard:
    """One matter raised on a visit; with an answer it was answered at once."""

    subject: str
    area: Area | None = None
    answer: str = ""


@transaction.atomic
def log_visit(
    *,
    station: Station,
    by: Person,
    day: date,
    person_times: int,
    on: date,
    direction: str = Direction.IN,
    note: str = "",
    slot: DutySlot | None = None,
    people: Iterable[Person] = (),
    matters: Sequence[MatterHeard] = (),
) -> Visit:
    """Log a visit with everything that was raised, and with it the duty day as served.

    `person_times` counts attendances, never persons; 0 says nobody came. Every matter gets its number at once. Asks the
    station to vouch for it. Refused when the duty day is settled already or has not come yet.
    """
    if slot is not None:
        if slot.day > on:
            raise workflow.MoveRefused(_("This duty day has not come yet."))
        workflow.apply(slot, "serve", by=by, has_question=False)
        notices.forget_duty(slot)
    visit = Visit.objects.create(
        committee=station.committee,
        station=station,
        slot=slot,
        direction=direction,
        day=day,
        person_times=person_times,
        note=note,
        logged_by=by,
    )
    if there := list(people):
        visit.people.add(*there)
    visit.steps.create(
        committee=station.committee, verb="log", from_state="", to_state=visit.state, by=by, at=timezone.now()
    )
    _hear(visit, matters, by=by, on=on)
    notices.visit_logged(visit, turn=0)
    return visit


def _hear(visit: Visit, matters: Sequence[MatterHeard], *, by: Person, on: date) -> None:
    """Take down what was raised on a visit."""
    channel = Channel.DUTY if visit.slot_id else Channel.FIELD if visit.direction == Direction.OUT else Channel.DUTY
    for heard in matters:
        receive_matter(
            station=visit.station,
            visit=visit,
            by=by,
            on=on,
            received_on=visit.day,
            channel=channel,
            subject=heard.subject,
            area=heard.area,
            answer=heard.answer,
        )


@transaction.atomic
def resend_visit(
    visit: Visit,
    *,
    by: Person,
    day: date,
    person_times: int,
    direction: str,
    note: str,
    on: date,
    people: Iterable[Person] | None = None,
    matters: Sequence[MatterHeard] = (),
) -> None:
    """Correct a record the station sent back and ask it again; what was raised besides is added.

    `people` None leaves those taking part as they are. Refused unless it was sent back.
    """
    workflow.apply(visit, "resend", by=by, day=day, person_times=person_times, direction=direction, note=note)
    if people is not None:
        visit.people.set(people)
    _hear(visit, matters, by=by, on=on)
    notices.visit_logged(visit, turn=visit.steps.filter(verb="resend").count())


def confirm_visit(visit: Visit, *, by: Person) -> None:
    """Vouch for a record: it counts from now on. Refused unless it is logged and unconfirmed."""
    workflow.apply(visit, "confirm", by=by)


@transaction.atomic
def return_visit(visit: Visit, *, by: Person, reason: str) -> None:
    """Send a record back to who logged it, with the reason. Refused unless it is logged and unconfirmed."""
    workflow.apply(visit, "return", by=by, note=reason)
    notices.visit_returned(visit, reason=reason)
