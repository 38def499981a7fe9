"""What was promised: assignments with their clock and their steps."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kit.tenancy import ScopedManager
from members.models import Area, CommitteeOwned, Person, StepBase, Unit

from .. import questions
from ..states import ASSIGNMENT_MOVES, OPEN, STEP_WORDS, TONES, AssignmentState, Light, OriginKind, Show
from .rules import DeadlineRule

NO_STATION = "-"  # what a filter calls those that came from no station


class AssignmentQuerySet(models.QuerySet):
    """Assignments as lists and the board ask for them."""

    def visible_to(self, actor) -> AssignmentQuerySet:
        """Office and leaders see all, a unit its own, a person what they raised, members every outcome's as well."""
        if actor.sees_all:
            return self
        seen = Q(raised_by=actor.person) | Q(unit_id__in=actor.unit_ids)
        if actor.is_member:
            seen |= Q(origin_kind=OriginKind.OUTCOME)
        return self.filter(seen)

    def handled_by(self, actor) -> AssignmentQuerySet:
        """Those handed to the actor's units."""
        return self.filter(unit_id__in=actor.unit_ids)

    def open(self) -> AssignmentQuerySet:
        """Not answered yet."""
        return self.filter(questions.is_open())

    def overdue(self, *, on: date) -> AssignmentQuerySet:
        """Open and past the day an answer was due."""
        return self.filter(questions.is_overdue(on))

    def due_soon(self, *, on: date) -> AssignmentQuerySet:
        """Open, in time, and at blue or yellow."""
        return self.filter(questions.shows(Light.BLUE, on) | questions.shows(Light.YELLOW, on))

    def unsigned(self) -> AssignmentQuerySet:
        """Handed over and not signed for."""
        return self.filter(questions.is_in(AssignmentState.HANDED_OVER))

    def unsigned_late(self, *, on: date) -> AssignmentQuerySet:
        """Handed over and not signed for in time."""
        return self.filter(questions.is_unsigned_late(on))

    def without_answer(self) -> AssignmentQuerySet:
        """With a receipt and no answer (有收条无回音)."""
        return self.filter(questions.is_without_answer())

    def answered(self) -> AssignmentQuerySet:
        """Answered, waiting to be struck off or sent back."""
        return self.filter(questions.is_in(AssignmentState.ANSWERED))

    def answered_since(self, day: date) -> AssignmentQuerySet:
        """Answered on or after a day, struck off since or not."""
        return self.filter(~questions.is_open(), answered_on__gte=day)

    def moved(self, *, since: date, verb: str = "") -> AssignmentQuerySet:
        """Those that a step was written for on or after a day, by one verb or by any."""
        steps = AssignmentStep.objects.filter(at__gte=start_of(since))
        return self.filter(pk__in=(steps.filter(verb=verb) if verb else steps).values("thing"))

    def with_light(self, *, on: date) -> AssignmentQuerySet:
        """Adds `light`, the truth at this moment."""
        return self.annotate(
            light=Case(
                *(When(questions.shows(light, on), then=Value(light.value)) for light in Light if light != Light.GREEN),
                default=Value(Light.GREEN.value),
                output_field=models.CharField(),
            )
        )

    def looked_at(self, show: str, *, on: date) -> AssignmentQuerySet:
        """One view of the list; see `Show`."""
        if show == Show.ALL:
            return self
        return {
            Show.OPEN: self.open,
            Show.OVERDUE: lambda: self.overdue(on=on),
            Show.DUE_SOON: lambda: self.due_soon(on=on),
            Show.UNSIGNED: self.unsigned,
            Show.UNSIGNED_LATE: lambda: self.unsigned_late(on=on),
            Show.NO_ANSWER: self.without_answer,
            Show.ANSWERED: self.answered,
        }[Show(show)]()

    def matching(self, *, on: date, **wishes) -> AssignmentQuerySet:
        """Those that meet every wish of the list's filter; an empty wish is none.

        Wishes: show, state, light, kind, moved (a verb), station (NO_STATION: from none), q, unit and year (numbers),
        month (year, month), since and before (days).
        """
        wish: Any = {name: value for name, value in wishes.items() if value}.get
        found = self.looked_at(wish("show", Show.ALL), on=on)
        if wish("state"):
            found = found.filter(questions.is_in(wish("state")))
        if wish("light"):
            found = found.filter(questions.shows(wish("light"), on))
        if wish("unit"):
            found = found.filter(unit_id=wish("unit"))
        if wish("kind"):
            found = found.filter(origin_kind=wish("kind"))
        if wish("station"):
            found = found.filter(origin_place="" if wish("station") == NO_STATION else wish("station"))
        if wish("year"):
            found = found.filter(questions.handed_over_in(wish("year")))
        if wish("month"):
            found = found.filter(questions.handed_over_in(*wish("month")))
        if wish("before"):
            found = found.filter(handed_over_on__lt=wish("before"))
        if wish("since") or wish("moved"):
            found = found.moved(since=wish("since", date(2000, 1, 1)), verb=wish("moved", ""))
        if wish("q"):
            words = wish("q")
            found = found.filter(
                Q(title__icontains=words) | Q(origin_title__icontains=words) | Q(origin_place__icontains=words)
            )
        return found

    def reddest_first(self) -> AssignmentQuerySet:
        """The longest overdue first, then by what is due next; meant for open ones, whose lights still change."""
        return self.order_by("due_on", "pk")

    def newest_first(self) -> AssignmentQuerySet:
        """The last handed over first; for lists in which most are done."""
        return self.order_by("-handed_over_on", "-pk")

    def with_list_columns(self) -> AssignmentQuerySet:
        """What a list of assignments shows, in one query."""
        return self.select_related("unit", "receipt").defer("request", "proof", "unit__contact", "unit__phone")


