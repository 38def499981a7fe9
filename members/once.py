"""Once: a form that creates something is taken one time, however often it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

from .access import Actor
from .models import FormKey


def once(form: Any, actor: Actor, act: Callable[[], Any]) -> str:
    """Run `act` and return the address of what it made; the same form sent again gets the first address.

    The key is written in the transaction of the act: both are kept or neither. Of two posts at the same moment the
    second waits for the first. What `act` returns must have get_absolute_url, or be an address itself.
    """
    key = form.cleaned_data["form_key"]
    mine = FormKey.objects.filter(person=actor.person, key=key)
    try:
        with transaction.atomic():
            FormKey.objects.create(committee=actor.committee, person=actor.person, key=key)
            made = act()
            url = made if isinstance(made, str) else made.get_absolute_url()
            mine.update(result_url=url)
            return url
    except IntegrityError:
        first = mine.first()
        if first is None:  # not the key: something in the act itself
            raise
        return first.result_url


def taken_before(data: Any, actor: Actor) -> str:
    """Return the address of what a posted form has made already, or "" when it was not taken yet.

    Ask before checking a form whose rules the first result itself would break, for example a name that must be unique.
    """
    key = data.get("form_key", "")
    first = FormKey.objects.filter(person=actor.person, key=key).first() if len(key) == 32 else None
    return first.result_url if first else ""
