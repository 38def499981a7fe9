"""What a unit gives back: the receipt for what it took on, and its answers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import CommitteeOwned, Person

from .assignments import Assignment
from .judging import Degree


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
    degree = models.ForeignKey(
        Degree, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("degree of solution")
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:40]
