"""The board elsewhere: on the wall, and as a file."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kit.htmx import or_part
from members.access import office_or_leader
from members.actions import log_export

from .. import exports, figures, papers, reports, tallies
from .board import form_of, title_of

WALL_UNITS, WALL_TOPICS = 12, 10  # lines that fit the screen


@office_or_leader
@require_GET
@or_part("followups/_wall.html")
def wall(request):
    """The board for a screen on the wall: numbers, names of units and topics; no person, no title of an item."""
    on = timezone.localdate()
    form, options = form_of(request, on=on)
    chosen, committee = form.chosen(on=on), request.actor.committee
    shown = reports.board(committee, chosen, on=on, options=options, by="unit")
    topics = tallies.lines(committee, chosen, on=on, by="topic", most=WALL_TOPICS)
    return TemplateResponse(
        request,
        "followups/wall.html",
        {
            "board": shown,
            "units": shown.lines[:WALL_UNITS],
            "topics": reports.table(topics, chosen, by="topic", options=options),
            "heads": [figures.TOTAL, figures.STATES[-1], figures.OVERDUE],
            "title": title_of(form, chosen, options),
            "now": timezone.localtime(),
            "address": request.get_full_path(),
        },
    )


@office_or_leader
@require_GET
def export(request):
    """Every figure of the board as an Excel or CSV file, each with its definition and version; it is written down."""
    on, actor = timezone.localdate(), request.actor
    form, options = form_of(request, on=on)
    chosen = form.chosen(on=on)
    found = papers.told(actor.committee, chosen, on=on, options=options)
    sheet = papers.sheet(found, about=title_of(form, chosen, options), on=on)
    kind = "csv" if request.GET.get("format") == "csv" else "xlsx"
    log_export(committee=actor.committee, by=actor.person, what=f"{_('Board')} ({kind})", rows=len(found))
    response = HttpResponse(sheet.csv() if kind == "csv" else sheet.xlsx(), content_type=exports.TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="board-{on:%Y%m%d}.{kind}"'
    return response
