"""Pages of long lists: always a valid page, whatever number was asked for, and never a long count."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest
from django.utils.functional import cached_property
from rest_framework.pagination import PageNumberPagination

PER_PAGE = 30
MOST_COUNTED = 5_000  # nobody turns so many pages; whoever has more rows narrows the list
Counted = QuerySet | Sequence[QuerySet] | None


class CappedPaginator(Paginator):
    """Counts at most 5,000 rows, and none at all when the first page holds everything.

    `counted` are the same rows without the tables they are only shown or sorted by, so that counting does not walk
    them; in several parts that share no row, where each part has an index of its own. Of plain values that are `few`,
    hundreds at the most, the first page brings the number along: to count them apart would find them twice.
    """

    def __init__(self, rows: Any, per_page: int, *, counted: Counted = None, few: bool = False):
        super().__init__(rows, per_page)
        whole = rows if counted is None else counted
        self.parts = [whole] if isinstance(whole, QuerySet) else list(whole)
        self.few = few

    @cached_property
    def _counted(self) -> int:
        if not isinstance(self.object_list, QuerySet):
            return len(self.object_list)
        rows, *others = [part.order_by() for part in self.parts]
        if others:
            rows = rows.values("pk").union(*(part.values("pk") for part in others), all=True)
        return rows[: MOST_COUNTED + 1].count()

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
        found: Any = self.object_list
        rows = list((found.annotate(in_all=Window(Count("pk"))) if self.few else found)[: self.per_page + 1])
        if len(rows) <= self.per_page:
            self._counted = len(rows)
        elif self.few:
            self._counted = rows[0]["in_all"]
        return self._get_page(rows[: self.per_page], 1, self)  # type: ignore[attr-defined]  # the stubs leave it out


def page_of(
    queryset: QuerySet,
    request: HttpRequest,
    *,
    per_page: int = PER_PAGE,
    counted: Counted = None,
    few: bool = False,
) -> Page:
    """Return the page named by `?page=`; nonsense gives the first page, too high a number the last one.

    `counted` are the same rows without the tables they are only shown or sorted by, so that counting does not walk
    them, in one part or several; a list of plain values, hundreds at the most, says that they are `few`.
    `page.paginator.is_capped` says that there are more than the 5,000 rows that were counted (“5000+”).
    """
    number = request.GET.get("page", "1")
    paginator = CappedPaginator(queryset, per_page, counted=counted, few=few)
    return paginator.get_page(number if len(number) < 10 else paginator.num_pages)


class ApiPages(PageNumberPagination):
    """Pages of the API: 50 rows, at most 200."""

    page_size = 50
    page_size_query_param = "per_page"
    max_page_size = 200
