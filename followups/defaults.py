"""The clocks a new committee starts with; every one is a row it can change."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from kit.deadlines import Unit as ClockUnit
from members.models import Committee

from .models import DeadlineRule

WD, CD, MONTH = ClockUnit.WD, ClockUnit.CD, ClockUnit.MONTH


def install_rules(committee: Committee, *, on: date) -> None:
    """Give the committee its first clocks, valid from `on`; clocks it has already are left alone."""
    custom = _("Custom of the committee")
    written = _("Rules on handling proposals: three months from hand-over")
    rules = [  # key, name, length, counted in, blue (days before), yellow (working days before), source
        ("sign", _("Signing for an assignment"), 3, WD, 0, 0, custom),
        ("outcome", _("Reply to a consultation outcome"), 60, CD, 15, 3, custom),
        ("matter_easy", _("Easy matter"), 7, WD, 4, 1, custom),
        ("matter_medium", _("Medium matter"), 30, CD, 15, 3, custom),
        ("matter_hard", _("Hard matter"), 60, CD, 15, 3, custom),
        ("proposal", _("Reply to a proposal"), 3, MONTH, 15, 3, written),
    ]
    DeadlineRule.objects.bulk_create(
        [
            DeadlineRule(
                committee=committee,
                key=key,
                name=name,
                amount=amount,
                unit=unit,
                blue_days=blue,
                yellow_days=yellow,
                source=source,
                valid_from=on,
            )
            for key, name, amount, unit, blue, yellow, source in rules
        ],
        ignore_conflicts=True,
    )
