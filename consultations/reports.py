"""Figures of the consultations room: how invitations were answered, and what a plan holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from .models import Participant, Plan
from .states import ParticipantKind, Presence, RsvpState


@dataclass
class Answers:
    """How the invited answered: how many by answer, and who has no way to answer here."""

    attending: int = 0
    invited: int = 0
    leave_asked: int = 0
    leave_granted: int = 0
    leave_refused: int = 0
    by_name: int = 0  # without an account: answered for by whoever called them


@dataclass
class Side:
    """One side at the table and who sits on it."""

    kind: str
    label: str
    seats: list[Participant] = field(default_factory=list)
    lines: str = ""  # the seats as a page draws them

    @property
    def came(self) -> list[Participant]:
        """Who was there."""
        return [seat for seat in self.seats if seat.came]


def answers(seats: Iterable[Participant]) -> Answers:
    """Count the answers of seats that are read already."""
    counted = Answers()
    for seat in seats:
        if seat.person_id or seat.unit_id:
            setattr(counted, seat.state, getattr(counted, seat.state) + 1)
        else:
            counted.by_name += 1
    return counted


def sides(seats: Iterable[Participant]) -> list[Side]:
    """Part seats by side, in the order of the table; sides nobody sits on are left out."""
    table = {kind.value: Side(kind.value, str(kind.label)) for kind in ParticipantKind}
    for seat in seats:
        table[seat.kind].seats.append(seat)
    return [side for side in table.values() if side.seats]


def standpoints(seats: Iterable[Participant]) -> list[Participant]:
    """Return those for whom a side or a position was written down, side by side."""
    return sorted((seat for seat in seats if seat.side or seat.position), key=lambda seat: (seat.side, seat.pk))


def absent(seats: Iterable[Participant]) -> tuple[list[Participant], list[Participant]]:
    """Return who was absent: with leave, and without."""
    with_leave = [seat for seat in seats if seat.state == RsvpState.LEAVE_GRANTED and not seat.came]
    without = [seat for seat in seats if seat.presence == Presence.ABSENT and seat.state != RsvpState.LEAVE_GRANTED]
    return with_leave, without


def topics_by_form(plan: Plan) -> list[Any]:
    """Return how many topics of a plan have which form, in the order of the forms (议题分级)."""
    rows = plan.topics.exclude(state="dropped").values("form", "form__name").annotate(number=Count("pk"))
    return list(rows.order_by("form"))
