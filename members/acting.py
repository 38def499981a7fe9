"""Acting: the last beats of a page that does something: act, tell a refusal, go back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect

from kit.workflow import MoveRefused

from .once import once


def acted(request, back: Any, act: Callable[[], Any], done: str = ""):
    """Act and go `back` (a thing with an address, or an address), with a word that it was done or why it was not."""
    try:
        act()
    except MoveRefused as refused:
        messages.warning(request, str(refused))
    else:
        if done:
            messages.success(request, done)
    return redirect(back)


def acted_once(request, form: Any, act: Callable[[], Any], back: Any):
    """Act once for this form, however often it is sent, and go where `act` says; when it says nothing, `back`.

    A refusal is told, and leads back. See `once`.
    """
    try:
        return redirect(once(form, request.actor, lambda: act() or back))
    except MoveRefused as refused:
        messages.warning(request, str(refused))
        return redirect(back)
