"""The committee as tenant: what every business row has."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kit.tenancy import ScopedManager


class CommitteeOwned(models.Model):
    """A row that belongs to one committee; it is read only inside that committee's scope."""

    committee = models.ForeignKey(
        "members.Committee", on_delete=models.PROTECT, related_name="+", verbose_name=_("committee"), editable=False
    )

    objects = ScopedManager()

    class Meta:
        abstract = True
