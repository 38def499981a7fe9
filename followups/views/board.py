"""The board: on one page what became of what was handed over."""

from urllib.parse import urlencode

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from members.access import office_or_leader

from .. import reports
from ..forms import BoardForm
from ..tallies import tally

YEARS = 6  # a term and the year before it
LINES = 12  # units and stations shown before “show all”


@office_or_leader
@require_GET
def board(request):
    """Figures of a year by unit, station and month; what moved this week; the reddest. Every figure opens its rows."""
    on = timezone.localdate()
    units = reports.units_of(request.actor)
    years = range(on.year, on.year - YEARS, -1)
    wishes = BoardForm(request.GET, years=years, units=units).wishes
    year, unit = wishes.get("year", on.year), wishes.get("unit")
    whole = request.GET.get("all", "")
    most = None if whole == "stations" else LINES + 1
    since = reports.week_before(on)
    numbers = tally(request.actor.committee, on=on, year=year, since=since, unit=unit, most=most)
    shown = reports.board(numbers, on=on, year=year, units=units, unit=unit)
    for assignment in shown.reddest:
        assignment.days_left = (assignment.due_on - on).days
    return TemplateResponse(
        request,
        "followups/board.html",
        {
            "board": shown,
            "form": BoardForm({"year": year, "unit": unit or ""}, years=years, units=units),
            "heads": reports.column_words(),
            "units": shown.units if whole == "units" else shown.units[:LINES],
            "stations": shown.stations if whole == "stations" else shown.stations[:LINES],  # one more was looked up
            "today": on,
            "unit_name": dict(units).get(unit, ""),
            "all_url": f"?{urlencode({'year': year, 'unit': unit or ''})}&all=",
            "crumbs": [(_("Board"), None)],
        },
    )
