"""The API of the follow-up room: read what the actor sees, and the same moves as the pages, by the same forms."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from members.access import HasActor
from members.api import RoomViewSet

from . import access, actions, clocks, papers, reports
from .board_form import BoardForm
from .forms import MOVE_FORMS, FilterForm
from .judging_forms import AgainForm, CloseWithDegreeForm, RateForm
from .models import Assignment, DeadlineRule, Reply


class ReplySerializer(serializers.ModelSerializer):
    """A unit's written answer."""

    class Meta:
        model = Reply
        fields = ("id", "text", "at")
        read_only_fields = fields


class AssignmentSerializer(serializers.ModelSerializer):
    """An assignment as lists show it."""

    unit_name = serializers.CharField(source="unit.name", read_only=True)
    light = serializers.CharField(read_only=True)
    receipt = serializers.SerializerMethodField()

    class Meta:
        model = Assignment
        fields = (
            "id",
            "title",
            "unit",
            "unit_name",
            "origin_kind",
            "origin_title",
            "origin_place",
            "state",
            "light",
            "handed_over_on",
            "sign_due",
            "due_on",
            "is_provisional",
            "signed_on",
            "answered_on",
            "closed_on",
            "receipt",
        )
        read_only_fields = fields

    def get_receipt(self, assignment: Assignment) -> str | None:
        """The receipt as people write it: 2026-13."""
        receipt = getattr(assignment, "receipt", None)
        return f"{receipt.year}-{receipt.number}" if receipt else None


class AssignmentDetailSerializer(AssignmentSerializer):
    """One assignment with what is asked and every answer."""

    replies = ReplySerializer(many=True, read_only=True)

    class Meta(AssignmentSerializer.Meta):
        fields = (*AssignmentSerializer.Meta.fields, "calendar_version", "request", "handler", "proof", "replies")
        read_only_fields = fields


class CountedDaySerializer(serializers.Serializer):
    """One day of a count: whether it counted, and why."""

    on = serializers.DateField()
    counted = serializers.BooleanField()
    reason = serializers.CharField()


class RuleSerializer(serializers.ModelSerializer):
    """The version of a clock by which something is counted; `length` says it in words."""

    length = serializers.CharField(read_only=True)

    class Meta:
        model = DeadlineRule
        fields = ("key", "version", "name", "amount", "unit", "length", "rolls_forward", "source", "valid_from")
        read_only_fields = fields


class WhySerializer(serializers.Serializer):
    """Why an answer is due on its day: the rule, the start, each day of the count, and what came of it.

    Without a rule written down `rule` is null and no day is counted. `ends_on_it` is false when the day was set by hand
    or moved since; `due_on` is then not the last day of the count.
    """

    rule = RuleSerializer(allow_null=True)
    start = serializers.DateField()
    days = CountedDaySerializer(many=True)
    counted_to = serializers.DateField(allow_null=True)
    due_on = serializers.DateField()
    ends_on_it = serializers.BooleanField()
    provisional = serializers.BooleanField()
    calendar_version = serializers.IntegerField()


class FigureSerializer(serializers.Serializer):
    """One figure of the board: the definition that names it, where it stands, and the number (null: not known yet)."""

    definition = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    table = serializers.CharField()
    line = serializers.CharField()
    label = serializers.CharField()
    count = serializers.FloatField(allow_null=True)


