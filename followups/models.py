"""What was promised: assignments with their clock, receipts, replies and steps; the clocks themselves."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kit.deadlines import Unit as ClockUnit
from kit.tenancy import ScopedManager
from members.models import Area, CommitteeOwned, Person, StepBase, Unit

from .states import ASSIGNMENT_MOVES, OPEN, AssignmentState, Light, OriginKind


class DeadlineRule(CommitteeOwned):
    """One clock of the committee: how long, in what days, when its lights change. A change is a new version."""

    key = models.SlugField(_("key"), max_length=30)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=60)
    amount = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("counted in"), max_length=5, choices=ClockUnit)
    rolls_forward = models.BooleanField(_("moves to the next working day"), default=True)
    blue_days = models.PositiveSmallIntegerField(_("blue: days before"), default=15)
    yellow_days = models.PositiveSmallIntegerField(_("yellow: working days before"), default=3)
    source = models.CharField(_("source of the rule"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"))

    class Meta:
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")
        ordering = ("key", "-version")
        constraints = [
            models.UniqueConstraint(fields=["committee", "key", "version"], name="deadline_rule_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="deadline_rule_has_length"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.amount} {self.get_unit_display()}"


class AssignmentQuerySet(models.QuerySet):
    """Assignments as lists and the board ask for them."""

    def visible_to(self, actor) -> AssignmentQuerySet:
        """Office and leaders see all, a unit its own, a person what they raised, members every outcome's as well."""
        if actor.sees_all:
            return self
        seen = Q(raised_by=actor.person) | Q(unit_id__in=actor.unit_ids)
        if actor.is_member:
            seen |= Q(origin_kind=OriginKind.OUTCOME)
        return self.filter(seen)

    def open(self) -> AssignmentQuerySet:
        """Not answered yet."""
        return self.filter(state__in=OPEN)

    def overdue(self, *, on: date) -> AssignmentQuerySet:
        """Open and past the day an answer was due."""
        return self.open().filter(due_on__lt=on)

    def unsigned_late(self, *, on: date) -> AssignmentQuerySet:
        """Handed over and not signed for in time."""
        return self.filter(state=AssignmentState.HANDED_OVER, sign_due__lt=on)

    def without_answer(self) -> AssignmentQuerySet:
        """With a receipt and no answer (有收条无回音)."""
        return self.open().filter(receipt__isnull=False)

    def with_light(self, *, on: date) -> AssignmentQuerySet:
        """Adds `light`, the truth at this moment."""
        return self.annotate(
            light=Case(
                When(~Q(state__in=OPEN), then=Value(Light.DONE.value)),
                When(due_on__lt=on, then=Value(Light.RED.value)),
                When(yellow_on__lte=on, then=Value(Light.YELLOW.value)),
                When(blue_on__lte=on, then=Value(Light.BLUE.value)),
                default=Value(Light.GREEN.value),
                output_field=models.CharField(),
            )
        )

    def reddest_first(self) -> AssignmentQuerySet:
        """The longest overdue first, then by what is due next."""
        return self.order_by("due_on", "pk")

    def with_list_columns(self) -> AssignmentQuerySet:
        """What a list of assignments shows, in one query."""
        return self.select_related("unit", "receipt")


class Assignment(CommitteeOwned):
    """Something a unit must do by a day: an outcome, a resident's matter or a proposal, handed over with a clock.

    What it came from points here; `origin_*` are the words as they stood on the slip at hand-over, so the list and the
    board read this one table.
    """

    MOVES = ASSIGNMENT_MOVES

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("unit"))
    title = models.CharField(_("subject"), max_length=200)
    request = models.TextField(_("what is asked"), max_length=5000, blank=True)
    origin_kind = models.CharField(_("came from"), max_length=10, choices=OriginKind)
    origin_title = models.CharField(_("origin"), max_length=200)
    origin_place = models.CharField(_("station"), max_length=60, blank=True)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("area")
    )
    raised_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("raised by")
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
    handler = models.CharField(_("handler"), max_length=40, blank=True)
    signed_on = models.DateField(_("signed for on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    proof = models.TextField(_("proof"), max_length=2000, blank=True)

    objects = ScopedManager.from_queryset(AssignmentQuerySet)()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("due_on", "pk")
        indexes = [
            models.Index(fields=["committee", "state", "due_on", "id"], name="assignment_by_state"),
            models.Index(fields=["committee", "due_on", "id"], name="assignment_by_due"),
            models.Index(fields=["committee", "handed_over_on"], name="assignment_by_month"),
            models.Index(fields=["unit", "state", "due_on"], name="assignment_by_unit"),
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
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("followups:detail", args=[self.pk])


class AssignmentStep(StepBase):
    """One move of an assignment."""

    thing = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="steps")


class Receipt(CommitteeOwned):
    """The numbered proof that something was taken on (收条); given with the signature, without gaps."""

    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, related_name="receipt", verbose_name=_("assignment")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    issued_on = models.DateField(_("issued on"))
    signed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("signed by")
    )

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ("year", "number")
        constraints = [models.UniqueConstraint(fields=["committee", "year", "number"], name="receipt_number_once")]

    def __str__(self) -> str:
        return str(_("Receipt 〔%(year)s〕 No. %(number)s") % {"year": self.year, "number": self.number})


class Reply(CommitteeOwned):
    """A unit's written answer; sent back and answered again, it is a further row."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="replies", verbose_name=_("assignment")
    )
    text = models.TextField(_("answer"), max_length=5000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:40]
