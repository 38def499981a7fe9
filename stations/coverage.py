"""Coverage at the front door: stations with somebody in charge; and where the matters of a year stand."""

from __future__ import annotations

from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.coverage import Coverage, Hole
from kit.figures import Figure, define
from members.access import Actor

from .models import Matter, Station
from .states import MatterState, Show

SINCE = date(2026, 11, 1)
STAFFED = define(
    "stations_with_people",
    since=SINCE,
    name=gettext_lazy("Stations with somebody in charge"),
    words=gettext_lazy("Stations that are not closed and have a head or a liaison."),
    unit=gettext_lazy("stations"),
)
HEARD = define(
    "matters_heard",
    since=SINCE,
    name=gettext_lazy("Matters heard"),
    words=gettext_lazy("Residents' matters received in the year."),
    unit=gettext_lazy("items"),
)
STANDING = {
    state: define(
        f"matters_{state}",
        since=SINCE,
        name=state.label,
        words=gettext_lazy("Residents' matters received in the year that stand in this state now."),
        unit=gettext_lazy("items"),
    )
    for state in MatterState
}


def open_stations(on: date):
    """Return the stations that are not closed on a day."""
    return Station.objects.exclude(closed_on__lte=on).order_by("pk")


def coverages_for(actor: Actor, *, on: date) -> list[Coverage]:
    """Return the coverage of the committee's stations."""
    stations = list(open_stations(on).filter(committee=actor.committee).only("name", "head_id", "liaison_id"))
    holes = [
        Hole(station.name, _("Neither a head nor a liaison."), reverse("stations:station_detail", args=[station.pk]))
        for station in stations
        if not station.head_id and not station.liaison_id
    ]
    return [Coverage(STAFFED, len(stations), holes)]


def funnel_for(actor: Actor, *, on: date) -> list[Figure]:
    """Return how many matters were heard this year and where they stand; each figure opens its rows."""
    first, last = date(on.year, 1, 1), date(on.year, 12, 31)
    found = Matter.objects.filter(committee=actor.committee, received_on__gte=first, received_on__lte=last)
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    url = f"{reverse('stations:matter_list')}?show={Show.ALL}&since={first}&until={last}"
    return [
        Figure(HEARD, sum(counts.values()), url),
        *(Figure(of, counts.get(state, 0), f"{url}&state={state}") for state, of in STANDING.items()),
    ]
