"""What the API of the follow-up room tells of its rows."""

from __future__ import annotations

from rest_framework import serializers

from ..models import Assignment, DeadlineRule, Draft, DueChange, Milestone, Reply, UnitRequest


class ReplySerializer(serializers.ModelSerializer):
    """A unit's written answer, with the letter of the degree it claims."""

    letter = serializers.CharField(source="degree.letter", read_only=True, default="")

    class Meta:
        model = Reply
        fields = ("id", "text", "letter", "at")
        read_only_fields = fields


class MilestoneSerializer(serializers.ModelSerializer):
    """Something promised in between."""

    class Meta:
        model = Milestone
        fields = ("id", "title", "due_on", "done_on")
        read_only_fields = fields


class DueChangeSerializer(serializers.ModelSerializer):
    """A moved day: what it was, what it is, and why."""

    class Meta:
        model = DueChange
        fields = ("old_due", "new_due", "cause", "words", "at")
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
    milestones = MilestoneSerializer(many=True, read_only=True)
    due_changes = DueChangeSerializer(many=True, read_only=True)

    class Meta(AssignmentSerializer.Meta):
        fields = (
            *AssignmentSerializer.Meta.fields,
            "calendar_version",
            "request",
            "handler",
            "part",
            "part_of",
            "level",
            "external_number",
            "contacted_on",
            "proof",
            "replies",
            "milestones",
            "due_changes",
        )
        read_only_fields = fields


class RequestSerializer(serializers.ModelSerializer):
    """What a unit asked the office for, and what was decided."""

    title = serializers.CharField(source="assignment.title", read_only=True)
    unit_name = serializers.CharField(source="unit.name", read_only=True)

    class Meta:
        model = UnitRequest
        fields = (
            "id",
            "assignment",
            "title",
            "unit",
            "unit_name",
            "kind",
            "reason",
            "wished_on",
            "asked_on",
            "decide_by",
            "state",
            "decided_on",
            "decision",
        )
        read_only_fields = fields


class DraftSerializer(serializers.ModelSerializer):
    """An answer that is still inside the unit."""

    by_name = serializers.CharField(source="by.name", read_only=True, default="")

    class Meta:
        model = Draft
        fields = ("version", "text", "degree", "is_ready", "words", "by_name", "at")
        read_only_fields = fields


class PartSerializer(serializers.ModelSerializer):
    """Another part of what several units handle together."""

    unit_name = serializers.CharField(source="unit.name", read_only=True)
    light = serializers.CharField(read_only=True)

    class Meta:
        model = Assignment
        fields = ("id", "unit", "unit_name", "part", "state", "light", "due_on")
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
