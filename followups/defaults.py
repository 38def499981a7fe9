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
    rules = [
        ("sign", _("Signing for an assignment"), 3, WD, custom),
        ("outcome", _("Reply to a consultation outcome"), 60, CD, custom),
        ("matter_easy", _("Easy matter"), 7, WD, custom),
        ("matter_medium", _("Medium matter"), 30, CD, custom),
        ("matter_hard", _("Hard matter"), 60, CD, custom),
        ("proposal", _("Reply to a proposal"), 3, MONTH, _("Rules on handling proposals: three months from hand-over")),
    ]
    DeadlineRule.objects.bulk_create(
        [
            DeadlineRule(
                committee=committee, key=key, name=name, amount=amount, unit=unit, source=source, valid_from=on
            )
            for key, name, amount, unit, source in rules
        ],
        ignore_conflicts=True,
    )
