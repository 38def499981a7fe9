"""Pages of the committee's letters of degree: which hold, which held, and the next version."""

from django.contrib import messages
from django.db.models import Prefetch
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from members.access import office_only
from members.acting import acted_once

from .. import actions
from ..degrees import DEGREE_VARIANTS
from ..judging_forms import DegreesForm
from ..models import Degree, DegreeSet
from .judging import form_page


def _sets(request):
    """Return every version of the letters, the newest first, each with its letters."""
    letters = Prefetch("degrees", queryset=Degree.objects.order_by("order"))
    return list(DegreeSet.objects.filter(committee=request.actor.committee).prefetch_related(letters))


@office_only
@require_GET
def degree_list(request):
    """The letters of every version, and the sets that are shipped."""
    on, sets = timezone.localdate(), _sets(request)
    in_force = next((each for each in sets if each.valid_from <= on), None)
    return TemplateResponse(
        request,
        "followups/degree_list.html",
        {
            "sets": sets,
            "in_force": in_force,
            "variants": list(DEGREE_VARIANTS.items()),
            "today": on,
            "crumbs": [(_("Follow-up"), reverse("followups:list")), (_("Degrees of solution"), None)],
        },
    )


@office_only
@form_page
def degree_edit(request):
    """Write the next version: from the newest letters, or from a shipped set named in the address."""
    on, sets, back = timezone.localdate(), _sets(request), reverse("followups:degree_list")
    newest = sets[0] if sets else None
    variant = DEGREE_VARIANTS.get(request.GET.get("variant", ""))
    initial = {"valid_from": on}
    if variant:
        initial |= {
            "name": str(variant.name)[:60],
            "source": variant.source,
            **DegreesForm.initial_of(list(variant.letters)),
        }
    elif newest:
        letters = DegreesForm.initial_of(list(newest.degrees.all()))
        initial |= {"name": newest.name, "source": newest.source, **letters}
    form = DegreesForm(request.POST or None, on=on, version=newest.version if newest else 0, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.change_degrees(request.actor.committee, **form.values)
            messages.success(request, _("Written. Answers given from that day on use the new letters."))
            return back

        return acted_once(request, form, act, back)
    crumbs = [(_("Follow-up"), reverse("followups:list")), (_("Degrees of solution"), back)]
    return TemplateResponse(
        request,
        "followups/degree_form.html",
        {"form": form, "back": back, "crumbs": [*crumbs, (_("New version"), None)]},
        status=422 if form.is_bound else 200,
    )