def start_of(day: date) -> datetime:
    """Return the first moment of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))


class Assignment(CommitteeOwned):
    """Something a unit must do by a day: an outcome, a resident's matter or a proposal, handed over with a clock.

    What it came from points here; `origin_*` are the words as they stood on the slip at hand-over, so the list and the
    board read this one table.
    """

    MOVES = ASSIGNMENT_MOVES
    TRACE_KIND = "origin_kind"

    light: str  # annotated by `with_light`
    days_left: int  # set by views, which know what day it is

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("unit"))
    title = models.CharField(_("item"), max_length=200)
    request = models.TextField(_("what is asked"), max_length=5000, blank=True)
    origin_kind = models.CharField(_("came from"), max_length=10, choices=OriginKind)
    origin_title = models.CharField(_("origin"), max_length=200)
    origin_place = models.CharField(_("station"), max_length=60, blank=True)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("area")
    )
    raised_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("raised by")
    )
    rule = models.ForeignKey(
        DeadlineRule, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deadline rule")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=AssignmentState, default=AssignmentState.HANDED_OVER, editable=False
    )
    handed_over_on = models.DateField(_("handed over on"))
    sign_due = models.DateField(_("to be signed for by"))
    due_on = models.DateField(_("answer due"))
    blue_on = models.DateField(_("blue from"))
    yellow_on = models.DateField(_("yellow from"))
    is_provisional = models.BooleanField(_("date is provisional"), default=False)
    handler = models.CharField(_("handler"), max_length=40, blank=True)
    signed_on = models.DateField(_("signed for on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    proof = models.TextField(_("proof"), max_length=2000, blank=True)

    objects = ScopedManager.from_queryset(AssignmentQuerySet)()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("due_on", "pk")
        indexes = [
            # What the lists of open ones are sorted by, and what the board asks about earlier years.
            models.Index(fields=["committee", "state", "due_on", "id", "handed_over_on"], name="assignment_by_state"),
            models.Index(fields=["committee", "due_on", "id"], name="assignment_by_due"),
            # The reddest first, without walking past all that was done years ago.
            models.Index(
                fields=["committee", "due_on", "id"], condition=Q(state__in=OPEN), name="assignment_open_by_due"
            ),
            # Everything the board counts, so that a year is read from the index alone.
            models.Index(
                fields=["committee", "handed_over_on", "unit", "state", "due_on", "origin_place"],
                name="assignment_by_month",
            ),
            models.Index(fields=["unit", "state", "due_on"], name="assignment_by_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="handed_over") | Q(signed_on__isnull=False), name="past_hand_over_is_signed"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "closed"]) | Q(answered_on__isnull=False), name="answered_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_on__isnull=False) & ~Q(proof=""), name="closed_has_proof"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("handed_over_on")), name="due_after_hand_over"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("followups:detail", args=[self.pk])

    @property
    def tone(self) -> str:
        """How strongly a page shows the state."""
        return TONES[AssignmentState(self.state)]

    def light_on(self, on: date) -> Light:
        """The light it shows on a day; what `with_light` says of many."""
        if self.state not in OPEN:
            return Light.DONE
        ends = ((Light.RED, self.due_on < on), (Light.YELLOW, self.yellow_on <= on), (Light.BLUE, self.blue_on <= on))
        return next((light for light, is_so in ends if is_so), Light.GREEN)

    @property
    def days_words(self) -> str:
        """How far its day is, in words; asks for `days_left`, set by whoever knows what day it is."""
        left = self.days_left
        if left < 0:
            return ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
        if left == 0:
            return gettext("due today")
        return ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}

    @property
    def light_word(self) -> str:
        """The light in words; asks for `with_light`."""
        return str(Light(self.light).label)


class AssignmentStep(StepBase):
    """One move of an assignment."""

    thing = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="steps")

    class Meta(StepBase.Meta):
        indexes = [models.Index(fields=["committee", "at", "verb", "thing"], name="assignment_step_by_day")]

    @property
    def label(self) -> str:
        """The step's name as people read it."""
        return str(STEP_WORDS.get(self.verb, self.verb))
