"""The API of the consultations room: read what the actor sees, answer an invitation by the same form as the page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kit.forms import PortalForm
from members.access import HasActor
from members.api import RoomViewSet

from . import access
from .actions import rsvp
from .forms.sessions import LeaveForm, SessionFilter
from .forms.topics import TopicFilter
from .models import ConsultationForm, Outcome, Participant, Plan, Session, Topic


class TopicSerializer(serializers.ModelSerializer):
    """A topic as lists show it."""

    form_name = serializers.CharField(source="form.name", read_only=True, default="")

    class Meta:
        model = Topic
        fields = ("id", "title", "year", "line", "form_name", "source", "leader", "quarter", "state")
        read_only_fields = fields


class OutcomeSerializer(serializers.ModelSerializer):
    """What left a session, with the state of what was handed over."""

    unit_name = serializers.CharField(source="unit.name", read_only=True, default="")
    assignment_state = serializers.CharField(source="assignment.state", read_only=True, default="")

    class Meta:
        model = Outcome
        fields = (
            "id",
            "session",
            "number",
            "kind",
            "text",
            "explanation",
            "unit_name",
            "due_on",
            "assignment",
            "assignment_state",
        )
        read_only_fields = fields


class SessionSerializer(serializers.ModelSerializer):
    """A session as lists and calendars show it."""

    form_name = serializers.CharField(source="form.name", read_only=True)
    where = serializers.CharField(read_only=True)

    class Meta:
        model = Session
        fields = ("id", "title", "form_name", "where", "starts_at", "ends_at", "state")
        read_only_fields = fields


class SeatSerializer(serializers.ModelSerializer):
    """Somebody's seat; reasons for leave stay between the person and whoever called the session together."""

    name = serializers.CharField(source="__str__", read_only=True)

    class Meta:
        model = Participant
        fields = ("id", "kind", "name", "state", "presence")
        read_only_fields = fields


class SessionDetailSerializer(SessionSerializer):
    """One session with who is invited."""

    participants = SeatSerializer(many=True, read_only=True)

    class Meta(SessionSerializer.Meta):
        fields = (*SessionSerializer.Meta.fields, "topic", "note", "minutes_year", "minutes_number", "participants")
        read_only_fields = fields


class TopicViewSet(RoomViewSet):
    """Topics: list (`q`, `year`, `form`, `state`) and detail."""

    permission_classes = [HasActor]
    queryset = Topic.objects.none()
    serializer_class = TopicSerializer

    def rows(self):
        """Return what the actor sees, narrowed as asked."""
        found = super().rows().with_list_columns()
        if self.action != "list":
            return found
        filters = TopicFilter(
            self.request.GET,
            years=Plan.objects.values_list("year", flat=True),
            forms_=ConsultationForm.objects.values_list("pk", "name"),
        )
        return found.matching(**filters.wishes)


class OutcomeViewSet(RoomViewSet):
    """Outcomes of sessions whose minutes are issued: list and detail."""

    permission_classes = [HasActor]
    queryset = Outcome.objects.none()
    serializer_class = OutcomeSerializer

    def rows(self):
        """Return what the actor sees; before the minutes are issued only office and leaders do."""
        found = super().rows().with_list_columns().order_by("-pk")
        return found if self.actor.sees_all else found.filter(session__minutes_number__isnull=False)


class SessionViewSet(RoomViewSet):
    """Sessions: list (`q`, `form`, `state`), detail, and the answer of an invited person.

    `attend` takes nothing, `ask_leave` takes `reason`. Not invited: 403.
    """

    permission_classes = [HasActor]
    queryset = Session.objects.none()
    serializer_class = SessionSerializer

    def rows(self):
        """Return what the actor sees, narrowed as asked, the latest first."""
        found = super().rows()
        if self.action != "list":
            return found.with_page_columns().prefetch_related("participants__person", "participants__unit")
        wishes = SessionFilter(self.request.GET, forms_=ConsultationForm.objects.values_list("pk", "name")).wishes
        wishes.pop("show", None)
        return found.matching(**wishes).with_list_columns()

    def get_serializer_class(self):
        """Lists are short, one is told in full."""
        return SessionSerializer if self.action == "list" else SessionDetailSerializer

    @action(detail=True, methods=["post"])
    def attend(self, request: Request, pk: str) -> Response:
        """Say that one comes."""
        return self._answer("attend", rsvp.attend, PortalForm)

    @action(detail=True, methods=["post"])
    def ask_leave(self, request: Request, pk: str) -> Response:
        """Ask for leave: `reason`."""
        return self._answer("ask_leave", rsvp.ask_leave, LeaveForm)

    def _answer(self, verb: str, act: Any, form: type[PortalForm]) -> Response:
        """Find the actor's own seat and answer for it."""
        session = self.get_object()
        seat = Participant.objects.of(self.actor).filter(session=session).values_list("pk", flat=True).first()
        if seat is None:
            return Response({"detail": "not invited"}, status=status.HTTP_403_FORBIDDEN)
        participant = access.participant_to(verb, seat, actor=self.actor)
        return self.move(participant, form, act, at=timezone.now())


VIEWSETS = [("topics", TopicViewSet), ("sessions", SessionViewSet), ("outcomes", OutcomeViewSet)]
