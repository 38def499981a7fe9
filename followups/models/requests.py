"""What a unit may ask for and what it plans: requests, moved days, milestones, and answers still in the unit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit.tenancy import ScopedManager
from members.models import CommitteeOwned, Person, StepBase, Unit

from ..states import REQUEST_MOVES, REQUEST_TONES, DueCause, RequestKind, RequestState
from .assignments import Assignment


class UnitRequestQuerySet(models.QuerySet):
    """Requests as the office's list, the cards and the pages of assignments ask for them."""

    def visible_to(self, actor) -> UnitRequestQuerySet:
        """Office and leaders see all, a unit what it asked for itself."""
        return self if actor.sees_all else self.filter(unit_id__in=actor.unit_ids)

    def pending(self) -> UnitRequestQuerySet:
        """Not decided yet, the one to be decided first at the head."""
        return self.filter(state=RequestState.PENDING).order_by("decide_by", "pk")

    def with_list_columns(self) -> UnitRequestQuerySet:
        """What a list of requests shows, in one query."""
        return self.select_related("assignment", "unit", "by").defer("assignment__request", "assignment__proof")


class UnitRequest(CommitteeOwned):
    """A unit asks to be released (申退), for more time or for a pause; the office decides, by a clock of its own."""

    MOVES = REQUEST_MOVES

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="requests", verbose_name=_("assignment")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    kind = models.CharField(_("asked for"), max_length=9, choices=RequestKind)
    reason = models.TextField(_("reason"), max_length=1000)
    wished_on = models.DateField(_("wished day"), null=True, blank=True)
    asked_on = models.DateField(_("asked on"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    decide_by = models.DateField(_("to be decided by"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision = models.TextField(_("words of the decision"), max_length=1000, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=RequestState, default=RequestState.PENDING, editable=False
    )

    objects = ScopedManager.from_queryset(UnitRequestQuerySet)()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["committee", "decide_by"], condition=Q(state="pending"), name="unit_request_pending")
        ]
        constraints = [
            models.UniqueConstraint(fields=["assignment"], condition=Q(state="pending"), name="one_request_at_a_time"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "withdrawn"]) | Q(decided_on__isnull=False),
                name="decided_request_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(kind="extension") | Q(wished_on__isnull=False), name="extension_names_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.assignment}"

    def get_absolute_url(self) -> str:
        return self.assignment.get_absolute_url()

    @property
    def tone(self) -> str:
        """How strongly a page shows the state."""
        return REQUEST_TONES[RequestState(self.state)]


class UnitRequestStep(StepBase):
    """One move of a request."""

    thing = models.ForeignKey(UnitRequest, on_delete=models.CASCADE, related_name="steps")


class DueChange(CommitteeOwned):
    """The day an answer was due and the day it was moved to; written with every such move, never changed."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="due_changes", verbose_name=_("assignment")
    )
    cause = models.CharField(_("cause"), max_length=9, choices=DueCause)
    old_due = models.DateField(_("was due"))
    new_due = models.DateField(_("now due"))
    words = models.TextField(_("reason"), max_length=1000, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("moved day")
        verbose_name_plural = _("moved days")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.old_due} → {self.new_due}"


class Milestone(CommitteeOwned):
    """A day in between for which the unit has promised something."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="milestones", verbose_name=_("assignment")
    )
    title = models.CharField(_("milestone"), max_length=100)
    due_on = models.DateField(_("by"))
    done_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.title


class Draft(CommitteeOwned):
    """An answer still inside the unit: one writes it, another clears it; nobody outside reads it."""

    assignment = models.OneToOneField(
        Assignment, on_delete=models.CASCADE, related_name="draft", verbose_name=_("assignment")
    )
    text = models.TextField(_("answer"), max_length=5000)
    degree = models.ForeignKey(
        "followups.Degree", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("degree of solution")
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)  # so that nobody clears what they have not read
    is_ready = models.BooleanField(_("waits to be cleared"), default=False)
    words = models.TextField(_("why it was sent back"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("draft answer")
        verbose_name_plural = _("draft answers")

    def __str__(self) -> str:
        return self.text[:40]
