"""Matters: what residents raise, kept in one ledger (为民办实事台账)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from followups.models import Assignment
from followups.origins import Origin
from followups.states import Light, OriginKind
from kit.tenancy import ScopedManager
from members.models import Area, CommitteeOwned, Person, StepBase

from ..states import (
    MATTER_MOVES,
    MATTER_OPEN,
    MATTER_TONES,
    MATTER_WORDS,
    Channel,
    Difficulty,
    MatterState,
    Rating,
    Show,
)
from .stations import Station, keys_kept_by
from .visits import Visit

URGENT = timedelta(days=3)  # before the promised day


def light_of(state: str, due_on: date | None, *, on: date) -> Light | None:
    """How something in a state stands against its promised day; None while nothing was promised."""
    if state not in MATTER_OPEN:
        return Light.DONE
    if due_on is None:
        return None
    if due_on < on:
        return Light.RED
    return Light.YELLOW if due_on <= on + URGENT else Light.GREEN


class MatterQuerySet(models.QuerySet):
    """Matters as lists ask for them."""

    def visible_to(self, actor) -> MatterQuerySet:
        """Office and leaders see all, a keeper those of own stations, a member those they took in or answer for.

        A unit reads what it was handed on the assignment; the matter itself stays with station and office.
        """
        if actor.sees_all:
            return self
        seen = self._of(actor.person)
        if actor.is_keeper:
            seen |= Q(station__among=keys_kept_by(actor.person))
        return self.filter(seen)

    def visible_in_parts(self, actor) -> list[MatterQuerySet]:
        """What the actor sees, in parts that share no row: to count them each needs one index and no table.

        Who looks at rows asks `visible_to`; of two conditions beside each other PostgreSQL reads every row.
        """
        if actor.sees_all or not actor.is_keeper:
            return [self.visible_to(actor)]
        kept = Q(station__among=keys_kept_by(actor.person))
        return [self.filter(kept), self.filter(self._of(actor.person)).exclude(kept)]

    @staticmethod
    def _of(person: Person) -> Q:
        return Q(taken_by=person) | Q(owner=person)

    def open(self) -> MatterQuerySet:
        """Not answered yet."""
        return self.filter(state__in=MATTER_OPEN)

    def overdue(self, *, on: date) -> MatterQuerySet:
        """Open and past the promised day."""
        return self.open().filter(due_on__lt=on)

    def with_list_columns(self) -> MatterQuerySet:
        """What the ledger shows, in one query and as plain values: thirty rows need no hundred objects."""
        return self.values(
            "pk",
            "year",
            "number",
            "subject",
            "received_on",
            "difficulty",
            "due_on",
            "state",
            "station__name",
            "owner__name",
            "assignment__unit__name",
        )

    def with_ledger_columns(self) -> MatterQuerySet:
        """What the exported ledger shows, in one query."""
        return self.select_related("station", "area", "owner", "assignment__unit")

    def looked_at(self, show: str, *, on: date) -> MatterQuerySet:
        """One view of the ledger, see `Show`; any other word is no wish."""
        if show not in Show.values:
            return self
        if show == Show.OPEN:
            return self.open()
        if show == Show.OVERDUE:
            return self.overdue(on=on)
        states = {Show.RECEIVED: MatterState.RECEIVED, Show.ANSWERED: MatterState.ANSWERED}
        return self.filter(state=states[Show(show)]) if show in states else self

    def matching(self, *, on: date, **wishes) -> MatterQuerySet:
        """Those that meet every wish of the filter: show, state, difficulty, station, owner, since, until, q."""
        wish = {name: value for name, value in wishes.items() if value}
        found = self.looked_at(wish.get("show", Show.ALL), on=on)
        found = found.filter(
            **{name: wish[name] for name in ("state", "difficulty", "station", "owner") if name in wish}
        )
        if "since" in wish:
            found = found.filter(received_on__gte=wish["since"])
        if "until" in wish:
            found = found.filter(received_on__lte=wish["until"])
        if "q" in wish:
            found = found.filter(Q(subject__icontains=wish["q"]) | Q(text__icontains=wish["q"]))
        return found


class Matter(CommitteeOwned):
    """Something a resident raised at a station; who the resident is, is not part of it."""

    MOVES = MATTER_MOVES
    TRACE_FROM = ("visit",)
    TRACE_TO = ("assignment",)

    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    number = models.PositiveIntegerField(_("number"), editable=False)
    old_number = models.CharField(_("number in earlier records"), max_length=30, blank=True, editable=False)
    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="matters", verbose_name=_("station"), db_index=False
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="matters", verbose_name=_("area")
    )
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="matters", verbose_name=_("visit")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.DUTY)
    received_on = models.DateField(_("received on"))
    subject = models.CharField(_("subject"), max_length=100)
    text = models.TextField(_("what was said"), max_length=2000, blank=True)
    difficulty = models.CharField(_("difficulty"), max_length=6, choices=Difficulty, blank=True)
    taken_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("taken in by")
    )
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="matters", verbose_name=_("named person")
    )
    due_on = models.DateField(_("answer promised by"), null=True, blank=True)
    is_answered_at_once = models.BooleanField(_("answered at once"), default=False)
    answer = models.TextField(_("answer to the resident"), max_length=2000, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    rating = models.CharField(_("rating"), max_length=10, choices=Rating, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    assignment = models.OneToOneField(
        Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="matter", verbose_name=_("assignment")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=MatterState, default=MatterState.RECEIVED, editable=False
    )

    objects = ScopedManager.from_queryset(MatterQuerySet)()

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        ordering = ("-received_on", "-pk")
        indexes = [
            models.Index(fields=["committee", "-received_on", "-id"], name="matter_by_day"),
            models.Index(fields=["committee", "state", "due_on"], name="matter_by_state"),
            # Both hold all that is asked of the rows of one station where they are only counted or named.
            models.Index(fields=["station", "committee", "id"], name="matter_at_station"),
            models.Index(
                fields=["station", "committee", "owner"],
                condition=Q(state__in=MATTER_OPEN),
                name="open_matter_at_station",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "number"], name="matter_number_once"),
            models.UniqueConstraint(
                fields=["committee", "old_number"], condition=~Q(old_number=""), name="matter_old_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "closed"]) | ~Q(answer="") & Q(answered_on__isnull=False),
                name="answered_matter_has_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state="assigned") | Q(assignment__isnull=False), name="assigned_matter_has_assignment"
            ),
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(rating=""), name="closed_matter_has_rating"),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("stations:matter_detail", args=[self.pk])

    def as_origin(self) -> Origin:
        """What stands on the slip of its assignment."""
        return Origin(
            kind=OriginKind.MATTER,
            title=f"{self.label} {self.subject}",
            place=self.station.name,
            area=self.area,
            brand=self.station.brand,
            group=self.area.served_by if self.area else None,
            raised_by=self.taken_by or self.station.head,
        )

    @property
    def label(self) -> str:
        """The number as people say it."""
        return str(_("Matter 〔%(year)s〕 No. %(number)s") % {"year": self.year, "number": self.number})

    @property
    def tone(self) -> str:
        """How strongly a page shows the state."""
        return MATTER_TONES[MatterState(self.state)]

    def light_on(self, on: date) -> Light | None:
        """How it stands against the promised day; None while nothing was promised."""
        return light_of(self.state, self.due_on, on=on)


class MatterStep(StepBase):
    """One move of a matter."""

    thing = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="steps")

    @property
    def label(self) -> str:
        """The step's name as people read it."""
        return str(MATTER_WORDS.get(self.verb, self.verb))
