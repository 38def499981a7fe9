"""Pressing: the ladder as rows, the slips it gave out, and the lights that changed."""

from __future__ import annotations

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kit.deadlines import Unit as ClockUnit
from kit.tenancy import ScopedManager
from members.models import CommitteeOwned, Person

from ..states import Anchor, Light, Rung, Told
from .assignments import Assignment


class LadderRungQuerySet(models.QuerySet):
    """Rungs as the set-up page and the clock ask for them."""

    def newest(self) -> LadderRungQuerySet:
        """The last written version of every rung."""
        last = self.filter(key=OuterRef("key"), committee=OuterRef("committee")).order_by("-version").values("pk")[:1]
        return self.filter(pk=Subquery(last)).order_by("anchor", "days", "pk")


class LadderRung(CommitteeOwned):
    """One rung of the committee's ladder: how many days from which day whom is told what. A change is a new version."""

    key = models.SlugField(_("key"), max_length=30)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    rung = models.CharField(_("rung"), max_length=9, choices=Rung)
    anchor = models.CharField(_("counted from"), max_length=8, choices=Anchor)
    days = models.SmallIntegerField(_("days after (before: less than nought)"))
    unit = models.CharField(_("counted in"), max_length=5, choices=ClockUnit, default=ClockUnit.CD)
    told = models.CharField(_("who is told"), max_length=7, choices=Told)
    is_active = models.BooleanField(_("in use"), default=True)
    source = models.CharField(_("source of the rule"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"))

    objects = ScopedManager.from_queryset(LadderRungQuerySet)()

    class Meta:
        verbose_name = _("rung of the ladder")
        verbose_name_plural = _("ladder of escalation")
        ordering = ("anchor", "days", "pk")
        constraints = [models.UniqueConstraint(fields=["committee", "key", "version"], name="ladder_rung_once")]

    def __str__(self) -> str:
        return f"{self.get_rung_display()} · {self.when}"

    @property
    def when(self) -> str:
        """The day in words: “7 calendar days before”, “3 working days after”, “on the day”."""
        if self.days == 0:
            return gettext("on the day")
        words = gettext("%(days)d %(unit)s before") if self.days < 0 else gettext("%(days)d %(unit)s after")
        return words % {"days": abs(self.days), "unit": self.get_unit_display()}


class SupervisionSlipQuerySet(models.QuerySet):
    """Slips as lists ask for them."""

    def visible_to(self, actor) -> SupervisionSlipQuerySet:
        """Office and leaders see all, a unit those that went to it."""
        return self if actor.sees_all else self.filter(assignment__unit_id__in=actor.unit_ids)

    def matching(self, *, rung: str = "", show: str = "") -> SupervisionSlipQuerySet:
        """Those of a rung; `show` is "open" for those without a reply."""
        found = self.filter(rung=rung) if rung else self
        return found.filter(replied_on=None) if show == "open" else found


class SupervisionSlip(CommitteeOwned):
    """A numbered slip by which the office presses (催办、督办、通报), with the unit's reply to it."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="slips", verbose_name=_("assignment")
    )
    rung = models.CharField(_("rung"), max_length=9, choices=Rung)
    occasion = models.CharField(_("occasion"), max_length=40, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    issued_on = models.DateField(_("issued on"))
    reply_by = models.DateField(_("reply by"))
    words = models.TextField(_("words"), max_length=1000, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    reply = models.TextField(_("reply"), max_length=2000, blank=True)
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    replied_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("replied by")
    )

    objects = ScopedManager.from_queryset(SupervisionSlipQuerySet)()

    class Meta:
        verbose_name = _("supervision slip")
        verbose_name_plural = _("supervision slips")
        ordering = ("-pk",)
        indexes = [models.Index(fields=["committee", "-id"], name="slip_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["committee", "rung", "year", "number"], name="slip_number_once"),
            models.UniqueConstraint(fields=["assignment", "occasion"], name="slip_once_an_occasion"),
            models.CheckConstraint(condition=Q(replied_on__isnull=True) | ~Q(reply=""), name="replied_slip_has_words"),
        ]

    def __str__(self) -> str:
        return str(
            _("%(rung)s slip 〔%(year)s〕 No. %(number)s")
            % {"rung": self.get_rung_display(), "year": self.year, "number": self.number}
        )

    def get_absolute_url(self) -> str:
        return reverse("followups:supervision_slip", args=[self.pk])


class LightChange(CommitteeOwned):
    """The day an assignment was first seen under another light: one row for each crossing."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="light_changes", verbose_name=_("assignment")
    )
    old_light = models.CharField(_("from"), max_length=8, choices=Light)
    light = models.CharField(_("to"), max_length=8, choices=Light)
    due_on = models.DateField(_("answer due"))
    on = models.DateField(_("on"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change of light")
        verbose_name_plural = _("changes of light")
        ordering = ("pk",)
        indexes = [models.Index(fields=["committee", "on", "light"], name="light_change_by_day")]

    def __str__(self) -> str:
        return f"{self.get_old_light_display()} → {self.get_light_display()}"
