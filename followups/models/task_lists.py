"""Papers whose points become tasks: a leader's instruction, a special report, a list of issues."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kit.tenancy import ScopedManager
from members.models import CommitteeOwned, Person, StepBase

from ..states import TASK_LIST_MOVES, TASK_LIST_TONES, Rank, TaskListKind, TaskListState


class TaskListQuerySet(models.QuerySet):
    """Task lists as pages ask for them."""

    def visible_to(self, actor) -> TaskListQuerySet:
        """Office and leaders see all; a unit sees its own assignments and no list."""
        return self if actor.sees_all else self.none()

    def matching(self, *, kind: str = "", state: str = "", q: str = "") -> TaskListQuerySet:
        """Those that meet every wish of the list's filter; an empty wish is none."""
        found = self.filter(Q(title__icontains=q) | Q(number__icontains=q) | Q(giver__icontains=q)) if q else self
        for name, value in {"kind": kind, "state": state}.items():
            if value:
                found = found.filter(**{name: value})
        return found


class TaskList(CommitteeOwned):
    """A paper whose numbered points are each handed to a unit (批示、专报、问题清单) and that reports back."""

    MOVES = TASK_LIST_MOVES

    kind = models.CharField(_("kind"), max_length=11, choices=TaskListKind)
    title = models.CharField(_("title"), max_length=120)
    words = models.TextField(_("words"), max_length=3000, blank=True)
    number = models.CharField(_("document number"), max_length=40, blank=True)
    giver = models.CharField(_("given by"), max_length=60, blank=True)
    rank = models.CharField(_("at the level of"), max_length=10, choices=Rank, blank=True)
    giver_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("told to")
    )
    given_on = models.DateField(_("dated"))
    meeting_on = models.DateField(_("meeting held on"), null=True, blank=True)
    about = models.CharField(_("about"), max_length=200, blank=True)
    report = models.TextField(_("what is reported back"), max_length=5000, blank=True)
    reported_on = models.DateField(_("reported back on"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=TaskListState, default=TaskListState.DRAFT, editable=False
    )

    objects = ScopedManager.from_queryset(TaskListQuerySet)()

    class Meta:
        verbose_name = _("task list")
        verbose_name_plural = _("task lists")
        ordering = ("-given_on", "-pk")
        indexes = [models.Index(fields=["committee", "-given_on", "-id"], name="task_list_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="reported") | Q(reported_on__isnull=False), name="reported_list_has_day"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("followups:task_list_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        """How strongly a page shows the state."""
        return TASK_LIST_TONES[TaskListState(self.state)]


class TaskListStep(StepBase):
    """One move of a task list."""

    thing = models.ForeignKey(TaskList, on_delete=models.CASCADE, related_name="steps")


class TaskPoint(CommitteeOwned):
    """One numbered point of a list that is still being written: what is to be done, by whom, until when."""

    task_list = models.ForeignKey(
        TaskList, on_delete=models.CASCADE, related_name="points", verbose_name=_("task list")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("what is to be done"), max_length=1000)
    unit = models.ForeignKey(
        "members.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("handling unit")
    )
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    raised_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("raised by")
    )

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["task_list", "number"], name="task_point_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:40]}"
