"""Pages and their parts: one address, the server names the part."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.utils.cache import patch_vary_headers


def or_part(part: str) -> Callable:
    """Return a decorator that answers an htmx request with the template `part` instead of the whole page."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def answered(request: Any, *args: Any, **kwargs: Any) -> Any:
            response = view(request, *args, **kwargs)
            if request.htmx and not request.htmx.history_restore_request and hasattr(response, "template_name"):
                response.template_name = part
            patch_vary_headers(response, ["HX-Request"])
            return response

        return answered

    return decorate
