"""Coverage by consultation: stations at which something happened in the year."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.coverage import Coverage, Hole
from kit.figures import define
from members.access import Actor
from stations.coverage import open_stations
from stations.models import Visit

from .models import Session
from .states import SessionState

ACTIVE = define(
    "stations_active",
    since=date(2026, 11, 1),
    name=gettext_lazy("Stations with an activity this year"),
    words=gettext_lazy("Stations that are not closed, with a visit or duty day logged or a consultation session held"
                       " since the first of January."),
    unit=gettext_lazy("stations"),
)  # fmt: skip
HELD = (SessionState.IN_SESSION, SessionState.MINUTES_ISSUED, SessionState.CLOSED)


def coverages_for(actor: Actor, *, on: date) -> list[Coverage]:
    """Return the coverage of the committee's stations by activities of this year."""
    own, first = {"committee": actor.committee}, date(on.year, 1, 1)
    stations = list(open_stations(on).filter(**own).only("name", "opened_on"))
    busy = set(Visit.objects.filter(**own, day__gte=first, day__lte=on).order_by().values_list("station", flat=True))
    held = Session.objects.filter(**own, state__in=HELD, starts_at__year=on.year).order_by()
    busy |= set(held.values_list("station", flat=True))
    holes = [
        Hole(station.name, _reason(station, first), reverse("stations:station_detail", args=[station.pk]))
        for station in stations
        if station.pk not in busy
    ]
    return [Coverage(ACTIVE, len(stations), holes)]


def _reason(station, first: date) -> str:
    """Say why a station is a hole."""
    if station.opened_on and station.opened_on >= first:
        return _("Opened on %(day)s, and nothing has happened since.") % {"day": station.opened_on}
    return _("No visit, no duty day and no session this year.")
