"""The API of the proposals room: read what the actor sees, and the same moves as the pages, by the same forms."""

from __future__ import annotations

from functools import partial

from django.utils import timezone
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kit.forms import PortalForm
from members.access import HasActor
from members.api import RoomViewSet
from members.models import Unit

from . import access, actions
from .forms import HandOverForm, ReasonForm
from .models import Proposal


class ProposalSerializer(serializers.ModelSerializer):
    """A proposal as the register shows it; the judgement is left out, for units read here too."""

    first_proposer = serializers.CharField(source="first_proposer.name", read_only=True)

    class Meta:
        model = Proposal
        fields = (
            "id", "year", "number", "category", "title", "situation", "analysis", "suggestion", "first_proposer",
            "state", "submitted_on", "filed_on", "assignment", "matter", "outcome",
        )  # fmt: skip
        read_only_fields = fields


class ProposalViewSet(RoomViewSet):
    """Proposals and their moves."""

    permission_classes = [HasActor]
    queryset = Proposal.objects.none()
    serializer_class = ProposalSerializer

    def rows(self):
        """Return the register, or one proposal with what its page shows."""
        return super().rows().select_related("first_proposer")

    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Put it to the committee."""
        return self._do("submit", pk, PortalForm, actions.submit_proposal, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take it back."""
        return self._do("withdraw", pk, PortalForm, actions.withdraw_proposal)

    @action(detail=True, methods=["post"])
    def file(self, request: Request, pk: str) -> Response:
        """Accept it onto the register."""
        return self._do("file", pk, PortalForm, actions.file_proposal, on=timezone.localdate())

    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def give_back(self, request: Request, pk: str) -> Response:
        """Give it back: `reason`."""
        return self._do("return", pk, ReasonForm, actions.return_proposal)

    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Do not file it: `reason`."""
        return self._do("decline", pk, ReasonForm, actions.decline_proposal)

    @action(detail=True, methods=["post"])
    def hand_over(self, request: Request, pk: str) -> Response:
        """Hand it to a unit: `unit`, `due_on` (may be empty)."""
        on = timezone.localdate()
        form = partial(HandOverForm, units=Unit.objects.filter(is_active=True), on=on)
        proposal = access.proposal_to("hand_over", pk, actor=self.actor)
        return self.move(proposal, form, actions.hand_over_proposal, on=on)

    def _do(self, verb, pk, form, act, **more) -> Response:
        """Fetch the proposal for this verb and move it."""
        return self.move(access.proposal_to(verb, pk, actor=self.actor), form, act, **more)


VIEWSETS = [("proposals", ProposalViewSet)]
