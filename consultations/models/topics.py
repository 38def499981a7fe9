"""The year's plan and its topics."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from followups.models import TaskList
from kit.tenancy import ScopedManager
from members.models import CommitteeOwned, Group, StepBase, Unit
from stations.models import Matter

from ..states import SOURCE_WORDS, TOPIC_MOVES, TOPIC_TONES, TOPIC_WORDS, TopicSource, TopicState


class ConsultationForm(CommitteeOwned):
    """A form of consultation the committee uses (协商形式); a light one needs no invitations days ahead."""

    name = models.CharField(_("name"), max_length=40)
    is_light = models.BooleanField(
        _("light form"),
        default=False,
        help_text=_("Held where the problem is, without invitations days ahead; stations may hold it by themselves."),
    )

    objects = ScopedManager()

    class Meta:
        verbose_name = _("form of consultation")
        verbose_name_plural = _("forms of consultation")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="consultation_form_once")]

    def __str__(self) -> str:
        return self.name


class PlanQuerySet(models.QuerySet):
    """Plans as lists ask for them."""

    def with_counts(self) -> PlanQuerySet:
        """With how many topics each has, and how many of them are done."""
        return self.annotate(
            topic_count=models.Count("topics", filter=~models.Q(topics__state=TopicState.DROPPED)),
            closed_count=models.Count("topics", filter=models.Q(topics__state=TopicState.CLOSED)),
        )


class Plan(CommitteeOwned):
    """The consultation plan of one year (年度协商计划); its lines are topics."""

    year = models.PositiveSmallIntegerField(_("year"))
    note = models.TextField(_("note"), blank=True, max_length=2000)

    objects = ScopedManager.from_queryset(PlanQuerySet)()

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
        return self.select_related("form", "lead_group").only(
            "title", "year", "line", "leader", "quarter", "source", "state", "form__name", "lead_group__name"
        )

    def by_line(self) -> TopicQuerySet:
        """In the order of the plan's lines."""
        return self.order_by("line", "pk")

    def open(self) -> TopicQuerySet:
        """Neither done nor dropped."""
        return self.filter(state__in=[TopicState.DRAFTED, TopicState.CONFIRMED])

    def matching(self, *, q="", year=None, form=None, state="") -> TopicQuerySet:
        """Those that meet every wish of the list's filter; an empty wish is none."""
        found = self.filter(title__icontains=q) if q else self
        for name, value in {"year": year, "form": form, "state": state}.items():
            if value:
                found = found.filter(**{name: value})
        return found


class Topic(CommitteeOwned):
    """What is consulted about; a line of the year's plan, or raised in between, also from a resident's matter."""

    MOVES = TOPIC_MOVES
    TRACE_FROM = ("matter", "parent")
    TRACE_TO = ("task_list",)

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("plan")
    )
    # The year of its plan, so that the list, which is ordered by it, is read from an index.
    year = models.PositiveSmallIntegerField(_("year"), null=True, editable=False)
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
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of topic"),
    )
    task_list = models.ForeignKey(
        TaskList,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="topics",
        verbose_name=_("task list"),
        editable=False,
    )
    state = models.CharField(_("state"), max_length=10, choices=TopicState, default=TopicState.DRAFTED, editable=False)

    objects = ScopedManager.from_queryset(TopicQuerySet)()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("-year", "line", "-pk")
        indexes = [models.Index(fields=["committee", "-year", "line", "-id"], name="topic_by_line")]
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

    def get_state_display(self) -> str:
        """The state in words. Django's own reads all choices anew each time, for every row of a list."""
        return str(TOPIC_WORDS.get(self.state, self.state))

    def get_source_display(self) -> str:
        """The source in words."""
        return str(SOURCE_WORDS.get(self.source, self.source))

    @property
    def tone(self) -> str:
        """How strongly a page shows the state."""
        return TOPIC_TONES[self.state]


class TopicStep(StepBase):
    """One move of a topic."""

    thing = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="steps")
