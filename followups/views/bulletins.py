"""Monthly bulletins with frozen figures, and the sums of committees below."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kit.workflow import MoveRefused
from members.access import office_only, office_or_leader
from members.once import once, taken_before

from .. import access, actions, figures, papers, reports, sums
from ..board_form import BulletinForm, YearForm
from ..models import Bulletin


def _crumbs(*more):
    return [(_("Board"), reverse("followups:board")), *more]


@office_or_leader
@require_GET
def bulletin_list(request):
    """Every bulletin of the committee, the newest first; the office makes the one of a month that has none."""
    bulletins = Bulletin.objects.defer("figures", "definitions").select_related("by")
    return TemplateResponse(
        request,
        "followups/bulletin_list.html",
        {
            "bulletins": bulletins,
            "form": BulletinForm(on=timezone.localdate()) if request.actor.is_clerk else None,
            "crumbs": _crumbs((_("Bulletins"), None)),
        },
    )


@office_only
@require_http_methods(["POST"])
def bulletin_create(request):
    """Make the bulletin of a month; its figures are frozen."""
    actor, on = request.actor, timezone.localdate()
    before = taken_before(request.POST, actor)
    if before:
        return redirect(before)
    form = BulletinForm(request.POST, on=on)
    if not form.is_valid():
        bulletins = Bulletin.objects.defer("figures", "definitions").select_related("by")
        context = {"bulletins": bulletins, "form": form, "crumbs": _crumbs((_("Bulletins"), None))}
        return TemplateResponse(request, "followups/bulletin_list.html", context, status=422)

    def act():
        return actions.freeze_bulletin(actor.committee, by=actor.person, on=on, **form.month)

    try:
        return redirect(once(form, actor, act))
    except MoveRefused as refused:
        messages.warning(request, str(refused))
        return redirect("followups:bulletin_list")


@office_or_leader
@require_GET
def bulletin_detail(request, pk):
    """One bulletin as it was made, to be printed."""
    bulletin = access.bulletin_to("view", pk, actor=request.actor)
    return TemplateResponse(
        request,
        "followups/bulletin_detail.html",
        {
            "bulletin": bulletin,
            "alone": papers.frozen_alone(bulletin),
            "tables": papers.frozen_tables(bulletin),
            "crumbs": _crumbs((_("Bulletins"), reverse("followups:bulletin_list")), (str(bulletin), None)),
        },
    )


@office_or_leader
@require_GET
def lower(request):
    """Sums over the committees below this one; small cells are hidden, and nothing opens."""
    on = timezone.localdate()
    years = reports.years(on)
    year = YearForm(request.GET, years=years).asked or on.year
    return TemplateResponse(
        request,
        "followups/board_lower.html",
        {
            "sums": sums.sums(request.actor.committee, year=year),
            "heads": figures.SUMS,
            "rule": figures.SMALL_CELLS,
            "form": YearForm({"year": year}, years=years),
            "year": year,
            "crumbs": _crumbs((_("Lower committees"), None)),
        },
    )
