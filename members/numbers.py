"""Numbers: given one after the other, without gaps."""

from django.db import IntegrityError, transaction
from django.db.models import F

from .models import Committee, NumberSeries


def next_number(committee: Committee, kind: str, year: int) -> int:
    """Return the next number of a committee's series in a year.

    Call it inside the transaction that uses the number: the series row stays locked until then, so that a roll-back
    gives the number back and two people never get the same one.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is given only inside the transaction that uses it")
    series = NumberSeries.objects.filter(committee=committee, kind=kind, year=year)
    if not series.update(last=F("last") + 1):
        try:
            with transaction.atomic():
                NumberSeries.objects.create(committee=committee, kind=kind, year=year, last=1)
            return 1
        except IntegrityError:  # somebody opened the series in this very moment
            series.update(last=F("last") + 1)
    return series.values_list("last", flat=True).get()
