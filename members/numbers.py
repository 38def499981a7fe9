"""Numbers: given one after the other, without gaps."""

from django.db import IntegrityError, connection, transaction

from .models import Committee, NumberSeries


def next_number(committee: Committee, kind: str, year: int) -> int:
    """Return the next number of a committee's series in a year.

    Call it inside the transaction that uses the number: the series row stays locked until then, so that a roll-back
    gives the number back and two people never get the same one.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is given only inside the transaction that uses it")
    number = _step(committee, kind, year)
    if number is None:
        try:
            with transaction.atomic():
                NumberSeries.objects.create(committee=committee, kind=kind, year=year, last=1)
            return 1
        except IntegrityError:  # somebody opened the series in this very moment
            number = _step(committee, kind, year)
    if number is None:
        raise RuntimeError("a series of numbers was opened and has gone")
    return number


def _step(committee: Committee, kind: str, year: int) -> int | None:
    """Take the next number of an open series in one statement, which Django cannot write; None while there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE members_numberseries SET last = last + 1 WHERE committee_id = %s AND kind = %s AND year = %s"
            " RETURNING last",
            [committee.pk, kind, year],
        )
        row = cursor.fetchone()
    return row[0] if row else None
