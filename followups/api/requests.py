"""What units ask the office for and what they promise, through the API."""

from __future__ import annotations

from functools import partial

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kit.forms import PortalForm
from kit.workflow import MoveRefused
from members.access import HasActor
from members.api import RoomViewSet

from .. import access, actions, forms
from ..models import UnitRequest
from ..states import RequestState
from .serializers import MilestoneSerializer, RequestSerializer


class RequestViewSet(RoomViewSet):
    """What units ask the office for: office and leaders see all, a unit its own; to be decided first stands first."""

    permission_classes = [HasActor]
    queryset = UnitRequest.objects.none()
    serializer_class = RequestSerializer

    def rows(self):
        """Return what the actor sees; `state` narrows the list."""
        found = super().rows().with_list_columns().order_by("decide_by", "pk")
        state = self.request.GET.get("state", "")
        return found.filter(state=state) if self.action == "list" and state in RequestState.values else found

    @action(detail=True, methods=["post"])
    def grant(self, request: Request, pk: str) -> Response:
        """Grant it: `unit` for a release, `until` for an extension, `words` (may be empty)."""
        asked = access.request_to("grant", pk, actor=self.actor)
        return self.move(asked, partial(forms.GrantForm, asked=asked), actions.grant, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """Refuse it: `words`."""
        asked = access.request_to("refuse", pk, actor=self.actor)
        return self.move(asked, forms.RefuseForm, actions.refuse, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take it back before it is decided."""
        return self.move(access.request_to("withdraw", pk, actor=self.actor), PortalForm, actions.take_back)


class MilestoneViewSet(viewsets.ViewSet):
    """Milestones stand with their assignment; here one is marked as reached."""

    permission_classes = [HasActor]
    lookup_value_regex = r"[0-9]{1,18}"

    @extend_schema(request=None, responses=MilestoneSerializer)
    @action(detail=True, methods=["post"])
    def reach(self, request: Request, pk: str) -> Response:
        """Write down that it is reached; a second time changes nothing."""
        actor = request._request.actor
        milestone = access.milestone_to("reach", pk, actor=actor)
        try:
            actions.reach_milestone(milestone, by=actor.person, on=timezone.localdate())
        except MoveRefused as refused:
            return Response({"detail": str(refused)}, status=status.HTTP_409_CONFLICT)
        milestone.refresh_from_db()
        return Response(MilestoneSerializer(milestone).data)
