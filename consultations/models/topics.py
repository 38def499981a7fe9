"""The year's plan and its topics."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kit.tenancy import ScopedManager
from members.models import CommitteeOwned, Group, StepBase, Unit
from stations.models import Matter

from ..states import TOPIC_MOVES, TopicSource, TopicState


class ConsultationForm(CommitteeOwned):
    """A form of consultation the committee uses (协商形式); a light one needs no invitations days ahead."""

    name = models.CharField(_("name"), max_length=40)
    is_light = models.BooleanField(_("light form"), default=False)

    class Meta:
        verbose_name = _("form of consultation")
        verbose_name_plural = _("forms of consultation")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="consultation_form_once")]

    def __str__(self) -> str:
        return self.name


class Plan(CommitteeOwned):
    """The consultation plan of one year (年度协商计划); its lines are topics."""

    year = models.PositiveSmallIntegerField(_("year"))
    note = models.TextField(_("note"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ("-year",)
        constraints = [models.UniqueConstraint(fields=["committee", "year"], name="plan_once_a_year")]

    def __str__(self) -> str:
        return str(_("Consultation plan %(year)s") % {"year": self.year})

    def get_absolute_url(self) -> str:
        return reverse("consultations:plan_detail", args=[self.pk])


class TopicQuerySet(models.QuerySet):
    """Topics as lists ask for them."""

    def visible_to(self, actor) -> TopicQuerySet:
        """Everyone of the committee but units."""
        return self if actor.sees_directory else self.none()

    def with_list_columns(self) -> TopicQuerySet:
        """What a list of topics shows, in one query."""
        return self.select_related("form", "plan", "lead_group")


class Topic(CommitteeOwned):
    """What is consulted about; a line of the year's plan, or raised in between, also from a resident's matter."""

    MOVES = TOPIC_MOVES
    TRACE_FROM = ("matter",)

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("plan")
    )
    line = models.PositiveSmallIntegerField(_("line of the plan"), null=True, blank=True)
    title = models.CharField(_("topic"), max_length=120)
    goal = models.TextField(_("what it is about"), max_length=2000, blank=True)
    form = models.ForeignKey(
        ConsultationForm, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("form of consultation")
    )
    source = models.CharField(_("source"), max_length=20, choices=TopicSource)
    leader = models.CharField(_("led by"), max_length=60, blank=True)
    lead_group = models.ForeignKey(
        Group,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="topics",
        verbose_name=_("leading special committee"),
    )
    units = models.ManyToManyField(Unit, blank=True, related_name="topics", verbose_name=_("units"))
    quarter = models.PositiveSmallIntegerField(_("quarter"), null=True, blank=True)
    intended = models.CharField(_("intended outcome"), max_length=60, blank=True)
    is_public = models.BooleanField(_("published"), default=False)
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("matter")
    )
    state = models.CharField(_("state"), max_length=10, choices=TopicState, default=TopicState.DRAFTED, editable=False)

    objects = ScopedManager.from_queryset(TopicQuerySet)()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("-plan__year", "line", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["plan", "line"], name="plan_line_once"),
            models.CheckConstraint(
                condition=models.Q(quarter__isnull=True) | models.Q(quarter__range=(1, 4)), name="topic_quarter_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consultations:topic_detail", args=[self.pk])


class TopicStep(StepBase):
    """One move of a topic."""

    thing = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="steps")
