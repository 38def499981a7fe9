"""Small records the floors above share: notices owed, numbers given, forms taken, files imported."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit.tenancy import ScopedManager

from ..states import IMPORT_MOVES, ImportState, NoticeKind
from .people import Person
from .steps import StepBase
from .tenancy import CommitteeOwned


class NoticeQuerySet(models.QuerySet):
    """Notices as the inbox and the dispatcher ask for them."""

    def visible_to(self, actor) -> "NoticeQuerySet":
        """A person's own notices that have arrived."""
        return self.arrived_for(actor.person.pk)

    def arrived_for(self, person_pk) -> "NoticeQuerySet":
        """Delivered to a person, named by key."""
        return self.filter(to=person_pk, sent_at__isnull=False)

    def unread(self) -> "NoticeQuerySet":
        """Not opened yet."""
        return self.filter(read_at__isnull=True)

    def owed(self, *, at) -> "NoticeQuerySet":
        """Due by `at` and not delivered; what broke five times waits for a person."""
        return self.filter(sent_at__isnull=True, due_at__lte=at, attempts__lt=Notice.MOST_ATTEMPTS)

    def stuck(self) -> "NoticeQuerySet":
        """Tried in vain; the office must look."""
        return self.filter(sent_at__isnull=True, attempts__gte=Notice.MOST_ATTEMPTS)


class Notice(CommitteeOwned):
    """Something a person is to be told: owed from the moment of the act, delivered at least once, recorded once.

    From `sent_at` on it stands in the inbox; what goes out of the portal besides are its deliveries.
    """

    MOST_ATTEMPTS = 5

    to = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices", verbose_name=_("to"))
    key = models.CharField(_("occasion"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind, default=NoticeKind.WORK)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    template = models.CharField(_("template"), max_length=60)
    context = models.JSONField(_("words"), default=dict)
    url = models.CharField(_("address"), max_length=200, blank=True)
    due_at = models.DateTimeField(_("due"))
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    claim = models.CharField(max_length=32, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    fault = models.CharField(_("what went wrong"), max_length=200, blank=True)
    sent_at = models.DateTimeField(_("delivered"), null=True)
    read_at = models.DateTimeField(_("read"), null=True)

    objects = ScopedManager.from_queryset(NoticeQuerySet)()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-sent_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["to", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(sent_at__isnull=True), name="notice_owed"),
            # Taken back by how their key begins, as PostgreSQL looks up beginnings; elsewhere it is a plain index.
            models.Index(
                fields=["key"],
                condition=Q(sent_at__isnull=True),
                opclasses=["varchar_pattern_ops"],
                name="notice_owed_by_key",
            ),
            models.Index(fields=["to", "-sent_at"], name="notice_inbox"),
            # Counted on every page; the unread ones stay few however long the inbox is.
            models.Index(fields=["to"], condition=Q(sent_at__isnull=False, read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.subject or self.key


class NumberSeries(CommitteeOwned):
    """The last number given in one series of one year; raised under a lock, so no number is missing or given twice."""

    kind = models.CharField(_("series"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [models.UniqueConstraint(fields=["committee", "kind", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class FormKey(CommitteeOwned):
    """A form that was taken: the same post again is answered with the first result."""

    key = models.CharField(max_length=32)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    result_url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="form_key_once")]

    def __str__(self) -> str:
        return self.key


class ImportRun(CommitteeOwned):
    """A file somebody brought in: looked through, then taken over whole or not at all."""

    MOVES = IMPORT_MOVES

    kind = models.CharField(_("what it holds"), max_length=20)
    filename = models.CharField(_("file"), max_length=120)
    content = models.BinaryField(_("content"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.CHECKED, editable=False
    )
    report = models.JSONField(_("report"), default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "kind", "digest"], condition=Q(state="committed"), name="file_imported_once"
            )
        ]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("import_detail", args=[self.pk])


class ImportStep(StepBase):
    """One move of an import: who took the file over, and when."""

    thing = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="steps")


class ExportLog(CommitteeOwned):
    """A list of people that left the portal as a file: who took what, how many rows, when. Never changed."""

    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    what = models.CharField(_("what"), max_length=60)
    rows = models.PositiveIntegerField(_("rows"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.what} ({self.rows})"