class AssignmentViewSet(RoomViewSet):
    """Assignments: list with the filter of the pages (`show`, `state`, `light`, `unit` …), detail, and the moves."""

    permission_classes = [HasActor]
    queryset = Assignment.objects.none()
    serializer_class = AssignmentSerializer

    def rows(self):
        """Return what the actor sees, narrowed as asked, reddest first."""
        on = timezone.localdate()
        found = super().rows().with_light(on=on).select_related("unit", "receipt")
        if self.action == "list":
            units = reports.units_of(self.actor)
            form = FilterForm(self.request.GET, units=units, stations=[], reads_judgements=self.actor.sees_all)
            wishes = form.wishes
            return found.matching(on=on, **wishes).reddest_first()
        return found.prefetch_related("replies")

    def get_serializer_class(self):
        """Lists are short, one is told in full."""
        return AssignmentSerializer if self.action == "list" else AssignmentDetailSerializer

    @extend_schema(responses=FigureSerializer(many=True))
    @action(detail=False, methods=["get"])
    def figures(self, request: Request) -> Response:
        """Every figure of the board with its definition and version; for office and leaders.

        Takes `year` (2026, or term-<id>), `unit`, `brand` and `group` like the board.
        """
        if not self.actor.sees_all:
            raise PermissionDenied
        on, committee = timezone.localdate(), self.actor.committee
        options = reports.options_of(committee)
        chosen = BoardForm(request.GET, years=reports.years(on), options=options).chosen(on=on)
        told = papers.told(committee, chosen, on=on, options=options)
        rows = [
            {
                "definition": each.of.key,
                "version": each.of.version,
                "name": str(each.of.name),
                "table": each.table,
                "line": each.line,
                "label": each.label,
                "count": each.count if isinstance(each.count, int | float) else None,
            }
            for each in told
        ]
        return Response(FigureSerializer(rows, many=True).data)

    @extend_schema(responses=WhySerializer)
    @action(detail=True, methods=["get"])
    def why(self, request: Request, pk: str) -> Response:
        """Why the answer is due on its day, counted day by day."""
        assignment = access.assignment_to("view", pk, actor=self.actor)
        count = clocks.explain(assignment)
        days = count.days if count else []
        found = {
            "rule": count.rule if count else None,
            "start": assignment.handed_over_on,
            "days": [day._asdict() for day in days],
            "counted_to": days[-1].on if days else None,
            "due_on": assignment.due_on,
            "ends_on_it": bool(count and count.ends_on_it),
            "provisional": assignment.is_provisional,
            "calendar_version": assignment.calendar_version,
        }
        return Response(WhySerializer(found).data)

    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        """Sign for it: `handler` (may be empty)."""
        return self._move("sign", actions.sign_for, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def progress(self, request: Request, pk: str) -> Response:
        """Report progress: `text`."""
        return self._move("progress", actions.report_progress)

    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Answer it: `text`."""
        return self._move("answer", actions.answer, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def send_back(self, request: Request, pk: str) -> Response:
        """Send the answer back: `reason`."""
        return self._move("send_back", actions.send_back, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Strike it off: `proof`, and `degree` where the office corrects it."""
        assignment, on = access.assignment_to("close", pk, actor=self.actor), timezone.localdate()
        return self.move(assignment, partial(CloseWithDegreeForm, on=on), actions.close, on=on)

    @action(detail=True, methods=["post"])
    def rate(self, request: Request, pk: str) -> Response:
        """Judge the answer: `result`, `attitude`, and what else is wanted; who may is who raised it."""
        assignment = access.assignment_to("rate", pk, actor=self.actor)
        return self.move(assignment, partial(RateForm, kind=assignment.origin_kind), actions.rate)

    @action(detail=True, methods=["post"])
    def rehandle(self, request: Request, pk: str) -> Response:
        """Have an answer handled a second time: `reason`."""
        return self._move("rehandle", actions.rehandle, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Take up again what was struck off: `reason`."""
        return self._move("reopen", actions.reopen, on=timezone.localdate())

    def _move(self, verb: str, act: Any, **more: Any) -> Response:
        """Fetch the assignment for this verb and move it."""
        assignment = access.assignment_to(verb, self.kwargs["pk"], actor=self.actor)
        return self.move(assignment, {**MOVE_FORMS, "rehandle": AgainForm, "reopen": AgainForm}[verb], act, **more)


VIEWSETS = [("assignments", AssignmentViewSet)]
