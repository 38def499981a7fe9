"""What leaves the portal: messages on their way, the committee's gateways, and what each person wants."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from kit.tenancy import ScopedManager

from ..states import DELIVERY_MOVES, REQUIRED_KINDS, WAITING, DeliveryState, NoticeChannel, NoticeKind
from .people import Person
from .records import Notice
from .tenancy import CommitteeOwned

# Those a person must look at stand first; spelled once, so that the list walks along the index.
TROUBLE_FIRST = Case(When(state=DeliveryState.DEAD, then=Value(0)), default=Value(1))


class DeliveryQuerySet(models.QuerySet):
    """Deliveries as the dispatcher and the office ask for them."""

    def free(self, *, at) -> "DeliveryQuerySet":
        """Those that may be claimed at `at`: waiting and due, or claimed by somebody whose lease has ended."""
        return self.filter(state__in=WAITING, not_before__lte=at)

    def waiting(self) -> "DeliveryQuerySet":
        """Those on their way."""
        return self.filter(state__in=WAITING)

    def dead(self) -> "DeliveryQuerySet":
        """Those given up; the office must look."""
        return self.filter(state=DeliveryState.DEAD)

    def trouble_first(self) -> "DeliveryQuerySet":
        """Those given up first, then the newest."""
        return self.order_by(TROUBLE_FIRST, "-pk")

    def with_list_columns(self) -> "DeliveryQuerySet":
        """What the outbox shows, and no more."""
        own = ("committee", "channel", "state", "attempts", "fault", "not_before", "sent_at")
        return self.select_related("notice__to").only(*own, "notice__subject", "notice__key", "notice__to__name")


class Delivery(CommitteeOwned):
    """One notice on one channel out of the portal: planned when the notice falls due, sent at least once, marked once.

    `not_before` is when it may next be touched: the time of the next try, or the end of the lease while it is claimed.
    """

    MOVES = DELIVERY_MOVES
    MOST_ATTEMPTS = 12

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("notice"))
    # The notice's key once more: what waits is taken back by how it begins, however many notices there are.
    key = models.CharField(max_length=120, blank=True, editable=False)
    channel = models.CharField(_("message channel"), max_length=10, choices=NoticeChannel)
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState, default=DeliveryState.PENDING, editable=False
    )
    not_before = models.DateTimeField(_("not before"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claim = models.CharField(max_length=32, blank=True, editable=False)
    fault = models.CharField(_("what went wrong"), max_length=200, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    objects = ScopedManager.from_queryset(DeliveryQuerySet)()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | ~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True),
                name="delivery_sent_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state__in=WAITING), name="delivery_due"),
            models.Index(
                fields=["key"],
                condition=Q(state__in=WAITING),
                opclasses=["varchar_pattern_ops"],
                name="delivery_waiting_by_key",
            ),
            models.Index(F("committee"), TROUBLE_FIRST, F("id").desc(), name="delivery_outbox"),
            models.Index(fields=["committee"], condition=Q(state=DeliveryState.DEAD), name="delivery_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} · {self.notice}"


class Gateway(CommitteeOwned):
    """Where a committee's messages of one channel go out: a chat robot or an SMS service. Its address is a secret."""

    channel = models.CharField(
        _("message channel"),
        max_length=10,
        choices=[choice for choice in NoticeChannel.choices if choice[0] != "email"],
    )
    address = models.CharField(_("address"), max_length=500)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("gateway")
        verbose_name_plural = _("gateways")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["committee", "channel"], name="gateway_once")]

    def __str__(self) -> str:
        return str(self.get_channel_display())

    @property
    def masked(self) -> str:
        """The address as pages may show it: what kind it is, and its last four characters."""
        return f"{self.address.partition(':')[0]} …{self.address[-4:]}"


class NoticeChoice(CommitteeOwned):
    """What a person wants outside the portal: on which channels, and what not; without a row, everything by e-mail."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="notice_choice", verbose_name=_("person")
    )
    channels = models.JSONField(_("message channels"), default=list)
    unwanted = models.JSONField(_("not wanted"), default=list)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")

    def __str__(self) -> str:
        return str(self.person)

    def channels_for(self, kind: str) -> list[str]:
        """Return the channels for a kind of notice; what nobody can turn off goes by e-mail when nothing is chosen."""
        if kind in REQUIRED_KINDS:
            return self.channels or [NoticeChannel.EMAIL]
        return [] if kind in self.unwanted else self.channels

    @classmethod
    def usual(cls, person: Person) -> "NoticeChoice":
        """Return what somebody gets who has chosen nothing; not saved."""
        return cls(committee_id=person.committee_id, person=person, channels=[NoticeChannel.EMAIL], unwanted=[])

    @property
    def wanted(self) -> list[str]:
        """The kinds that are sent."""
        return [kind for kind in NoticeKind.values if kind not in self.unwanted]
