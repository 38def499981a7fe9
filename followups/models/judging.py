"""How well it was done: degrees of solution, what those who raised it say, and later looks."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit.tenancy import ScopedManager
from members.models import CommitteeOwned, Person

from ..states import Attitude, ContactWay, DegreeKind, Finding, Result, ShowLooks, ToThePoint


class DegreeQuerySet(models.QuerySet):
    """Letters as forms ask for them."""

    def in_force(self, *, on: date) -> DegreeQuerySet:
        """The letters of the newest set that holds on a day."""
        newest = DegreeSet.objects.filter(valid_from__lte=on).order_by("-version").values("pk")[:1]
        return self.filter(degree_set__in=newest).order_by("order")


class DegreeSet(CommitteeOwned):
    """A committee's set of letters (A/B/C/D), in versions: places do not agree on what a letter means."""

    version = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=60)
    source = models.CharField(_("source of the rule"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"))

    class Meta:
        verbose_name = _("set of degrees")
        verbose_name_plural = _("sets of degrees")
        ordering = ("-version",)
        constraints = [models.UniqueConstraint(fields=["committee", "version"], name="degree_set_once")]

    def __str__(self) -> str:
        return self.name


class Degree(CommitteeOwned):
    """One letter: how it is called, what it means, and whether it is looked at again until it is solved."""

    degree_set = models.ForeignKey(
        DegreeSet, on_delete=models.PROTECT, related_name="degrees", verbose_name=_("set of degrees")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    letter = models.CharField(_("letter"), max_length=2)
    label = models.CharField(_("label"), max_length=60)
    kind = models.CharField(_("meaning"), max_length=10, choices=DegreeKind)
    is_tracked = models.BooleanField(_("looked at again"), default=False)

    objects = ScopedManager.from_queryset(DegreeQuerySet)()

    class Meta:
        verbose_name = _("degree of solution")
        verbose_name_plural = _("degrees of solution")
        ordering = ("degree_set", "order")
        constraints = [models.UniqueConstraint(fields=["degree_set", "letter"], name="degree_letter_once")]

    def __str__(self) -> str:
        return f"{self.letter} {self.label}"


class Rating(CommitteeOwned):
    """What whoever raised it says to one answer: the way and the result apart. It never goes through the unit."""

    assignment = models.ForeignKey(
        "followups.Assignment", on_delete=models.PROTECT, related_name="ratings", verbose_name=_("assignment")
    )
    round = models.PositiveSmallIntegerField(_("time handled"), default=0)
    result = models.CharField(_("what came of it"), max_length=10, choices=Result)
    attitude = models.CharField(_("the way it was handled"), max_length=13, choices=Attitude, blank=True)
    contact = models.CharField(_("how the unit heard you"), max_length=8, choices=ContactWay, blank=True)
    to_the_point = models.CharField(_("speaks to what was asked"), max_length=9, choices=ToThePoint, blank=True)
    words = models.TextField(_("in your own words"), max_length=1000, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["assignment", "round"], name="rating_once_a_round")]

    def __str__(self) -> str:
        return str(self.get_result_display())


class LookBackQuerySet(models.QuerySet):
    """Later looks as lists ask for them."""

    def ahead(self) -> LookBackQuerySet:
        """Not done yet."""
        return self.filter(done_on=None)

    def due(self, *, on: date) -> LookBackQuerySet:
        """Not done, and their day has come."""
        return self.ahead().filter(due_on__lte=on)

    def looked_at(self, show: str, *, on: date) -> LookBackQuerySet:
        """One view of the list; see `ShowLooks`."""
        if show == ShowLooks.DUE:
            return self.due(on=on)
        if show == ShowLooks.AHEAD:
            return self.ahead().filter(due_on__gt=on)
        return self.exclude(done_on=None).order_by("-done_on", "-pk") if show == ShowLooks.DONE else self

    def with_list_columns(self) -> LookBackQuerySet:
        """What the list shows, in one query."""
        return self.select_related("assignment__unit", "assignment__degree", "by").only(
            "due_on", "done_on", "finding", "words", "by__name", "assignment__title", "assignment__unit__name",
            "assignment__origin_place", "assignment__state", "assignment__degree__letter",
            "assignment__degree__label",
        )  # fmt: skip


class LookBack(CommitteeOwned):
    """A later look whether it stays done (回头看): planned by the clock or by hand, and what was found."""

    assignment = models.ForeignKey(
        "followups.Assignment", on_delete=models.PROTECT, related_name="look_backs", verbose_name=_("assignment")
    )
    due_on = models.DateField(_("to be looked at by"))
    done_on = models.DateField(_("looked at on"), null=True, blank=True)
    finding = models.CharField(_("finding"), max_length=6, choices=Finding, blank=True)
    words = models.TextField(_("what was found"), max_length=2000, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))

    objects = ScopedManager.from_queryset(LookBackQuerySet)()

    class Meta:
        verbose_name = _("look-back")
        verbose_name_plural = _("look-backs")
        ordering = ("due_on", "pk")
        indexes = [
            models.Index(fields=["committee", "due_on"], condition=Q(done_on__isnull=True), name="look_back_ahead")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(done_on__isnull=True) | ~Q(finding=""), name="done_look_back_found_sth")
        ]

    def __str__(self) -> str:
        return f"{self.due_on:%Y-%m-%d}"
