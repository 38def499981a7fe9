"""Pages of long lists: always a valid page, whatever number was asked for, and never a long count."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from rest_framework.pagination import PageNumberPagination

PER_PAGE = 30
MOST_COUNTED = 5_000  # nobody turns so many pages; whoever has more rows narrows the list


class CappedPaginator(Paginator):
    """Counts at most 5,000 rows, and none at all when the first page holds everything."""

    def __init__(self, rows: Any, per_page: int, *, counted: QuerySet | None = None):
        super().__init__(rows, per_page)
        self.to_count = rows if counted is None else counted

    @cached_property
    def _counted(self) -> int:
        if isinstance(self.to_count, QuerySet):
            return self.to_count.order_by()[: MOST_COUNTED + 1].count()
        return len(self.to_count)

    @cached_property
    def count(self) -> int:
        """The number of rows a person can turn to."""
        return min(self._counted, MOST_COUNTED)

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than were counted."""
        return self._counted > MOST_COUNTED

    def get_page(self, number: Any) -> Page:
        """Return a valid page; the first one asks for one row more than it shows and often needs no count."""
        if number not in (1, "1"):
            return super().get_page(number)
        rows = list(self.object_list[: self.per_page + 1])
        if len(rows) <= self.per_page:
            self._counted = len(rows)
        return self._get_page(rows[: self.per_page], 1, self)  # type: ignore[attr-defined]  # the stubs leave it out


def page_of(
    queryset: QuerySet, request: HttpRequest, *, per_page: int = PER_PAGE, counted: QuerySet | None = None
) -> Page:
    """Return the page named by `?page=`; nonsense gives the first page, too high a number the last one.

    `counted` are the same rows without the tables they are only sorted by, so that counting does not walk them.
    `page.paginator.is_capped` says that there are more than the 5,000 rows that were counted (“5000+”).
    """
    number = request.GET.get("page", "1")
    paginator = CappedPaginator(queryset, per_page, counted=counted)
    return paginator.get_page(number if len(number) < 10 else paginator.num_pages)


class ApiPages(PageNumberPagination):
    """Pages of the API: 50 rows, at most 200."""

    page_size = 50
    page_size_query_param = "per_page"
    max_page_size = 200
