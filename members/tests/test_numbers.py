"""Numbers: one after the other, none missing."""

import pytest
from django.db import transaction

from members.numbers import next_number

pytestmark = pytest.mark.django_db


def test_numbers_run_from_one_in_every_series_and_year(committee):
    with transaction.atomic():
        given = [
            next_number(committee, kind, year) for kind, year in (("a", 2026), ("a", 2026), ("b", 2026), ("a", 2027))
        ]
    assert given == [1, 2, 1, 1]


def test_a_number_rolled_back_is_given_again(committee):
    with transaction.atomic():
        next_number(committee, "a", 2026)
    with pytest.raises(RuntimeError), transaction.atomic():
        _take_and_break(committee)
    with transaction.atomic():
        assert next_number(committee, "a", 2026) == 2


def _take_and_break(committee):
    assert next_number(committee, "a", 2026) == 2
    raise RuntimeError


@pytest.mark.django_db(transaction=True)
def test_a_number_is_given_only_inside_a_transaction(committee):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        next_number(committee, "a", 2026)
