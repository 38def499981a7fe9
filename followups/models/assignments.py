"""What was promised: assignments with their clock and their steps."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kit.tenancy import ScopedManager
from members.models import Area, Brand, CommitteeOwned, Group, Person, StepBase, Unit

from ..states import (
    ASSIGNMENT_MOVES,
    OPEN,
    QUIET_WORDS,
    STEP_WORDS,
    TONES,
    AssignmentState,
    Level,
    Light,
    OriginKind,
    Part,
    Result,
)
from .judging import Degree
from .querysets import AssignmentQuerySet
from .rules import DeadlineRule
from .task_lists import TaskList

# What the board counts by and narrows by, beside the committee and the day of the hand-over.
COUNTED = [
    "state",
    "due_on",
    "unit",
    "brand",
    "group",
    "level",
    "origin_place",
    "origin_topic",
    "signed_on",
    "contacted_on",
    "answered_on",
    "closed_on",
    "late_days",
    "extensions",
    "rounds",
    "rating",
    "id",
]


class Assignment(CommitteeOwned):
    """Something a unit must do by a day: an outcome, a resident's matter or a proposal, handed over with a clock.

    What it came from points here; `origin_*` are the words as they stood on the slip at hand-over, so the list and the
    board read this one table.
    """

    MOVES = ASSIGNMENT_MOVES
    TRACE_FROM = ("task_list",)
    TRACE_KIND = "origin_kind"

    light: str  # annotated by `with_light`
    days_left: int  # set by views, which know what day it is

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("unit"))
    title = models.CharField(_("item"), max_length=200)
    request = models.TextField(_("what is asked"), max_length=5000, blank=True)
    origin_kind = models.CharField(_("came from"), max_length=10, choices=OriginKind)
    origin_title = models.CharField(_("origin"), max_length=200)
    origin_place = models.CharField(_("station"), max_length=60, blank=True)
    origin_topic = models.CharField(_("topic"), max_length=120, blank=True)
    brand = models.ForeignKey(
        Brand, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brand")
    )
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("group")
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("area")
    )
    raised_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("raised by")
    )
    rule = models.ForeignKey(
        DeadlineRule, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deadline rule")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=AssignmentState, default=AssignmentState.HANDED_OVER, editable=False
    )
    handed_over_on = models.DateField(_("handed over on"))
    sign_due = models.DateField(_("to be signed for by"))
    due_on = models.DateField(_("answer due"))
    blue_on = models.DateField(_("blue from"))
    yellow_on = models.DateField(_("yellow from"))
    is_provisional = models.BooleanField(_("date is provisional"), default=False)
    calendar_version = models.PositiveIntegerField(_("counted by calendar version"), default=0, editable=False)
    part = models.CharField(_("part"), max_length=6, choices=Part, default=Part.SOLE)
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("handled with")
    )
    task_list = models.ForeignKey(
        TaskList, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("task list")
    )
    point = models.PositiveSmallIntegerField(_("point"), null=True, blank=True)
    level = models.CharField(_("supervised by"), max_length=8, choices=Level, default=Level.ORDINARY, blank=True)
    external_number = models.CharField(_("number with the supervision office"), max_length=40, blank=True)
    handler = models.CharField(_("handler"), max_length=40, blank=True)
    contacted_on = models.DateField(_("first contact on"), null=True, blank=True)
    next_milestone_on = models.DateField(_("next milestone"), null=True, blank=True, editable=False)
    paused_on = models.DateField(_("paused on"), null=True, blank=True)
    signed_on = models.DateField(_("signed for on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    proof = models.TextField(_("proof"), max_length=2000, blank=True)
    degree = models.ForeignKey(
        Degree, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("degree of solution")
    )
    rating = models.CharField(_("judgement"), max_length=10, choices=Result, blank=True)
    feedback_due = models.DateField(_("feedback due"), null=True, blank=True, editable=False)
    rounds = models.PositiveSmallIntegerField(_("times handled again"), default=0)
    extensions = models.PositiveSmallIntegerField(_("times extended"), default=0)
    late_days = models.PositiveIntegerField(_("days late at the worst"), null=True, blank=True)
    pressed = models.PositiveSmallIntegerField(_("times pressed"), default=0)
    light_seen = models.CharField(_("light last written down"), max_length=8, choices=Light, default=Light.GREEN)

    words = models.GeneratedField(
        expression=Lower(Concat("title", Value(" "), "origin_title", Value(" "), "origin_place")),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = ScopedManager.from_queryset(AssignmentQuerySet)()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("due_on", "pk")
        indexes = [
            # What the lists of open ones are sorted by, and what the board asks about earlier years.
            models.Index(fields=["committee", "state", "due_on", "id", "handed_over_on"], name="assignment_by_state"),
            models.Index(fields=["committee", "due_on", "id"], name="assignment_by_due"),
            # The reddest first, without walking past all that was done years ago.
            models.Index(
                fields=["committee", "due_on", "id"], condition=Q(state__in=OPEN), name="assignment_open_by_due"
            ),
            # A unit's queue, and how long it is, from the index alone.
            models.Index(
                fields=["committee", "unit", "due_on", "id"], condition=Q(state__in=OPEN), name="assignment_queue"
            ),
            # Everything the board counts, so that a period is read from the index alone.
            models.Index(fields=["committee", "handed_over_on"], include=COUNTED, name="assignment_by_day"),
            models.Index(
                fields=["committee", "closed_on"],
                include=["state", "unit", "brand", "group", "id"],
                name="assignment_by_closing",
            ),
            models.Index(fields=["unit", "state", "due_on"], name="assignment_by_unit"),
            # Who has been asked what they say and has said nothing yet: for the clock and for those who are asked.
            models.Index(
                fields=["committee", "feedback_due"],
                condition=Q(feedback_due__isnull=False, rating=""),
                name="assignment_feedback",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="handed_over") | Q(signed_on__isnull=False), name="past_hand_over_is_signed"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "closed"]) | Q(answered_on__isnull=False), name="answered_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False) & ~Q(proof=""), name="closed_has_proof"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("handed_over_on")), name="due_after_hand_over"),
            models.CheckConstraint(
                condition=~Q(state="paused") | Q(paused_on__isnull=False), name="paused_assignment_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(part="assist") | Q(part_of__isnull=False), name="assisting_unit_has_a_lead"
            ),
            models.UniqueConstraint(fields=["part_of", "unit"], name="unit_once_among_parts"),
            models.UniqueConstraint(
                fields=["committee", "external_number"],
                condition=~Q(external_number=""),
                name="external_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("followups:detail", args=[self.pk])

    @property
    def tone(self) -> str:
        """How strongly a page shows the state."""
        return TONES[AssignmentState(self.state)]

    def light_on(self, on: date) -> Light:
        """The light it shows on a day; what `with_light` says of many."""
        if self.state not in OPEN:
            return Light.DONE
        if self.state == AssignmentState.PAUSED:
            return Light.PAUSED
        milestone_is_late = self.next_milestone_on is not None and self.next_milestone_on < on
        ends = (
            (Light.RED, self.due_on < on),
            (Light.YELLOW, self.yellow_on <= on or milestone_is_late),
            (Light.BLUE, self.blue_on <= on),
        )
        return next((light for light, is_so in ends if is_so), Light.GREEN)

    @property
    def days_words(self) -> str:
        """How far its day is, in words; asks for `days_left`, set by whoever knows what day it is."""
        left = self.days_left
        if left < 0:
            return ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
        if left == 0:
            return gettext("due today")
        return ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}

    @property
    def light_word(self) -> str:
        """The light in words; asks for `with_light`."""
        return str(Light(self.light).label)


class AssignmentStep(StepBase):
    """One move of an assignment."""

    thing = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="steps")

    class Meta(StepBase.Meta):
        indexes = [models.Index(fields=["committee", "at", "verb", "thing"], name="assignment_step_by_day")]

    @property
    def label(self) -> str:
        """The step's name as people read it."""
        return str(STEP_WORDS.get(self.verb) or QUIET_WORDS.get(self.verb, self.verb))
