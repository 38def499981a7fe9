"""Consultation sessions, who is invited, and the papers on the table."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from followups.origins import Origin
from followups.states import OriginKind
from kit.tenancy import ScopedManager
from members.models import Area, Brand, CommitteeOwned, Person, StepBase, Unit
from stations.models import Station

from ..states import (
    HELD,
    PRESENCE_WORDS,
    RSVP_MOVES,
    RSVP_TONES,
    RSVP_WORDS,
    SESSION_MOVES,
    SESSION_STEP_WORDS,
    SESSION_TONES,
    SESSION_WORDS,
    UPCOMING,
    ParticipantKind,
    Presence,
    RsvpState,
    SessionState,
)
from .topics import ConsultationForm, Topic


class SessionQuerySet(models.QuerySet):
    """Sessions as calendars and lists ask for them."""

    def visible_to(self, actor) -> SessionQuerySet:
        """Everyone of the committee but units; a unit's officers see those to which they are invited."""
        if actor.sees_directory:
            return self
        return self.filter(pk__in=Participant.objects.of(actor).values("session"))

    def inviting(self, actor) -> SessionQuerySet:
        """Those to which the actor, or a unit the actor answers for, is invited, and those the actor chairs."""
        return self.filter(Q(pk__in=Participant.objects.of(actor).values("session")) | Q(chair=actor.person))

    def upcoming(self, *, at) -> SessionQuerySet:
        """Not over at a moment and not called off."""
        return self.filter(ends_at__gt=at).going_on()

    def without_minutes(self, *, at) -> SessionQuerySet:
        """In session, or past their end, and without minutes."""
        return self.filter(
            Q(state=SessionState.IN_SESSION) | Q(state__in=UPCOMING, ends_at__lt=at), minutes_number__isnull=True
        )

    def owing_minutes(self, person: Person) -> SessionQuerySet:
        """Those a person called together that were opened and have a day for their minutes, the first due first."""
        held = self.filter(convener=person, state=SessionState.IN_SESSION, minutes_due__isnull=False)
        return held.order_by("minutes_due", "pk")

    def owing_reminders(self, *, at) -> SessionQuerySet:
        """Those that may owe reminders after a moment: notified and still to come, or minutes due these weeks."""
        since = timezone.localdate(at) - timedelta(days=21)  # the last reminder is three working days after the day
        return self.filter(
            Q(state=SessionState.NOTIFIED, starts_at__gt=at) | Q(state=SessionState.IN_SESSION, minutes_due__gte=since)
        )

    def waiting_for_answers(self, *, at) -> SessionQuerySet:
        """Notified and still to come, with how many gave no answer (`silent`), the soonest first."""
        silent = Count("participants", filter=ParticipantQuerySet.silence())
        found = self.filter(state=SessionState.NOTIFIED, starts_at__gt=at).annotate(silent=silent)
        return found.filter(silent__gt=0).order_by("starts_at", "pk")

    def matching(self, *, q="", state="", form=None, topic=None, since=None, until=None) -> SessionQuerySet:
        """Those that meet every wish of the list's filter; an empty wish is none. `since`, `until`: aware datetimes."""
        found = self
        if q:
            found = found.filter(Q(title__icontains=q) | Q(place__icontains=q) | Q(station__name__icontains=q))
        for name, value in {
            "state": state,
            "form": form,
            "topic": topic,
            "starts_at__gte": since,
            "starts_at__lt": until,
        }.items():
            if value:
                found = found.filter(**{name: value})
        return found

    def between(self, start, end) -> SessionQuerySet:
        """Those that touch the time from `start` up to `end` (aware datetimes)."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)

    def going_on(self) -> SessionQuerySet:
        """Not called off."""
        return self.exclude(state=SessionState.CANCELLED)

    def with_list_columns(self) -> SessionQuerySet:
        """What a list of sessions shows, in one query."""
        return self.select_related("form", "station").only(
            "title",
            "place",
            "starts_at",
            "ends_at",
            "state",
            "topic_id",
            "form__name",
            "form__is_light",
            "station__name",
        )

    def with_page_columns(self) -> SessionQuerySet:
        """What the page of one session shows of itself, in one query."""
        return self.select_related("form", "station", "brand", "chair", "area", "convener", "topic", "committee")


class Session(CommitteeOwned):
    """One consultation meeting (协商议事会)."""

    MOVES = SESSION_MOVES
    TRACE_FROM = ("topic",)

    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("topic")
    )
    title = models.CharField(_("title"), max_length=120)
    reference = models.CharField(_("number in the office's books"), max_length=30, blank=True, editable=False)
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
    minutes_due = models.DateField(_("minutes due on"), null=True, editable=False)
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
            models.UniqueConstraint(
                fields=["committee", "reference"], condition=~Q(reference=""), name="session_reference_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["minutes_issued", "closed"]) | Q(minutes_number__isnull=False),
                name="issued_minutes_have_number",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consultations:session_detail", args=[self.pk])

    def as_origin(self, *, raised_by: Person | None) -> Origin:
        """What stands on the slip of an assignment that leaves it."""
        station, topic = self.station, self.topic
        area = self.area or (station.area if station else None)
        return Origin(
            kind=OriginKind.OUTCOME,
            title=self.title,
            place=station.name if station else "",
            topic=topic.title if topic else "",
            area=area,
            brand=self.brand or (station.brand if station else None),
            group=(topic.lead_group if topic else None) or (area.served_by if area else None),
            raised_by=raised_by,
        )

    @property
    def where(self) -> str:
        """The place in words: the station, the free text, or both."""
        return " · ".join(part for part in (str(self.station) if self.station else "", self.place) if part)

    def get_state_display(self) -> str:
        """The state in words. Django's own reads all choices anew each time, for every row of a list."""
        return str(SESSION_WORDS.get(self.state, self.state))

    @property
    def when(self) -> str:
        """Day and hours, here."""
        begin, end = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        return f"{begin:%Y-%m-%d %H:%M}–{end:%H:%M}"

    @property
    def tone(self) -> str:
        """How strongly a page shows the state."""
        return SESSION_TONES[self.state]

    @property
    def is_upcoming(self) -> bool:
        """Scheduled and not opened: it may still be changed and moved."""
        return self.state in UPCOMING

    @property
    def is_held(self) -> bool:
        """Opened, so that it has a meeting to read about."""
        return self.state in HELD

    @property
    def has_minutes(self) -> bool:
        """Its minutes are issued and say what they say."""
        return self.minutes_number is not None

    @property
    def minutes_label(self) -> str:
        """The number of the minutes as people say it."""
        if not self.has_minutes:
            return ""
        return str(
            _("Minutes 〔%(year)s〕 No. %(number)s") % {"year": self.minutes_year, "number": self.minutes_number}
        )


