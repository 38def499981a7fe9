"""Steps: the written history of every thing that has a state."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .tenancy import CommitteeOwned


class StepBase(CommitteeOwned):
    """One move that was made: who, when, from where to where, with what words. Never changed, never deleted.

    Each thing has its own table of steps, with `thing` as a real foreign key and `steps` as its way back.
    """

    verb = models.CharField(_("move"), max_length=30)
    from_state = models.CharField(_("from"), max_length=20)
    to_state = models.CharField(_("to"), max_length=20)
    by = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        abstract = True
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.verb}: {self.from_state} → {self.to_state}"

    @property
    def label(self) -> str:
        """The move's name as people read it."""
        step = self.thing.MOVES.get(self.verb)
        return str(step.label) if step else self.verb
