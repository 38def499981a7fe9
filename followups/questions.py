"""Questions: how to ask whether an assignment is open, late or answered, in one spelling each.

Lists filter by them, the board counts by them and lights are read from them, so that a figure and the rows behind it
cannot differ.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from .states import OPEN, RUNNING, SILENT, AssignmentState, Light


def is_in(state: str) -> Q:
    """It stands in this state."""
    return Q(state=state)


def is_open() -> Q:
    """It is not answered yet."""
    return Q(state__in=OPEN)


def is_running() -> Q:
    """Its clock runs: an answer is owed and it is not paused."""
    return Q(state__in=RUNNING)


def is_overdue(on: date) -> Q:
    """Its clock runs and is past the day an answer was due."""
    return Q(state__in=RUNNING, due_on__lt=on)


def has_late_milestone(on: date) -> Q:
    """A milestone that was promised is past its day."""
    return Q(next_milestone_on__lt=on)


def is_unsigned_late(on: date) -> Q:
    """It was handed over and not signed for in time."""
    return Q(state=AssignmentState.HANDED_OVER, sign_due__lt=on)


def is_without_answer() -> Q:
    """It has a receipt and no answer (有收条无回音); a receipt comes with the signature and with nothing else."""
    return Q(state__in=SILENT)


def is_given() -> Q:
    """The unit has answered, whether it was struck off since or not."""
    return ~is_open()


def is_rated(result: str) -> Q:
    """It is answered, and whoever raised it said this of the last answer; "" for nothing yet."""
    return ~is_open() & Q(rating=result)


def is_asked_about() -> Q:
    """Whoever raised it has been asked what they say to the answer, and has said nothing yet."""
    return Q(feedback_due__isnull=False, rating="")


def shows(light: str, on: date) -> Q:
    """It shows this light on a day.

    Red past its day; yellow and blue from theirs on; a late milestone makes it yellow early; none while it is paused.
    """
    in_time = is_running() & Q(due_on__gte=on)
    urgent = Q(yellow_on__lte=on) | has_late_milestone(on)
    return {
        Light.DONE: ~is_open(),
        Light.PAUSED: is_in(AssignmentState.PAUSED),
        Light.RED: is_overdue(on),
        Light.YELLOW: in_time & urgent,
        Light.BLUE: in_time & ~urgent & Q(blue_on__lte=on),
        Light.GREEN: in_time & ~urgent & Q(blue_on__gt=on),
    }[Light(light)]


def handed_over_between(first: date, after: date) -> Q:
    """It was handed over on or after `first` and before `after`."""
    return Q(handed_over_on__gte=first, handed_over_on__lt=after)


def closed_in(year: int, month: int) -> Q:
    """It was struck off in this month and still is."""
    first, after = _span(year, month)
    return Q(state=AssignmentState.CLOSED, closed_on__gte=first, closed_on__lt=after)


def handed_over_in(year: int, month: int | None = None) -> Q:
    """It was handed over in this year, or in this month of it."""
    return handed_over_between(*_span(year, month))


def _span(year: int, month: int | None) -> tuple[date, date]:
    """Return the first day of a year or month, and the first day after it."""
    after = date(year + 1, 1, 1) if month in (None, 12) else date(year, month + 1, 1)
    return date(year, month or 1, 1), after
