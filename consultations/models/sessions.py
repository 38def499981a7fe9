"""Consultation sessions, who is invited, and the papers on the table."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kit.tenancy import ScopedManager
from members.models import Area, Brand, CommitteeOwned, Person, StepBase, Unit
from stations.models import Station

from ..states import RSVP_MOVES, SESSION_MOVES, ParticipantKind, Presence, RsvpState, SessionState
from .topics import ConsultationForm, Topic


class SessionQuerySet(models.QuerySet):
    """Sessions as calendars and lists ask for them."""

    def visible_to(self, actor) -> SessionQuerySet:
        """Everyone of the committee but units; a unit's officers see those to which they are invited."""
        if actor.sees_directory:
            return self
        return self.filter(
            pk__in=Participant.objects.filter(Q(person=actor.person) | Q(unit__in=actor.unit_ids)).values("session")
        )

    def between(self, start, end) -> SessionQuerySet:
        """Those that touch the time from `start` up to `end` (aware datetimes)."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)

    def going_on(self) -> SessionQuerySet:
        """Not called off."""
        return self.exclude(state=SessionState.CANCELLED)

    def with_list_columns(self) -> SessionQuerySet:
        """What a list of sessions shows, in one query."""
        return self.select_related("form", "station", "brand", "chair")


class Session(CommitteeOwned):
    """One consultation meeting (协商议事会)."""

    MOVES = SESSION_MOVES
    TRACE_FROM = ("topic",)

    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("topic")
    )
    title = models.CharField(_("title"), max_length=120)
    form = models.ForeignKey(
        ConsultationForm, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("form of consultation")
    )
    brand = models.ForeignKey(
        Brand, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions", verbose_name=_("brand")
    )
    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("station")
    )
    place = models.CharField(_("place in words"), max_length=100, blank=True)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("area")
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    chair = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="chaired", verbose_name=_("chair")
    )
    convener = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("convened by"), editable=False
    )
    note = models.TextField(_("what to bring, whom to ask"), max_length=2000, blank=True)
    minutes = models.TextField(_("course of the meeting"), max_length=20000, blank=True)
    minutes_year = models.PositiveSmallIntegerField(null=True, editable=False)
    minutes_number = models.PositiveIntegerField(_("number of the minutes"), null=True, editable=False)
    minutes_on = models.DateField(_("minutes issued on"), null=True, editable=False)
    state = models.CharField(
        _("state"), max_length=14, choices=SessionState, default=SessionState.PLANNED, editable=False
    )

    objects = ScopedManager.from_queryset(SessionQuerySet)()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ("-starts_at", "-pk")
        indexes = [
            models.Index(fields=["committee", "-starts_at", "-id"], name="session_by_start"),
            models.Index(fields=["committee", "ends_at"], name="session_by_end"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(condition=Q(station__isnull=False) | ~Q(place=""), name="session_has_place"),
            models.UniqueConstraint(fields=["committee", "minutes_year", "minutes_number"], name="minutes_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["minutes_issued", "closed"]) | Q(minutes_number__isnull=False),
                name="issued_minutes_have_number",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consultations:session_detail", args=[self.pk])

    @property
    def where(self) -> str:
        """The place in words: the station, the free text, or both."""
        return " · ".join(part for part in (str(self.station) if self.station else "", self.place) if part)


class SessionStep(StepBase):
    """One move of a session."""

    thing = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="steps")


class Participant(CommitteeOwned):
    """Somebody invited to a session: a known person or a name; what they answered, whether they came."""

    MOVES = RSVP_MOVES

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="participants", verbose_name=_("session")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ParticipantKind)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="participations", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    side = models.CharField(_("side"), max_length=40, blank=True)
    position = models.TextField(_("position"), max_length=1000, blank=True)
    state = models.CharField(_("answer"), max_length=14, choices=RsvpState, default=RsvpState.INVITED, editable=False)
    reason = models.CharField(_("reason for leave"), max_length=200, blank=True)
    presence = models.CharField(_("attendance"), max_length=8, choices=Presence, blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ("kind", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(person__isnull=False), name="participant_once"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name="") | Q(unit__isnull=False), name="participant_is_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["leave_asked", "leave_granted", "leave_refused"]) | ~Q(reason=""),
                name="leave_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.name or self.unit)


class ParticipantStep(StepBase):
    """One answer of an invited person, or what the convener said to it."""

    thing = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="steps")


class Paper(CommitteeOwned):
    """A paper on the table of a session; served only through the session's own door."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="papers", verbose_name=_("session"))
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(_("file"), upload_to="papers/%Y/%m", max_length=200)
    size = models.PositiveIntegerField(_("size"), default=0, editable=False)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by"))

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title
