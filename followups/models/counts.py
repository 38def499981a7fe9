"""Numbers that are kept: a year's counts for the committees above, and the frozen figures of a bulletin."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import CommitteeOwned, Person


class YearCount(CommitteeOwned):
    """What a committee's year came to when it was last counted; committees above it read this and nothing else."""

    year = models.PositiveSmallIntegerField(_("year"))
    counts = models.JSONField(_("numbers"), default=dict)  # the number under the key of its definition
    on = models.DateField(_("as of"))
    at = models.DateTimeField(_("counted at"))

    class Meta:
        verbose_name = _("count of a year")
        verbose_name_plural = _("counts of years")
        ordering = ("year",)
        constraints = [models.UniqueConstraint(fields=["committee", "year"], name="year_count_once")]
        indexes = [models.Index(fields=["year", "committee"], name="year_count_by_year")]

    def __str__(self) -> str:
        return f"{self.year}"


class Bulletin(CommitteeOwned):
    """The figures of a month as they stood when the bulletin was made (通报); later changes do not change it.

    `figures` are rows of table, line, key of the definition, label and number; `definitions` hold version, name and
    words of each as they were.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"))
    figures = models.JSONField(_("numbers"))
    definitions = models.JSONField(_("definitions"))
    on = models.DateField(_("as of"))
    frozen_at = models.DateTimeField(_("made at"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        ordering = ("-year", "-month")
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "month"], name="bulletin_once_a_month"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="bulletin_of_a_month"),
        ]

    def __str__(self) -> str:
        return str(_("Bulletin %(year)s-%(month)s") % {"year": self.year, "month": f"{self.month:02}"})

    def get_absolute_url(self) -> str:
        return reverse("followups:bulletin_detail", args=[self.pk])

    @property
    def is_early(self) -> bool:
        """It was made before its month was over."""
        return (self.on.year, self.on.month) <= (self.year, self.month)

    @property
    def months_first(self) -> date:
        """The first day of its month."""
        return date(self.year, self.month, 1)
