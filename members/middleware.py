"""Who acts: finds the acting person of a request and opens the scope of their committee."""

from collections.abc import Callable
from contextlib import nullcontext

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from kit.tenancy import committee_scope

from .access import actors_of

CHOSEN = "committee"  # session key of the committee chosen to act in


class ActorMiddleware:
    """Sets `request.actor` (None for strangers) and answers the whole request inside that committee's scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None
        scope = nullcontext()
        if request.user.is_authenticated:
            actors = actors_of(request.user)
            chosen = request.session.get(CHOSEN)
            request.actor = next(
                (actor for actor in actors if actor.committee.pk == chosen), actors[0] if actors else None
            )
            if request.actor is not None:
                scope = committee_scope(request.actor.committee.pk)
            if request.user.language != translation.get_language() and translation.check_for_language(
                request.user.language
            ):
                translation.activate(request.user.language)
                request.LANGUAGE_CODE = request.user.language
        with scope:
            response = self.get_response(request)
        if request.actor is not None:
            # A signed-in page is nobody else's: neither a shared proxy nor the next user of this browser may keep it.
            response.headers.setdefault("Cache-Control", "no-store")
        return response
