"""The board: on one page what became of what was handed over; what units did; and what each figure means."""

from urllib.parse import urlencode

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kit.figures import definitions
from members.access import office_or_leader

from .. import figures, reports, tallies
from ..board_form import BoardForm

LINES = 12  # lines of a table shown before “show all”


def form_of(request, *, on):
    """Return the form of what the board is about, and the names to choose from."""
    options = reports.options_of(request.actor.committee)
    return BoardForm(request.GET, years=reports.years(on), options=options), options


def shown_form(form, chosen, *, on):
    """Return the form with what is shown chosen in it."""
    year = form.wishes.get("year") or on.year
    return form.__class__(
        {"year": year, "by": form.wishes.get("by", ""), **chosen.narrowed}, years=form.years, options=form.options
    )


@office_or_leader
@require_GET
def board(request):
    """Figures of a year or term, of all or of one unit, brand or group; every figure opens its rows."""
    on = timezone.localdate()
    form, options = form_of(request, on=on)
    chosen, by = form.chosen(on=on), form.wishes.get("by", "unit")
    whole = request.GET.get("all") == "1"
    most = None if whole else LINES + 1
    shown = reports.board(request.actor.committee, chosen, on=on, options=options, by=by, most=most)
    query = urlencode({name: value for name, value in form.wishes.items() if name != "by"})
    return TemplateResponse(
        request,
        "followups/board.html",
        {
            "board": shown,
            "form": shown_form(form, chosen, on=on),
            "lines": shown.lines if whole else shown.lines[:LINES],  # one more was looked up
            "line_word": reports.LINE_WORDS[by],
            "table_word": reports.SPLIT_WORDS[by],
            "splits": [(key, word) for key, word in reports.SPLIT_WORDS.items()],
            "trend_heads": (figures.TOTAL, figures.CLOSED_IN_MONTH),
            "query": query,
            "today": on,
            "title": title_of(form, chosen, options),
            "crumbs": [(_("Board"), None)],
        },
    )


def title_of(form, chosen, options):
    """Return in words what was chosen: the year or term, and what it is narrowed to."""
    wishes = form.wishes
    words = [str(chosen.year or form.terms[wishes["year"]])]
    for name in tallies.NARROWED_BY:
        if wishes.get(name):
            words.append(dict(getattr(options, f"{name}s"))[wishes[name]])
    return " · ".join(words)


@office_or_leader
@require_GET
def units(request):
    """What each unit answered, on time or late, extended, handled again, and how it was judged; no ranking."""
    on = timezone.localdate()
    form, options = form_of(request, on=on)
    chosen = form.chosen(on=on)
    counted = tallies.units(request.actor.committee, chosen, on=on)
    lines = reports.table([row[:2] for row in counted], chosen, by="unit", options=options, of=figures.UNITS)
    stages = {pk: means for pk, _counts, means in counted}
    here = {**chosen.period, **chosen.narrowed}
    for line in lines:
        line.stages = reports.stages(stages[line.key], **{**here, "unit": line.key})
    return TemplateResponse(
        request,
        "followups/board_units.html",
        {
            "lines": lines,
            "heads": figures.UNITS,
            "stages": [stage.days for stage in figures.STAGES],
            "form": shown_form(form, chosen, on=on),
            "today": on,
            "query": urlencode(form.wishes),
            "title": title_of(form, chosen, options),
            "crumbs": [(_("Board"), reverse("followups:board")), (_("Units' figures"), None)],
        },
    )


@office_or_leader
@require_GET
def definition_list(request):
    """What each figure means, in which version, since when (统计口径)."""
    return TemplateResponse(
        request,
        "followups/definition_list.html",
        {
            "definitions": definitions(),
            "crumbs": [(_("Board"), reverse("followups:board")), (_("What the figures mean"), None)],
        },
    )
