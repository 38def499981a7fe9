"""Sectors, groups, places and units: how a committee is put together and with whom it works."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..states import AreaKind, GroupKind, SeatRole, UnitKind
from .tenancy import CommitteeOwned


class Sector(CommitteeOwned):
    """A sector by which members are chosen (界别); several sectors may share one duty sector (履职界别)."""

    name = models.CharField(_("name"), max_length=40)
    duty_sector = models.CharField(_("duty sector"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ("order", "pk")
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="sector_once")]

    def __str__(self) -> str:
        return self.name


class Group(CommitteeOwned):
    """A special committee, working group, duty group, sector group or branch; groups may nest."""

    kind = models.CharField(_("kind"), max_length=20, choices=GroupKind)
    name = models.CharField(_("name"), max_length=60)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ("kind", "pk")
        constraints = [models.UniqueConstraint(fields=["committee", "kind", "name"], name="group_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:group_detail", args=[self.pk])


class GroupSeat(CommitteeOwned):
    """A member's seat in a group; a member may hold several."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="seats", verbose_name=_("group"))
    membership = models.ForeignKey(
        "members.Membership", on_delete=models.CASCADE, related_name="seats", verbose_name=_("member")
    )
    role = models.CharField(_("role"), max_length=10, choices=SeatRole, default=SeatRole.MEMBER)

    class Meta:
        verbose_name = _("group seat")
        verbose_name_plural = _("group seats")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["group", "membership"], name="group_seat_once")]

    def __str__(self) -> str:
        return f"{self.membership} · {self.group}"


class Area(CommitteeOwned):
    """A place of the county: town, sub-district, village or community."""

    kind = models.CharField(_("kind"), max_length=12, choices=AreaKind)
    name = models.CharField(_("name"), max_length=40)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    served_by = models.ForeignKey(
        Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="areas", verbose_name=_("duty group")
    )

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["committee", "parent", "name"], name="area_once"),
            models.UniqueConstraint(
                fields=["committee", "name"], condition=Q(parent__isnull=True), name="top_area_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(CommitteeOwned):
    """A unit that handles what is handed to it (承办单位)."""

    name = models.CharField(_("name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind, default=UnitKind.DEPARTMENT)
    contact = models.CharField(_("contact person"), max_length=40, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    clears_answers = models.BooleanField(
        _("answers are cleared inside the unit"),
        default=False,
        help_text=_("One person writes an answer, another one of the unit reads it and sends it."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="unit_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:unit_detail", args=[self.pk])
