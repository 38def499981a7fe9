"""Clocks as data: how long the committee gives for what, in versions."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kit.deadlines import LEAP_YEAR, fixed_parts
from kit.deadlines import Unit as ClockUnit
from kit.tenancy import ScopedManager
from members.models import CommitteeOwned


class DeadlineRuleQuerySet(models.QuerySet):
    """Clocks as the set-up page and the hand-over ask for them."""

    def in_force(self, key: str, *, on: date) -> DeadlineRuleQuerySet:
        """The versions of one clock that hold on a day, the one that counts first."""
        return self.filter(key=key, valid_from__lte=on).order_by("-version")

    def newest(self) -> DeadlineRuleQuerySet:
        """The last written version of every clock."""
        last = self.filter(key=OuterRef("key"), committee=OuterRef("committee")).order_by("-version").values("pk")[:1]
        return self.filter(pk=Subquery(last)).order_by("pk")


class DeadlineRule(CommitteeOwned):
    """One clock of the committee: how long, in what days, when its lights change. A change is a new version.

    `amount` counts `unit`s; of a fixed day it is month × 100 + day (see `kit.deadlines.fixed_amount`).
    """

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

    objects = ScopedManager.from_queryset(DeadlineRuleQuerySet)()

    class Meta:
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")
        ordering = ("key", "-version")
        constraints = [
            models.UniqueConstraint(fields=["committee", "key", "version"], name="deadline_rule_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="deadline_rule_has_length"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.length}"

    @property
    def length(self) -> str:
        """How long it is, in words: “3 working days”, or “by 5 August”."""
        if self.unit == ClockUnit.WD:
            return ngettext("%(days)d working day", "%(days)d working days", self.amount) % {"days": self.amount}
        if self.unit == ClockUnit.CD:
            return ngettext("%(days)d calendar day", "%(days)d calendar days", self.amount) % {"days": self.amount}
        if self.unit == ClockUnit.MONTH:
            return ngettext("%(months)d month", "%(months)d months", self.amount) % {"months": self.amount}
        month, day = fixed_parts(self.amount)
        form = gettext("j F")  # how a day without its year is written
        return gettext("by %(day)s") % {"day": date_format(date(LEAP_YEAR, month, day), form)}
