"""Whose computer is asking: the address that locks and logs go by."""

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """Return the visitor's network address; behind our own proxy it is what the proxy saw, the last one of the list.

    Without a proxy the header is the visitor's own claim and is not looked at.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
