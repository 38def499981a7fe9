"""Trouble: what a person is told when the portal itself fails."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

RETRY_AFTER = 30  # seconds


def server_error(request: HttpRequest) -> HttpResponse:
    """Tell of a fault of ours; when the database is away, say that nothing was received and when to try again.

    Django calls it while the fault is still being handled. The pages are drawn without the request, so nothing of them
    asks the database.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        answer = HttpResponse(loader.get_template("503.html").render(), status=503)
        answer["Retry-After"] = str(RETRY_AFTER)
        return answer
    return HttpResponse(loader.get_template("500.html").render(), status=500)
