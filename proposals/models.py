"""What is written: proposals and their way through the office."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models import Outcome
from followups.models import Assignment
from followups.origins import Origin
from followups.states import OriginKind
from kit.tenancy import ScopedManager
from members.models import CommitteeOwned, Person, StepBase, Term
from stations.models import Matter

from .states import PROPOSAL_MOVES, TONES, Category, ProposalState

UNSEEN = (ProposalState.DRAFT, ProposalState.WITHDRAWN)


class ProposalQuerySet(models.QuerySet):
    """Proposals as lists ask for them."""

    def visible_to(self, actor) -> ProposalQuerySet:
        """Authors see their own, office and leaders what was submitted, a unit what it was handed."""
        own = Q(first_proposer=actor.person)
        if actor.sees_all:
            return self.filter(own | ~Q(state__in=UNSEEN))
        if actor.unit_ids:
            return self.filter(own | Q(assignment__unit_id__in=actor.unit_ids))
        return self.filter(own)

    def matching(self, *, state: str = "", category: str = "", q: str = "") -> ProposalQuerySet:
        """Those of a state, of a category, with words in the subject; an empty wish is none."""
        wishes = {"state": state, "category": category, "title__icontains": q}
        return self.filter(**{name: value for name, value in wishes.items() if value})

    def with_list_columns(self) -> ProposalQuerySet:
        """What the register shows, in one query."""
        return self.select_related("first_proposer", "assignment", "assignment__unit")


class Proposal(CommitteeOwned):
    """A written opinion put to the committee, examined, filed, handed to a unit, answered and judged (提案)."""

    MOVES = PROPOSAL_MOVES
    TRACE_FROM = ("matter", "outcome")
    TRACE_TO = ("assignment",)

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("term"))
    year = models.PositiveSmallIntegerField(_("year"), null=True, editable=False)
    number = models.PositiveIntegerField(_("proposal number"), null=True, editable=False)
    category = models.CharField(_("category"), max_length=10, choices=Category)
    title = models.CharField(_("subject"), max_length=80)
    situation = models.TextField(_("situation"), max_length=1500)
    analysis = models.TextField(_("analysis"), max_length=1500, blank=True)
    suggestion = models.TextField(_("suggestion"), max_length=3000)
    first_proposer = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("first proposer")
    )
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("matter")
    )
    outcome = models.ForeignKey(
        Outcome, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("outcome")
    )
    assignment = models.OneToOneField(
        Assignment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal",
        verbose_name=_("assignment"),
        editable=False,
    )
    submitted_on = models.DateField(_("submitted on"), null=True, editable=False)
    filed_on = models.DateField(_("filed on"), null=True, editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=ProposalState, default=ProposalState.DRAFT, editable=False
    )

    objects = ScopedManager.from_queryset(ProposalQuerySet)()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("-pk",)
        indexes = [models.Index(fields=["committee", "state", "-id"], name="proposal_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "number"], name="proposal_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["filed", "handed_over", "rated"]) | Q(number__isnull=False),
                name="filed_proposal_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["handed_over", "rated"]) | Q(assignment__isnull=False),
                name="handed_over_proposal_has_assignment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.pk])

    @property
    def tone(self) -> str:
        """How strongly a page shows the state."""
        return TONES.get(self.state, "")

    @property
    def is_with_author(self) -> bool:
        """Whether the words may still be changed."""
        return self.state in (ProposalState.DRAFT, ProposalState.RETURNED)

    @property
    def label(self) -> str:
        """The number as people say it, or that there is none yet."""
        if self.number is None:
            return str(_("Proposal, not filed yet"))
        return str(_("Proposal 〔%(year)s〕 No. %(number)s") % {"year": self.year, "number": self.number})

    def as_origin(self) -> Origin:
        """What stands on the slip of its assignment; place, topic and brand are those of where it was first heard."""
        heard = self.matter or (self.outcome.session if self.outcome else None)
        station = heard.station if heard else None
        return Origin(
            kind=OriginKind.PROPOSAL,
            title=self.label,
            place=station.name if station else "",
            topic=self.outcome.session.topic.title if self.outcome and self.outcome.session.topic else "",
            area=heard.area if heard else None,
            brand=station.brand if station else None,
            raised_by=self.first_proposer,
        )


class ProposalStep(StepBase):
    """One move of a proposal."""

    thing = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="steps")
