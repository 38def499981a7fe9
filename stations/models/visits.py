"""Visits: what happened on a duty day or out in the field."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kit.tenancy import ScopedManager
from members.models import CommitteeOwned, Person, StepBase

from ..states import VISIT_MOVES, VISIT_TONES, VISIT_WORDS, Direction, VisitState
from .duty import DutySlot
from .stations import Station, keys_kept_by


class VisitQuerySet(models.QuerySet):
    """Visits as lists ask for them."""

    def visible_to(self, actor) -> VisitQuerySet:
        """Office and leaders see all, a keeper those of own stations, a member those they took part in."""
        if actor.sees_all:
            return self
        seen = self._of(actor.person)
        if actor.is_keeper:
            seen |= Q(station__among=keys_kept_by(actor.person))
        return self.filter(seen)

    def visible_in_parts(self, actor) -> list[VisitQuerySet]:
        """What the actor sees, in parts that share no row: to count them each needs one index and no table.

        Who looks at rows asks `visible_to`; of two conditions beside each other PostgreSQL reads every row.
        """
        if actor.sees_all or not actor.is_keeper:
            return [self.visible_to(actor)]
        kept = Q(station__among=keys_kept_by(actor.person))
        return [self.filter(kept), self.filter(self._of(actor.person)).exclude(kept)]

    @staticmethod
    def _of(person: Person) -> Q:
        taken_part = Visit.people.through.objects.filter(person=person).values("visit_id")
        return Q(logged_by=person) | Q(pk__among=taken_part)

    def unconfirmed(self) -> VisitQuerySet:
        """Waiting for the station's word."""
        return self.filter(state=VisitState.LOGGED)

    def to_vouch_for(self, actor) -> VisitQuerySet:
        """Those the actor may confirm or send back: of own stations, for the office of all; never their own records."""
        found = self.unconfirmed().exclude(logged_by=actor.person)
        return found if actor.is_clerk else found.filter(station__in=Station.objects.kept_by(actor.person))

    def sent_back_to(self, person: Person) -> VisitQuerySet:
        """Those the station sent back to who logged them."""
        return self.filter(state=VisitState.RETURNED, logged_by=person)

    def matching(self, **wishes) -> VisitQuerySet:
        """Those that meet every wish of the filter: state, direction, station, sector, area, since, until."""
        wish = {name: value for name, value in wishes.items() if value}
        same = {name: wish[name] for name in ("state", "direction", "station") if name in wish}
        found = self.filter(**same)
        if "sector" in wish:
            of_sector = Visit.people.through.objects.filter(
                person__memberships__sector=wish["sector"], person__memberships__term__is_current=True
            )
            found = found.filter(pk__in=of_sector.values("visit_id"))
        if "area" in wish:
            found = found.filter(Q(station__area=wish["area"]) | Q(station__area__parent=wish["area"]))
        if "since" in wish:
            found = found.filter(day__gte=wish["since"])
        return found.filter(day__lte=wish["until"]) if "until" in wish else found

    def with_list_columns(self) -> VisitQuerySet:
        """What a list of visits shows, in one query and as plain values."""
        return self.values("pk", "day", "direction", "person_times", "state", "station__name", "logged_by__name")


class Visit(CommitteeOwned):
    """A visit record: residents received, or members going out; person-times are counted, never persons."""

    MOVES = VISIT_MOVES
    TRACE_WITH = ("station",)

    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="visits", verbose_name=_("station"), db_index=False
    )
    slot = models.ForeignKey(
        DutySlot, on_delete=models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("duty day")
    )
    direction = models.CharField(_("direction"), max_length=3, choices=Direction, default=Direction.IN)
    day = models.DateField(_("day"))
    person_times = models.PositiveIntegerField(_("visitors (person-times)"))
    note = models.TextField(_("what else happened"), max_length=2000, blank=True)
    logged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("logged by"))
    people = models.ManyToManyField(Person, related_name="visits", verbose_name=_("members taking part"))
    state = models.CharField(_("state"), max_length=10, choices=VisitState, default=VisitState.LOGGED, editable=False)

    objects = ScopedManager.from_queryset(VisitQuerySet)()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ("-day", "-pk")
        indexes = [
            models.Index(fields=["committee", "-day", "-id"], name="visit_by_day"),
            # It holds all that is asked of the rows of one station where they are only counted.
            models.Index(fields=["station", "committee", "id"], name="visit_at_station"),
        ]
        constraints = [models.CheckConstraint(condition=Q(person_times__lte=5000), name="visit_person_times_sane")]

    def __str__(self) -> str:
        return f"{self.station} {self.day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("stations:visit_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        """How strongly a page shows the state."""
        return VISIT_TONES[VisitState(self.state)]


class VisitStep(StepBase):
    """One move of a visit record."""

    thing = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="steps")

    @property
    def label(self) -> str:
        """The step's name as people read it."""
        return str(VISIT_WORDS.get(self.verb, self.verb))
