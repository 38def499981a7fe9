"""What every room's API has in common: whose rows, and how a move is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from rest_framework import mixins, status, viewsets
from rest_framework.response import Response

from kit.workflow import MoveRefused

from .access import Actor, HasActor
from .once import once


class RoomViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Rows as lists and one by one, only what the actor sees: a room says in `rows()` which.

    A move takes the fields of its page's form as JSON. Not yours to see: 404. Yours to see, not to move: 403. A bad
    form: 400 with the faults by field. Not open in this state: 409. The same `form_key` (32 characters) sent again
    moves once.
    """

    permission_classes = [HasActor]
    lookup_value_regex = r"[0-9]{1,18}"

    @property
    def actor(self) -> Actor:
        """The person who asks."""
        return self.request._request.actor

    def get_queryset(self) -> QuerySet:
        """Return the room's rows; nothing while only the description of the API is drawn."""
        return self.queryset if getattr(self, "swagger_fake_view", False) else self.rows()

    def rows(self) -> QuerySet:
        """Return what the actor sees."""
        return self.queryset.model.objects.visible_to(self.actor)

    def move(self, thing: Any, form: Callable[..., Any], act: Callable[..., Any], **more: Any) -> Response:
        """Fill in the form from what was sent, act on `thing` once, and answer with this row as it is now."""
        if not isinstance(self.request.data, dict):
            return Response({"detail": "an object is expected"}, status=status.HTTP_400_BAD_REQUEST)
        filled = form({"form_key": uuid4().hex, **self.request.data})
        if not filled.is_valid():
            return Response(filled.errors, status=status.HTTP_400_BAD_REQUEST)

        def acted() -> str:
            act(thing, by=self.actor.person, **filled.values, **more)
            return thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else self.request.path

        try:
            once(filled, self.actor, acted)
        except MoveRefused as refused:
            return Response({"detail": str(refused)}, status=status.HTTP_409_CONFLICT)
        return Response(self.get_serializer(self.get_object()).data)
