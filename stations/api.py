"""The API of the front door: stations, duty days, visits and matters as the actor sees them, and moves of matters."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from members.access import HasActor
from members.api import RoomViewSet

from . import access, actions
from .forms.matters import AnswerForm, CloseForm, MatterFilter, ReopenForm
from .forms.visits import VisitFilter
from .models import DutySlot, Matter, Station, Visit


class StationSerializer(serializers.ModelSerializer):
    """A station."""

    head_name = serializers.CharField(source="head.name", read_only=True, default="")

    class Meta:
        model = Station
        fields = ("id", "name", "kind", "layer", "parent", "area", "address", "hours", "head_name", "closed_on")
        read_only_fields = fields


class SlotSerializer(serializers.ModelSerializer):
    """A duty day with the names of those on duty."""

    station_name = serializers.CharField(source="station.name", read_only=True)
    people = serializers.StringRelatedField(many=True, read_only=True)

    class Meta:
        model = DutySlot
        fields = ("id", "station", "station_name", "day", "rule_day", "starts_at", "ends_at", "state", "people")
        read_only_fields = fields


class VisitSerializer(serializers.ModelSerializer):
    """A visit record."""

    station_name = serializers.CharField(source="station.name", read_only=True)
    logged_by_name = serializers.CharField(source="logged_by.name", read_only=True)

    class Meta:
        model = Visit
        fields = ("id", "station", "station_name", "day", "direction", "person_times", "logged_by_name", "state")
        read_only_fields = fields


class MatterSerializer(serializers.ModelSerializer):
    """A resident's matter as the ledger shows it."""

    number = serializers.SerializerMethodField()
    station_name = serializers.CharField(source="station.name", read_only=True)
    unit_name = serializers.CharField(source="assignment.unit.name", read_only=True, default="")

    class Meta:
        model = Matter
        fields = (
            "id",
            "number",
            "station",
            "station_name",
            "received_on",
            "channel",
            "subject",
            "text",
            "difficulty",
            "due_on",
            "state",
            "unit_name",
            "answer",
            "answered_on",
            "rating",
            "closed_on",
        )
        read_only_fields = fields

    def get_number(self, matter: Matter) -> str:
        """The number as people write it: 2026-13."""
        return f"{matter.year}-{matter.number}"


class StationViewSet(RoomViewSet):
    """Stations in use; units see none."""

    permission_classes = [HasActor]
    queryset = Station.objects.none()
    serializer_class = StationSerializer

    def rows(self):
        """Return what the actor sees."""
        return super().rows().in_use().select_related("head").order_by("pk")


class SlotViewSet(RoomViewSet):
    """Duty days, the next first; units see none."""

    permission_classes = [HasActor]
    queryset = DutySlot.objects.none()
    serializer_class = SlotSerializer

    def rows(self):
        """Return what the actor sees; a list begins today."""
        found = super().rows().with_list_columns().order_by("day", "pk")
        return found.to_come(on=timezone.localdate()) if self.action == "list" else found


class VisitViewSet(RoomViewSet):
    """Visits the actor may see; `state`, `direction`, `since`, `until` narrow the list."""

    permission_classes = [HasActor]
    queryset = Visit.objects.none()
    serializer_class = VisitSerializer

    def rows(self):
        """Return what the actor sees, narrowed as asked."""
        found = super().rows().select_related("station", "logged_by")
        if self.action != "list":
            return found
        return found.matching(**VisitFilter(self.request.GET, stations=()).wishes)


class MatterViewSet(RoomViewSet):
    """Matters the actor may see, with the filter of the ledger, and the moves that need no choice of people."""

    permission_classes = [HasActor]
    queryset = Matter.objects.none()
    serializer_class = MatterSerializer

    def rows(self):
        """Return what the actor sees, narrowed as asked."""
        found = super().rows().select_related("station", "assignment__unit")
        if self.action != "list":
            return found
        wishes = MatterFilter(self.request.GET, stations=()).wishes
        return found.matching(on=timezone.localdate(), **wishes)

    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Write down what the resident was told: `answer`."""
        return self._move("answer", AnswerForm, actions.answer_matter)

    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Close it: `rating` (none when it was judged already), `note` (may be empty), `tries` when not reached."""
        matter = access.matter_to("close", self.kwargs["pk"], actor=self.actor)
        form = partial(CloseForm, said=actions.said_of(matter))
        return self.move(matter, form, actions.close_matter, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Take it up again: `reason`; with `by_unit` the unit it was handed to does."""
        return self._move("reopen", ReopenForm, actions.reopen_matter)

    def _move(self, verb: str, form: Any, act: Any) -> Response:
        """Fetch the matter for this verb and move it."""
        matter = access.matter_to(verb, self.kwargs["pk"], actor=self.actor)
        return self.move(matter, form, act, on=timezone.localdate())


VIEWSETS = [
    ("stations", StationViewSet),
    ("duty-days", SlotViewSet),
    ("visits", VisitViewSet),
    ("matters", MatterViewSet),
]
