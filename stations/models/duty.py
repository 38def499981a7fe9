"""Duty: the rules of a station and the days they give."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kit.recurrence import AdjustedPolicy, HolidayPolicy
from kit.tenancy import ScopedManager
from members.models import CommitteeOwned, Person, StepBase

from ..states import SLOT_MOVES, SLOT_TONES, DutyKind, SlotState
from .stations import Station

WAITING = (SlotState.PLANNED, SlotState.CONFIRMED)
LOOK_BACK = timedelta(days=92)
RECORD_DAYS = timedelta(days=3)  # for so long after a duty day its record is asked for


class DutyRule(CommitteeOwned):
    """A recurring duty of a station: which days, what hours, whose turn, and what holidays do to it."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="rules", verbose_name=_("station"))
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=DutyKind)
    weekday = models.PositiveSmallIntegerField(_("weekday (0 = Monday)"), null=True, blank=True)
    nth = models.PositiveSmallIntegerField(_("which weekend of the month"), null=True, blank=True)
    month_days = models.CharField(_("days of the month"), max_length=40, blank=True)
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"))
    people_needed = models.PositiveSmallIntegerField(_("members each time"), default=1)
    holiday_policy = models.CharField(
        _("on a day off"), max_length=8, choices=HolidayPolicy, default=HolidayPolicy.SKIP
    )
    adjusted_policy = models.CharField(
        _("on an adjusted working day"), max_length=8, choices=AdjustedPolicy, default=AdjustedPolicy.KEEP
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    wall_text = models.CharField(_("text for the wall"), max_length=200, blank=True)
    pool = models.ManyToManyField(Person, through="DutyPlace", related_name="+", verbose_name=_("members on duty"))

    class Meta:
        verbose_name = _("duty rule")
        verbose_name_plural = _("duty rules")
        ordering = ("station", "pk")
        constraints = [
            models.UniqueConstraint(fields=["station", "name"], name="duty_rule_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="duty_rule_ends_after_start"),
            models.CheckConstraint(
                condition=Q(kind__in=["weekly", "weekly_rota"], weekday__range=(0, 6))
                | Q(kind="nth_weekend", nth__range=(1, 4))
                | Q(kind="month_days") & ~Q(month_days=""),
                name="duty_rule_says_which_days",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("stations:rule_detail", args=[self.pk])


class DutyPlace(CommitteeOwned):
    """A person's place in a rule's order of turns."""

    rule = models.ForeignKey(DutyRule, on_delete=models.CASCADE, related_name="places")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="duty_places", verbose_name=_("member"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("place in the rota")
        verbose_name_plural = _("places in the rota")
        ordering = ("order", "pk")
        constraints = [models.UniqueConstraint(fields=["rule", "person"], name="duty_place_once")]

    def __str__(self) -> str:
        return str(self.person)


class DutySlotQuerySet(models.QuerySet):
    """Duty days as pages ask for them."""

    def visible_to(self, actor) -> DutySlotQuerySet:
        """Everyone of the committee but units."""
        return self if actor.sees_directory else self.none()

    def of(self, person: Person) -> DutySlotQuerySet:
        """Those on which it is the person's turn."""
        return self.filter(turns__person=person)

    def to_come(self, *, on: date) -> DutySlotQuerySet:
        """Today and later, still to be served, the next first."""
        return self.filter(day__gte=on, state__in=WAITING).order_by("day", "starts_at", "pk")

    def without_record(self, *, on: date, since: date | None = None) -> DutySlotQuerySet:
        """Over and neither recorded nor struck out, since a day or of the last three months; the last first."""
        return self.filter(day__lt=on, day__gte=since or on - LOOK_BACK, state__in=WAITING).order_by("-day", "-pk")

    def just_over(self, *, on: date) -> DutySlotQuerySet:
        """Of the last days and without a record: those of whom somebody is still to be reminded."""
        found = self.filter(day__lt=on, day__gte=on - RECORD_DAYS, state__in=WAITING).order_by("day", "pk")
        return found.select_related("station__parent__parent").prefetch_related("people")

    def at_stations_of(self, person: Person) -> DutySlotQuerySet:
        """Those of the stations the person keeps."""
        return self.filter(station__in=Station.objects.kept_by(person))

    def questions(self, *, on: date) -> DutySlotQuerySet:
        """To come, on a day somebody must decide about."""
        return self.filter(has_question=True, day__gte=on, state__in=WAITING).order_by("day", "pk")

    def with_list_columns(self) -> DutySlotQuerySet:
        """What a list of duty days shows: two queries, one for the names."""
        return self.select_related("station").prefetch_related("people")


class DutySlot(CommitteeOwned):
    """One duty day of a station."""

    MOVES = SLOT_MOVES

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="slots", verbose_name=_("station"))
    rule = models.ForeignKey(
        DutyRule, on_delete=models.PROTECT, null=True, blank=True, related_name="slots", verbose_name=_("rule")
    )
    day = models.DateField(_("day"))
    rule_day = models.DateField(_("day by the rule"))
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"))
    has_question = models.BooleanField(_("keep or move?"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=SlotState, default=SlotState.PLANNED, editable=False)
    people = models.ManyToManyField(Person, through="DutyTurn", related_name="duty_slots", verbose_name=_("on duty"))

    objects = ScopedManager.from_queryset(DutySlotQuerySet)()

    class Meta:
        verbose_name = _("duty day")
        verbose_name_plural = _("duty days")
        ordering = ("day", "pk")
        indexes = [models.Index(fields=["committee", "day", "id"], name="slot_by_day")]
        constraints = [
            # The planner may run any number of times: a rule gives one slot for each of its days.
            models.UniqueConstraint(fields=["rule", "rule_day"], name="slot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.station} {self.day:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("stations:slot_detail", args=[self.pk])

    @property
    def tone(self) -> str:
        """How strongly a page shows the state."""
        return SLOT_TONES[SlotState(self.state)]

    @property
    def is_waiting(self) -> bool:
        """Neither served, missed nor cancelled."""
        return self.state in WAITING


class SlotStep(StepBase):
    """One move of a duty day."""

    thing = models.ForeignKey(DutySlot, on_delete=models.CASCADE, related_name="steps")


class DutyTurn(CommitteeOwned):
    """Whose turn it is on a duty day."""

    slot = models.ForeignKey(DutySlot, on_delete=models.CASCADE, related_name="turns")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="turns", verbose_name=_("member"))

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["slot", "person"], name="turn_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.slot}"
