"""Doors: who may enter a room, and the only way from an id to an object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from .workflow import open_verbs

M = TypeVar("M", bound=Model)
View = Callable[..., Any]
Predicate = Callable[[Any, Any], bool]
May = Mapping[str, Any]  # verb -> rules, each a question (actor, thing) -> bool; any yes opens the door


def door(name: str, may_enter: Callable[[Any], bool]) -> Callable[[View], View]:
    """Return a decorator that lets a view be entered only by an actor for whom `may_enter(actor)` holds.

    Signing in is asked for by LoginRequiredMiddleware before the view runs. A person without the function gets 403
    before any object is looked at, so the answer never tells whether the object exists.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            actor = getattr(request, "actor", None)
            if actor is None or not may_enter(actor):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        entered.door = name  # type: ignore[attr-defined]
        entered.may_enter = may_enter  # type: ignore[attr-defined]
        return entered

    return decorate


def public(*, because: str) -> Callable[[View], View]:
    """Return a decorator for a view that anybody may see; `because` is the reason, kept for the reader."""
    if not because:
        raise ValueError("say why this view is public")

    def decorate(view: View) -> View:
        @wraps(view)
        def entered(*args: Any, **kwargs: Any) -> Any:
            return view(*args, **kwargs)

        entered.door = "public"  # type: ignore[attr-defined]
        entered.because = because  # type: ignore[attr-defined]
        return login_not_required(entered)

    return decorate


def fetch(visible: QuerySet[M], pk: Any, verb: str, *, may: May, actor: Any) -> M:
    """Return the object the actor may `verb`.

    What the actor may not see is answered 404, as if it did not exist; what they see but may not `verb`, 403.
    """
    return admit(visible.filter(pk=pk).order_by("pk").first(), verb, may=may, actor=actor)


def admit(thing: M | None, verb: str, *, may: May, actor: Any) -> M:
    """Return what was looked up among the things the actor may see, if they may `verb` it: the second half of `fetch`.

    None is answered 404, a thing they may not `verb` 403.
    """
    if thing is None:
        raise Http404
    if getattr(thing, "committee_id", None) == actor.committee.pk:
        thing.committee = actor.committee  # type: ignore[attr-defined]  # known already; nobody need ask for it again
    if not any(rule(actor, thing) for rule in may[verb]):
        raise PermissionDenied
    return thing


def can(thing: Any, *, may: May, actor: Any) -> set[str]:
    """Return the verbs that the actor may do to the thing and that its state allows now."""
    moves = getattr(thing, "MOVES", {})
    open_now = set(open_verbs(thing)) if moves else set()
    return {
        verb
        for verb, rules in may.items()
        if (verb in open_now or verb not in moves) and any(rule(actor, thing) for rule in rules)
    }
