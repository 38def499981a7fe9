"""What is kept of the counts: years for the committees above, and monthly bulletins with frozen figures."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kit.workflow import MoveRefused
from members.models import Committee, Person

from .. import papers, reports, tallies
from ..models import Bulletin, YearCount

BULLETIN_TABLES = ("unit", "topic", "level")


@transaction.atomic
def count_years(committee: Committee, *, on: date) -> None:
    """Count this year and the five before it for the committees above. Called by the clock; again is no harm."""
    for year in reports.years(on):
        counts = tallies.sums(committee, tallies.Chosen.of_year(year), on=on)
        if counts["total"] or year == on.year:
            YearCount.objects.update_or_create(
                committee=committee, year=year, defaults={"counts": counts, "on": on, "at": timezone.now()}
            )


def month_before(on: date) -> tuple[int, int]:
    """Return year and month of the month that ended last."""
    last = on.replace(day=1) - timedelta(days=1)
    return last.year, last.month


def freeze_bulletin(committee: Committee, *, year: int, month: int, by: Person | None, on: date) -> Bulletin:
    """Make the bulletin of a month: what was handed over from January to its end, as it stands on `on`.

    The figures are frozen with the version, name and words of their definitions. Refused for a month that has not
    begun, and a second time. `by` is None when the clock makes it. Source: domain, reminders and escalation (通报).
    """
    first = date(year, month, 1)
    if first > on:
        raise MoveRefused(_("That month has not begun."))
    after = date(year + month // 12, month % 12 + 1, 1)
    chosen = tallies.Chosen(date(year, 1, 1), after)
    with translation.override(settings.LANGUAGE_CODE):  # an official paper has one language
        options = reports.options_of(committee)
        told = papers.told(committee, chosen, on=on, options=options, tables=BULLETIN_TABLES)
        told = [each for each in told if each.of.key != "moved"]  # the last week is no part of a month
        figures = [[each.table, each.line, each.of.key, each.label, each.count] for each in told]
        definitions = {
            each.of.key: {
                "version": each.of.version,
                "name": str(each.of.name),
                "words": str(each.of.words),
                "unit": str(each.of.unit),
            }
            for each in told
        }
    try:
        with transaction.atomic():
            return Bulletin.objects.create(
                committee=committee,
                year=year,
                month=month,
                figures=figures,
                definitions=definitions,
                on=on,
                frozen_at=timezone.now(),
                by=by,
            )
    except IntegrityError as made:
        raise MoveRefused(_("The bulletin of that month has been made already.")) from made


def freeze_last_month(committee: Committee, *, on: date) -> None:
    """Make the bulletin of the month that ended last, unless there is one or nothing was ever handed over."""
    year, month = month_before(on)
    if Bulletin.objects.filter(committee=committee, year=year, month=month).exists():
        return
    if not tallies.sums(committee, tallies.Chosen(date(2000, 1, 1), on.replace(day=1)), on=on)["total"]:
        return
    try:
        freeze_bulletin(committee, year=year, month=month, by=None, on=on)
    except MoveRefused:
        return  # somebody was faster
