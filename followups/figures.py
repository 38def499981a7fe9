"""What each figure of the follow-up room means; lists, board, exports and the API count by these and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit.figures import Definition, define

from . import questions
from .states import AssignmentState, Result, Show

SINCE = date(2026, 11, 1)  # when the definitions were first written down
ITEMS, DAYS = _("items"), _("calendar days")
S = AssignmentState


def _rows(key: str, name: Any, words: Any, ask: Callable[[date], Q], *, unit: Any = ITEMS, **wishes: str) -> Definition:
    """Define a count of assignments; without wishes of its own the list shows its rows by its key."""
    wishes = wishes or {"figure": key}
    return define(
        key, since=SINCE, name=name, words=words, unit=unit, ask=ask, wishes={"show": Show.ALL.value, **wishes}
    )


def _state(state: AssignmentState, name: Any, words: Any) -> Definition:
    return _rows(f"is_{state}", name, words, lambda on: questions.is_in(state), state=state.value)


TOTAL = _rows(
    "total",
    _("Handed over in all"),
    _("Everything handed to a unit in the period, by the day of the hand-over; each unit's share of something handled"
      " together counts by itself. Whatever became of it since."),
    lambda on: Q(),
    show=Show.ALL.value,
)  # fmt: skip
STATES = (
    _state(S.HANDED_OVER, _("To be signed for"), _("Handed over, and not signed for by the unit yet.")),
    _state(S.SIGNED, _("Signed for"), _("Signed for with a receipt; nothing has been reported since.")),
    _state(S.IN_HAND, _("In hand"), _("The unit has reported a contact or progress, or does it again.")),
    _state(S.PAUSED, _("Paused"), _("The office has stopped the clock.")),
    _state(S.ANSWERED, _("Answered"), _("Answered by the unit, and neither struck off nor sent back yet.")),
    _state(S.CLOSED, _("Struck off"), _("Struck off by the office on proof. Only this counts as done.")),
)
OVERDUE = _rows(
    "overdue",
    _("Overdue"),
    _("Not answered, not paused, and past the day the answer is due as it stands now, extensions included."),
    questions.is_overdue,
    show=Show.OVERDUE.value,
)
OPEN = _rows(
    "open",
    _("Still open"),
    _("Not answered yet, paused or not."),
    lambda on: questions.is_open(),
    show=Show.OPEN.value,
)
OPEN_BEFORE = _rows(
    "open_before",
    _("Open from earlier years"),
    _("Handed over before the period begins, and not answered yet."),
    lambda on: questions.is_open(),
    show=Show.OPEN.value,
)
NO_ANSWER = _rows(
    "no_answer",
    _("Receipt without an answer"),
    _("Signed for with a receipt, and not answered yet (有收条无回音)."),
    lambda on: questions.is_without_answer(),
    show=Show.NO_ANSWER.value,
)
UNSATISFIED = _rows(
    "unsatisfied",
    _("Answered without satisfaction"),
    _("Answered or struck off, and whoever raised it said of the last answer: not satisfied."),
    lambda on: questions.is_rated(Result.NOT),
)
MOVED = _rows(
    "moved",
    _("Moved in a week"),
    _("Assignments with at least one such step in the last seven days; several steps of one kind count once."),
    lambda on: Q(),
    show=Show.ALL.value,
)
CLOSED_IN_MONTH = _rows(
    "closed_in_month",
    _("Struck off in the month"),
    _("Struck off on a day of the month, whenever it was handed over; what was reopened since no longer counts."),
    lambda on: questions.is_in(S.CLOSED),
    state=S.CLOSED.value,
)

# What units are looked at by. Shares are left to the reader: a number and what it is a part of stand side by side.
GIVEN = _rows(
    "given", _("Answers given"), _("Answered or struck off."), lambda on: questions.is_given()
)  # fmt: skip
ON_TIME = _rows(
    "on_time",
    _("Answered on time"),
    _("Answered or struck off, and no answer to it was ever late. The day that counts is the one in force when it was"
      " answered, extensions included; they are shown apart."),
    lambda on: questions.is_given() & Q(late_days=0),
)  # fmt: skip
LATE = _rows(
    "late",
    _("Answered late"),
    _("Answered or struck off, and one of its answers came after the day it was due."),
    lambda on: questions.is_given() & Q(late_days__gt=0),
)
EXTENDED = _rows(
    "extended",
    _("Extended"),
    _("The office has granted more time at least once."),
    lambda on: Q(extensions__gt=0),
)
AGAIN = _rows(
    "again",
    _("Handled again"),
    _("Handled a second time or reopened at least once."),
    lambda on: Q(rounds__gt=0),
)
CONTACTED = _rows(
    "contacted",
    _("Heard whoever raised it"),
    _("The unit that has it now has written down a contact with whoever raised it, of whatever kind."),
    lambda on: Q(contacted_on__isnull=False),
)


def _rated(result: Result, words: Any) -> Definition:
    return _rows(f"rated_{result}", result.label, words, lambda on: questions.is_rated(result))


_LAST = _("Answered or struck off, and this was said of the last answer.")
RATED = (
    _rated(Result.SATISFIED, _LAST),
    _rated(Result.BASICALLY, _LAST),
    _rated(Result.NOT, _LAST),
    _rated(Result.UNREACHED, _("Nobody could be reached. It never counts as satisfied.")),
    _rated(Result.SILENT, _("The time for feedback passed without a word. It never counts as satisfied.")),
)
UNRATED = _rows(
    "unrated",
    _("Not judged yet"),
    _("Answered or struck off, and nothing is written down about the last answer."),
    lambda on: questions.is_rated(""),
)


class Stage:
    """One stretch of the way: between which two days, how long on the mean, and of which rows."""

    def __init__(self, name: str, begin: str, end: str, title: Any):
        self.begin, self.end = begin, end
        self.rows = _rows(
            f"passed_{name}",
            title,
            _("Assignments that have both days: those of the unit that has it now, and of its last answer."),
            lambda on: self.passed,
        )
        self.days = define(
            f"days_{name}",
            since=SINCE,
            name=title,
            words=_("The mean over the assignments that have both days, in calendar days, rounded to a tenth. What has"
                    " not come so far is left out, so a short time beside few rows says little."),
            unit=DAYS,
        )  # fmt: skip

    @property
    def passed(self) -> Q:
        """Both days are known."""
        return Q(**{f"{self.begin}__isnull": False, f"{self.end}__isnull": False})


STAGES = (
    Stage("signed", "handed_over_on", "signed_on", _("Hand-over to signature")),
    Stage("contact", "signed_on", "contacted_on", _("Signature to first contact")),
    Stage("answer", "contacted_on", "answered_on", _("First contact to answer")),
    Stage("close", "answered_on", "closed_on", _("Answer to striking off")),
    Stage("whole", "handed_over_on", "answered_on", _("Hand-over to answer")),
)

# The columns of the board's tables, and of the table of units.
BOARD = (TOTAL, *STATES, OVERDUE)
UNITS = (TOTAL, GIVEN, ON_TIME, LATE, EXTENDED, AGAIN, CONTACTED, *RATED, UNRATED)
# What is kept of each year for committees above. No column is the difference of others, so that a hidden cell stays so.
SUMS = (TOTAL, STATES[-1], OVERDUE, ON_TIME, UNSATISFIED)
SMALL_CELLS = define(
    "small_cells",
    since=SINCE,
    name=_("Sums of lower committees"),
    words=_("Sums over all committees below, as each was counted last night. 1 and 2 are shown as “<3”. Where that"
            " hides a single number of a column, the next smallest is withheld too (“*”), or the sum where there is no"
            " other, so that nothing can be worked out from the sum. Nought is shown."),
    unit=ITEMS,
)  # fmt: skip
FILTERS = {
    figure.key: figure
    for figure in (UNSATISFIED, GIVEN, ON_TIME, LATE, EXTENDED, AGAIN, CONTACTED, *RATED, UNRATED)
} | {stage.rows.key: stage.rows for stage in STAGES}  # fmt: skip
# What is read by those alone who may read judgements; nobody else may ask the list for it either.
JUDGEMENTS = frozenset(figure.key for figure in (UNSATISFIED, *RATED, UNRATED))
