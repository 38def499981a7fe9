"""What every room's API has in common: whose rows, and how a move is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import uuid4

from rest_framework import mixins, status, viewsets
from rest_framework.response import Response

from kit.workflow import MoveRefused

from .access import Actor, HasActor
from .once import once


class RoomViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Rows as lists and one by one, only what the actor sees.

    A move takes the fields of its page's form as JSON. Not yours to see: 404. Yours to see, not to move: 403. A bad
    form: 400 with the faults by field. Not open in this state: 409. The same `form_key` (32 characters) sent again
    moves once.
    """

    permission_classes = [HasActor]
    lookup_value_regex = r"[0-9]{1,18}"
    forms: ClassVar[Mapping[str, Any]] = {}

    @property
    def actor(self) -> Actor:
        """The person who asks."""
        return self.request._request.actor

    def get_queryset(self) -> Any:
        """Return what the actor sees; nothing while the schema is drawn."""
        model = self.queryset.model
        if getattr(self, "swagger_fake_view", False):
            return model.objects.none()
        return model.objects.visible_to(self.actor).with_list_columns()

    def move(self, thing: Any, verb: str, act: Callable[..., Any], *, form: Any = None, **more: Any) -> Response:
        """Check the form of `verb`, act once, and answer with the thing as it is now."""
        data = self.request.data
        if not isinstance(data, dict):
            return Response({"detail": "an object is expected"}, status=status.HTTP_400_BAD_REQUEST)
        make = form or self.forms[verb]
        filled = make({"form_key": uuid4().hex, **data})
        if not filled.is_valid():
            return Response(filled.errors, status=status.HTTP_400_BAD_REQUEST)

        def acted() -> str:
            act(thing, by=self.actor.person, **filled.values, **more)
            return thing.get_absolute_url()

        try:
            once(filled, self.actor, acted)
        except MoveRefused as refused:
            return Response({"detail": str(refused)}, status=status.HTTP_409_CONFLICT)
        return Response(self.get_serializer(self.get_object()).data)
