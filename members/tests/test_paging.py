"""Pages: always a valid one, and never a long count."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from kit import paging
from kit.paging import page_of
from members.models import Brand

pytestmark = pytest.mark.django_db


@pytest.fixture
def brands(committee):
    """Seven rows in a known order."""
    Brand.objects.bulk_create([Brand(committee=committee, name=f"品牌{number}") for number in range(7)])
    return Brand.objects.order_by("pk")


def ask(queryset, page="1", per_page=3):
    """Return the page with that number."""
    return page_of(queryset, RequestFactory().get("/", {"page": page}), per_page=per_page)


@pytest.mark.parametrize(
    ("page", "number", "rows"), [("1", 1, 3), ("3", 3, 1), ("99", 3, 1), ("0", 3, 1), ("x", 1, 3), ("9" * 99, 3, 1)]
)
def test_any_number_gives_a_valid_page(brands, page, number, rows):
    found = ask(brands, page)
    assert (found.number, len(found.object_list), found.paginator.count) == (number, rows, 7)


def test_a_first_page_that_holds_everything_needs_one_query(brands):
    with CaptureQueriesContext(connection) as queries:
        found = ask(brands, per_page=30)
        assert (len(found.object_list), found.paginator.count, found.has_next()) == (7, 7, False)
    assert len(queries) == 1


def test_a_long_list_is_counted_only_so_far(brands, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 5)
    found = ask(brands)
    assert (found.paginator.count, found.paginator.is_capped, found.paginator.num_pages) == (5, True, 2)
