"""Stations: the fixed places where members meet residents."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kit.tenancy import ScopedManager
from members.models import Area, Brand, CommitteeOwned, Person

from ..states import StationKind, StationLayer

# Every page of a keeper asks this several times over, inside other questions; Django would write six joins each time.
KEPT = """
    SELECT own.id FROM stations_station own
    LEFT JOIN stations_station above ON above.id = own.parent_id
    LEFT JOIN stations_station top ON top.id = above.parent_id
    WHERE %s IN (own.head_id, own.liaison_id, above.head_id, above.liaison_id, top.head_id, top.liaison_id)
"""


def keys_kept_by(person: Person) -> RawSQL:
    """Return the keys of the stations a person keeps, for `station__among`; a person is of one committee alone."""
    return RawSQL(KEPT, [person.pk])  # noqa: S611 -- the text is fixed, the key a parameter


class StationQuerySet(models.QuerySet):
    """Stations as lists ask for them."""

    def visible_to(self, actor) -> StationQuerySet:
        """Everyone of the committee but units."""
        return self if actor.sees_directory else self.none()

    def kept_by(self, person: Person) -> StationQuerySet:
        """Those whose head or liaison the person is, and the stations below them (three layers at most)."""
        return self.filter(pk__among=keys_kept_by(person))

    def in_use(self) -> StationQuerySet:
        """Not closed."""
        return self.filter(closed_on__isnull=True)

    def choices_of(self, actor, *, kept_only: bool = False) -> StationQuerySet:
        """Those the actor chooses from: all in use, or of these only the kept ones; the office always all."""
        found = self.visible_to(actor).in_use().order_by("pk")
        return found.kept_by(actor.person) if kept_only and not actor.sees_all else found

    def with_list_columns(self) -> StationQuerySet:
        """What a list of stations shows, in one query and as plain values."""
        return self.values("pk", "name", "kind", "layer", "hours", "area__name", "brand__name", "head__name")

    def matching(self, **wishes) -> StationQuerySet:
        """Those that meet every wish of the list's filter: kind, layer, area, q, closed; an empty wish is none."""
        wish = {name: value for name, value in wishes.items() if value}
        found = self if wish.get("closed") else self.in_use()
        if "area" in wish:
            found = found.filter(Q(area=wish["area"]) | Q(area__parent=wish["area"]))
        if "q" in wish:
            found = found.filter(Q(name__icontains=wish["q"]) | Q(address__icontains=wish["q"]))
        return found.filter(**{name: wish[name] for name in ("kind", "layer") if name in wish})


class Station(CommitteeOwned):
    """A fixed place: work station, studio, hall or room (委员联络站、工作室、议事室)."""

    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=StationKind)
    layer = models.CharField(_("layer"), max_length=10, choices=StationLayer)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="stations", verbose_name=_("area")
    )
    brand = models.ForeignKey(
        Brand, on_delete=models.SET_NULL, null=True, blank=True, related_name="stations", verbose_name=_("brand")
    )
    address = models.CharField(_("address"), max_length=120, blank=True)
    hours = models.CharField(_("opening hours"), max_length=80, blank=True)
    head = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="heads", verbose_name=_("station head")
    )
    liaison = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="liaises", verbose_name=_("liaison")
    )
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = ScopedManager.from_queryset(StationQuerySet)()

    class Meta:
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="station_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("stations:station_detail", args=[self.pk])

    @property
    def keeper_ids(self) -> set[int]:
        """Who keeps it: head and liaison, its own and those of the stations above; ask for the parents with it."""
        found: set[int] = set()
        station: Station | None = self
        for _layer in range(3):
            if station is None:
                break
            found |= {pk for pk in (station.head_id, station.liaison_id) if pk}
            station = station.parent
        return found
