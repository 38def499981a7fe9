"""Questions: how to ask whether an assignment is open, late or answered, in one spelling each.

Lists filter by them, the board counts by them and lights are read from them, so that a figure and the rows behind it
cannot differ.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from .states import OPEN, AssignmentState, Light


def is_in(state: str) -> Q:
    """It stands in this state."""
    return Q(state=state)


def is_open() -> Q:
    """It is not answered yet."""
    return Q(state__in=OPEN)


def is_overdue(on: date) -> Q:
    """It is open and past the day an answer was due."""
    return Q(state__in=OPEN, due_on__lt=on)


def is_unsigned_late(on: date) -> Q:
    """It was handed over and not signed for in time."""
    return Q(state=AssignmentState.HANDED_OVER, sign_due__lt=on)


def is_without_answer() -> Q:
    """It has a receipt and no answer (有收条无回音); a receipt comes with the signature and with nothing else."""
    return Q(state__in=(AssignmentState.SIGNED, AssignmentState.IN_HAND))


def shows(light: str, on: date) -> Q:
    """It shows this light on a day: red past its day, yellow and blue from theirs on, done once it is answered."""
    return {
        Light.DONE: ~is_open(),
        Light.RED: is_overdue(on),
        Light.YELLOW: is_open() & Q(due_on__gte=on, yellow_on__lte=on),
        Light.BLUE: is_open() & Q(due_on__gte=on, yellow_on__gt=on, blue_on__lte=on),
        Light.GREEN: is_open() & Q(due_on__gte=on, yellow_on__gt=on, blue_on__gt=on),
    }[Light(light)]


def handed_over_in(year: int, month: int | None = None) -> Q:
    """It was handed over in this year, or in this month of it."""
    first = date(year, month or 1, 1)
    after = date(year + 1, 1, 1) if month in (None, 12) else date(year, month + 1, 1)
    return Q(handed_over_on__gte=first, handed_over_on__lt=after)
