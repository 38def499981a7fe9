"""Ways in for a unit without an account."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import CommitteeOwned, Person

from .assignments import Assignment


class UnitPass(CommitteeOwned):
    """A mailed link that opens one assignment once, together with a short code; only digests of both are kept."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="passes", verbose_name=_("assignment")
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("given to"))
    token_digest = models.CharField(_("digest of the link"), max_length=64, unique=True, editable=False)
    code_digest = models.CharField(_("digest of the code"), max_length=128, editable=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("made at"))
    ends_at = models.DateTimeField(_("valid until"))
    tries = models.PositiveSmallIntegerField(_("wrong codes"), default=0)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    is_withdrawn = models.BooleanField(_("taken back"), default=False)

    class Meta:
        verbose_name = _("pass for a unit")
        verbose_name_plural = _("passes for units")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("made_at")), name="pass_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.assignment}"
