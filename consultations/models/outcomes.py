"""What was said and agreed in a session, and what leaves it to be done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from followups.models import Assignment, TaskList
from kit.tenancy import ScopedManager
from members.models import CommitteeOwned, Unit

from ..states import OUTCOME_TONES, OUTCOME_WORDS, OutcomeKind, SpeechMode
from .sessions import Participant, Session


class Speech(CommitteeOwned):
    """What somebody said in a session, in order, and the reply given on the spot."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="speeches", verbose_name=_("session"))
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="speeches", verbose_name=_("speaker")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    mode = models.CharField(_("mode"), max_length=8, choices=SpeechMode, default=SpeechMode.ORAL)
    text = models.TextField(_("speech"), max_length=5000)
    reply = models.TextField(_("reply on the spot"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("speech")
        verbose_name_plural = _("speeches")
        ordering = ("order", "pk")
        constraints = [models.UniqueConstraint(fields=["session", "order"], name="speech_order_once")]

    def __str__(self) -> str:
        return f"{self.order}. {self.participant or ''}"

    def get_absolute_url(self) -> str:
        return reverse("consultations:session_detail", args=[self.session_id])


class Consensus(CommitteeOwned):
    """One numbered point that was agreed (共识)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="consensus", verbose_name=_("session"))
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("consensus"), max_length=2000)

    class Meta:
        verbose_name = _("consensus point")
        verbose_name_plural = _("consensus points")
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="consensus_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:40]}"


class ReservedView(CommitteeOwned):
    """A view somebody keeps against the consensus; never lost (保留意见)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="reserved", verbose_name=_("session"))
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="reserved", verbose_name=_("whose")
    )
    text = models.TextField(_("reserved view"), max_length=2000)

    class Meta:
        verbose_name = _("reserved view")
        verbose_name_plural = _("reserved views")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:40]


class OutcomeQuerySet(models.QuerySet):
    """Outcomes as lists ask for them."""

    def visible_to(self, actor) -> OutcomeQuerySet:
        """Whoever sees the session sees what came out of it."""
        if actor.sees_directory:
            return self
        return self.filter(session__in=Session.objects.visible_to(actor))

    def with_list_columns(self) -> OutcomeQuerySet:
        """What a list of outcomes shows, in one query."""
        return self.select_related("session", "unit", "assignment")


class Outcome(CommitteeOwned):
    """One actionable point that leaves a session (协商成果); its life goes on after the meeting."""

    TRACE_FROM = ("session",)
    TRACE_TO = ("assignment", "task_list")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="outcomes", verbose_name=_("session"))
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=OutcomeKind)
    text = models.TextField(_("outcome"), max_length=1000)
    explanation = models.TextField(_("explanation"), max_length=2000, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="outcomes", verbose_name=_("unit")
    )
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    assignment = models.OneToOneField(
        Assignment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="outcome",
        verbose_name=_("assignment"),
        editable=False,
    )
    task_list = models.ForeignKey(
        TaskList,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes",
        verbose_name=_("task list"),
        editable=False,
    )

    objects = ScopedManager.from_queryset(OutcomeQuerySet)()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ("session", "number")
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="outcome_number_once"),
            models.CheckConstraint(
                condition=~Q(kind="todo") | Q(unit__isnull=False, due_on__isnull=False, assignment__isnull=False),
                name="todo_has_unit_day_and_assignment",
            ),
            models.CheckConstraint(condition=~Q(kind="explained") | ~Q(explanation=""), name="explained_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:40]}"

    def get_absolute_url(self) -> str:
        return f"{reverse('consultations:session_detail', args=[self.session_id])}#outcome-{self.number}"

    def get_kind_display(self) -> str:
        """The kind in words. Django's own reads all choices anew each time, for every row of a page."""
        return str(OUTCOME_WORDS.get(self.kind, self.kind))

    @property
    def tone(self) -> str:
        """How strongly a page shows the kind."""
        return OUTCOME_TONES[self.kind]
