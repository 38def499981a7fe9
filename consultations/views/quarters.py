"""Pages of the quarter report: the figures, the rows behind one of them, and the report as a file."""

from django import forms
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from members.access import office_or_leader
from members.actions import log_export

from .. import exports, quarters
from ..forms.fields import FIRST_YEAR, LAST_YEAR


class QuarterForm(forms.Form):
    """Which year, and behind which figure to look; a wish that makes no sense is no wish."""

    year = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    quarter = forms.TypedChoiceField(required=False, coerce=int, choices=[(n, n) for n in quarters.QUARTERS])
    figure = forms.ChoiceField(required=False, choices=[(key, key) for key in (*quarters.BY_KEY, "collected")])

    @property
    def wishes(self):
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _report(request):
    """Return the wishes, the year and its quarters."""
    wishes = QuarterForm(request.GET).wishes
    year = wishes.get("year", timezone.localdate().year)
    return wishes, year, quarters.quarters_of(request.actor.committee, year)


@office_or_leader
@require_GET
def quarter_report(request):
    """The year by quarters; a figure opens the rows that make it."""
    wishes, year, numbers = _report(request)
    rows = None
    if "figure" in wishes and "quarter" in wishes:
        rows = quarters.rows_behind(request.actor.committee, wishes["figure"], year=year, quarter=wishes["quarter"])
    context = {
        "year": year,
        "lines": quarters.lines(numbers),
        "rows": rows,
        "figure": next((line[1] for line in quarters.lines(numbers) if line[0] == wishes.get("figure")), ""),
        "quarter": wishes.get("quarter"),
        "most": quarters.MOST_ROWS,
        "crumbs": [(_("Quarter report"), None)],
    }
    return TemplateResponse(request, "consultations/quarter_report.html", context)


@office_or_leader
@require_GET
def quarter_export(request):
    """The report as a file."""
    ending = "csv" if request.GET.get("format") == "csv" else "xlsx"
    _wishes, year, numbers = _report(request)
    sheet = quarters.sheet_of(numbers, year=year)
    log_export(
        committee=request.actor.committee,
        by=request.actor.person,
        what=f"{sheet.title} ({ending})",
        rows=len(sheet.rows),
    )
    return HttpResponse(
        getattr(sheet, ending)(),
        content_type=exports.TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="quarters-{year}.{ending}"'},
    )
