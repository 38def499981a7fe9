"""L1, the measure: one indexed query, fifty rows, a bare template. What Django cannot do for less."""

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.http import HttpResponseForbidden
from django.shortcuts import render
from django.urls import path
from django.utils.decorators import decorator_from_middleware

ROWS = """
    SELECT id, title, state, due_on FROM followups_assignment
    WHERE committee_id = %s ORDER BY due_on, id LIMIT 50
"""


def fifty_rows(request, committee_id):
    """L1: fifty assignments of a committee by the day they are due."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [committee_id])
        rows = cursor.fetchall()
    return render(request, "bench/l1.html", {"rows": rows})


@decorator_from_middleware(SessionMiddleware)
@decorator_from_middleware(AuthenticationMiddleware)
def signed_in_rows(request, committee_id):
    """L1½: the same for somebody who is signed in; for information."""
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    return fifty_rows(request, committee_id)


urlpatterns = [path("<int:committee_id>/", fifty_rows), path("<int:committee_id>/signed-in/", signed_in_rows)]
