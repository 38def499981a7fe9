"""Committees, their terms, brands and own calendar days."""

from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..states import Level
from .tenancy import CommitteeOwned


class Committee(models.Model):
    """One CPPCC committee at one level; the tenant of the portal."""

    name = models.CharField(_("full name"), max_length=60, unique=True)
    short_name = models.CharField(_("short name"), max_length=20)
    code = models.SlugField(_("code"), max_length=20, unique=True)
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.COUNTY)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="lower", verbose_name=_("upper committee")
    )

    # The years of its calendar versions once more, because every page says which are missing.
    calendar_years = models.JSONField(_("calendar years entered"), default=list, editable=False)
    quiet_from = models.TimeField(_("quiet from"), default=time(21))
    quiet_until = models.TimeField(_("quiet until"), default=time(7))

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    def is_quiet(self, at: datetime) -> bool:
        """Whether nothing is sent outside the portal at a moment; two equal times mean never quiet."""
        now, begin, end = timezone.localtime(at).time(), self.quiet_from, self.quiet_until
        return begin <= now < end if begin <= end else now >= begin or now < end

    def next_loud(self, at: datetime) -> datetime:
        """Return the first moment from `at` on at which something may be sent outside the portal."""
        if not self.is_quiet(at):
            return at
        local = timezone.localtime(at)
        day = local.date() + timedelta(days=1 if local.time() >= self.quiet_until else 0)
        return timezone.make_aware(datetime.combine(day, self.quiet_until))


def _in_chinese(number: int) -> str:
    """Return a number below a hundred as terms are written: 十届, 十二届, 二十一届. Source: domain, names and marks."""
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    return (f"{digits[tens] if tens > 1 else ''}十" if tens else "") + (digits[ones] if ones else "")


class Term(CommitteeOwned):
    """A committee's five-year term (届)."""

    ordinal = models.PositiveSmallIntegerField(_("ordinal"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    is_current = models.BooleanField(_("current term"), default=False)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ("-ordinal",)
        constraints = [
            models.UniqueConstraint(fields=["committee", "ordinal"], name="term_once"),
            models.UniqueConstraint(fields=["committee"], condition=Q(is_current=True), name="one_current_term"),
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("starts_on")), name="term_ends_after_start"),
        ]

    def __str__(self) -> str:
        is_chinese = (get_language() or "").startswith("zh")
        return str(_("Term %(number)s") % {"number": _in_chinese(self.ordinal) if is_chinese else self.ordinal})


class Brand(CommitteeOwned):
    """A named programme that stations, sessions and results carry (协商平台品牌)."""

    name = models.CharField(_("name"), max_length=40)
    note = models.TextField(_("what it is"), blank=True, max_length=500)

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="brand_once")]

    def __str__(self) -> str:
        return self.name


class CalendarVersion(CommitteeOwned):
    """One state of a committee's working calendar: after which notice, entered by whom and when. Never changed."""

    number = models.PositiveIntegerField(_("version"))
    year = models.PositiveSmallIntegerField(_("complete year"), null=True, blank=True)
    source = models.CharField(_("notice or decree"), max_length=200, blank=True)
    is_file = models.BooleanField(_("from a file"), default=False)
    checksum = models.CharField(_("checksum"), max_length=64, blank=True, editable=False)
    by = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = _("calendar version")
        verbose_name_plural = _("calendar versions")
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["committee", "number"], name="calendar_version_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class CalendarDay(CommitteeOwned):
    """A day that this committee counts otherwise than the national calendar: a local holiday or an adjusted workday."""

    day = models.DateField(_("day"))
    is_workday = models.BooleanField(_("working day"))
    label = models.CharField(_("reason"), max_length=60)
    version = models.ForeignKey(
        CalendarVersion, on_delete=models.PROTECT, null=True, related_name="days", verbose_name=_("calendar version")
    )

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ("day",)
        constraints = [models.UniqueConstraint(fields=["committee", "day"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.label}"
