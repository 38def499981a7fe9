"""Pages of long lists: always a valid page, whatever number was asked for."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework.pagination import PageNumberPagination

PER_PAGE = 30


def page_of(queryset: QuerySet, request: HttpRequest, *, per_page: int = PER_PAGE) -> Page:
    """Return the page named by `?page=`; nonsense gives the first page, too high a number the last one."""
    number = request.GET.get("page", "1")
    paginator = Paginator(queryset, per_page)
    return paginator.get_page(number if len(number) < 10 else paginator.num_pages)


class ApiPages(PageNumberPagination):
    """Pages of the API: 50 rows, at most 200."""

    page_size = 50
    page_size_query_param = "per_page"
    max_page_size = 200