class SessionStep(StepBase):
    """One move of a session."""

    thing = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="steps")

    @property
    def label(self) -> str:
        """The step's name as people read it."""
        return str(SESSION_STEP_WORDS.get(self.verb, self.verb))


class ParticipantQuerySet(models.QuerySet):
    """Invited people as pages ask for them."""

    def of(self, actor) -> ParticipantQuerySet:
        """The seats of the actor and of the units the actor answers for."""
        return self.filter(Q(person=actor.person) | Q(unit__in=actor.unit_ids, kind=ParticipantKind.OFFICER))

    def visible_to(self, actor) -> ParticipantQuerySet:
        """Whoever sees the session sees who sits in it."""
        return self if actor.sees_directory else self.filter(session__in=Session.objects.visible_to(actor))

    @staticmethod
    def silence(prefix: str = "participants__") -> Q:
        """The question whether somebody with an account or a unit behind them gave no answer."""
        behind = Q(**{f"{prefix}person__user__isnull": False}) | Q(**{f"{prefix}unit__isnull": False})
        return behind & Q(**{f"{prefix}state": RsvpState.INVITED})

    def with_names(self) -> ParticipantQuerySet:
        """With what it takes to call them, in one query."""
        return self.select_related("person", "unit")


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
    position = models.TextField(_("standpoint"), max_length=1000, blank=True)
    state = models.CharField(_("answer"), max_length=14, choices=RsvpState, default=RsvpState.INVITED, editable=False)
    reason = models.CharField(_("reason for leave"), max_length=200, blank=True)
    presence = models.CharField(_("attendance"), max_length=8, choices=Presence, blank=True)

    objects = ScopedManager.from_queryset(ParticipantQuerySet)()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ("kind", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(person__isnull=False), name="participant_once"
            ),
            models.UniqueConstraint(
                fields=["session", "unit"],
                condition=Q(person__isnull=True, unit__isnull=False),
                name="participant_unit_once",
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

    def get_absolute_url(self) -> str:
        return self.session.get_absolute_url()

    def get_state_display(self) -> str:
        """The answer in words."""
        return str(RSVP_WORDS.get(self.state, self.state))

    def get_presence_display(self) -> str:
        """Whether they were there, in words."""
        return str(PRESENCE_WORDS.get(self.presence, self.presence))

    @property
    def tone(self) -> str:
        """How strongly a page shows the answer."""
        return RSVP_TONES[self.state]

    @property
    def came(self) -> bool:
        """Was there, in time or late."""
        return self.presence in (Presence.PRESENT, Presence.LATE)


class ParticipantStep(StepBase):
    """One answer of an invited person, or what the convener said to it."""

    thing = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="steps")


def random_name(paper: Paper, filename: str) -> str:
    """Return under what name a paper is kept: nothing of what it was called, only the ending it was found to have."""
    return f"papers/{uuid4().hex}.{filename.rpartition('.')[2]}"


class PaperQuerySet(models.QuerySet):
    """Papers as pages ask for them."""

    def visible_to(self, actor) -> PaperQuerySet:
        """Whoever sees the session may read its papers."""
        return self if actor.sees_directory else self.filter(session__in=Session.objects.visible_to(actor))


class Paper(CommitteeOwned):
    """A paper on the table of a session; served only through the session's own door."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="papers", verbose_name=_("session"))
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(_("file"), upload_to=random_name, max_length=200)
    size = models.PositiveIntegerField(_("size"), default=0, editable=False)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by"))

    objects = ScopedManager.from_queryset(PaperQuerySet)()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title
