"""The clocks a new committee starts with; every one is a row it can change."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kit.deadlines import Unit as ClockUnit
from members.models import Committee

from .degrees import install_degrees
from .models import DeadlineRule

WD, CD, MONTH = ClockUnit.WD, ClockUnit.CD, ClockUnit.MONTH
CUSTOM = _("Custom of the committee")


class Default(NamedTuple):
    """One clock as it is shipped: its key, its name, how long, when its lights change, and where it comes from."""

    key: str
    name: str | Promise
    amount: int
    unit: ClockUnit
    blue_days: int  # calendar days before
    yellow_days: int  # working days before
    source: str | Promise


DEFAULTS = (
    Default("sign", _("Signing for an assignment"), 3, WD, 0, 0, CUSTOM),
    Default("outcome", _("Reply to a consultation outcome"), 60, CD, 15, 3, CUSTOM),
    Default("matter_easy", _("Easy matter"), 7, WD, 4, 1, CUSTOM),
    Default("matter_medium", _("Medium matter"), 30, CD, 15, 3, CUSTOM),
    Default("matter_hard", _("Hard matter"), 60, CD, 15, 3, CUSTOM),
    Default(
        "proposal",
        _("Reply to a proposal"),
        3,
        MONTH,
        15,
        3,
        _("Rules on handling proposals: three months from hand-over"),
    ),
    Default(
        "release",
        _("Asking for release"),
        7,
        WD,
        0,
        1,
        _("A city's rules on handling proposals: seven working days from hand-over; later nothing is changed"),
    ),
    Default("decide", _("Deciding what a unit asks for"), 3, WD, 0, 1, CUSTOM),
    Default(
        "contact",
        _("Speaking with whoever raised it"),
        15,
        WD,
        4,
        1,
        _("A county's rules on handling proposals: a meeting within fifteen working days"),
    ),
    Default(
        "assist",
        _("Opinion of an assisting unit"),
        1,
        MONTH,
        7,
        3,
        _("A city's notice on handling proposals: the assisting unit's opinion within one month"),
    ),
    Default(
        "feedback",
        _("Feedback on an answer"),
        15,
        WD,
        4,
        1,
        _("A county's rules on handling proposals: an opinion on the reply within fifteen working days"),
    ),
    Default("rehandle", _("Handling a second time"), 30, CD, 15, 3, CUSTOM),
    Default("track", _("Look-back on what was promised"), 90, CD, 15, 3, CUSTOM),
    Default("slip", _("Reply to a supervision slip"), 5, WD, 0, 1, CUSTOM),
    Default(
        "minutes",
        _("Minutes of a session"),
        7,
        WD,
        0,
        1,
        _("A city's rules on consultation: minutes within seven working days of the meeting"),
    ),
    Default("minutes_light", _("Minutes of a light session"), 3, WD, 0, 1, CUSTOM),
)


def missing_from(committee: Committee) -> list[Default]:
    """Return the shipped clocks the committee has no version of."""
    known = set(DeadlineRule.objects.filter(committee=committee).values_list("key", flat=True))
    return [default for default in DEFAULTS if default.key not in known]


def install_missing(committee: Committee, *, on: date) -> None:
    """Give the committee the shipped clocks it lacks, valid from its first clock on, so that what runs finds them."""
    first = DeadlineRule.objects.filter(committee=committee).aggregate(first=Min("valid_from"))["first"]
    install_rules(committee, on=min(first or on, on))


def install_rules(committee: Committee, *, on: date) -> None:
    """Give the committee its first clocks and letters of degree, valid from `on`; what it has already is left alone."""
    DeadlineRule.objects.bulk_create(
        [
            DeadlineRule(
                committee=committee,
                valid_from=on,
                **(default._asdict() | {"name": str(default.name), "source": str(default.source)}),
            )
            for default in DEFAULTS
        ],
        ignore_conflicts=True,
    )
    install_degrees(committee, on=on)
