"""Pages of later looks (回头看): those that are due, the list as a file, and what was found."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kit.htmx import or_part
from kit.paging import page_of
from members.access import office_only, office_or_leader
from members.acting import acted_once
from members.actions import log_export

from .. import access, actions, exports
from ..judging_forms import LookForm, LooksFilter
from ..models import LookBack
from ..states import ShowLooks
from .judging import form_page


@office_or_leader
@require_GET
@or_part("followups/_look_rows.html")
def look_list(request):
    """Later looks: due now, ahead, or done."""
    actor, on = request.actor, timezone.localdate()
    show = _show(request)
    found = LookBack.objects.filter(committee=actor.committee).looked_at(show, on=on).with_list_columns()
    return TemplateResponse(
        request,
        "followups/look_list.html",
        {
            "page": page_of(found, request),
            "show": show,
            "views": [(view.value, view.label) for view in ShowLooks],
            "today": on,
            "writes": actor.is_clerk,
            "crumbs": [(_("Follow-up"), reverse("followups:list")), (_("Later looks"), None)],
        },
    )


def _show(request):
    """Return the view that is asked for; what makes no sense is what is due."""
    form = LooksFilter(request.GET)
    wish = form.cleaned_data.get("show") if form.is_valid() else ""
    return wish if wish in ShowLooks.values else ShowLooks.DUE.value


@office_or_leader
@require_GET
def look_export(request):
    """The list as an Excel or CSV file; it is written down who took how much."""
    actor, on = request.actor, timezone.localdate()
    show = _show(request)
    found = LookBack.objects.filter(committee=actor.committee).looked_at(show, on=on)
    rows = list(found.with_list_columns()[: exports.MOST_ROWS + 1])
    if len(rows) > exports.MOST_ROWS:
        words = _("More than %(most)d rows cannot be exported at once; please narrow the list first.")
        messages.warning(request, words % {"most": exports.MOST_ROWS})
        return redirect(f"{reverse('followups:look_list')}?show={show}")
    sheet = exports.looks(rows)
    kind = "csv" if request.GET.get("format") == "csv" else "xlsx"
    log_export(committee=actor.committee, by=actor.person, what=f"{sheet.title} ({kind})", rows=len(rows))
    response = HttpResponse(sheet.csv() if kind == "csv" else sheet.xlsx(), content_type=exports.TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="look-backs-{on:%Y%m%d}.{kind}"'
    return response


@office_only
@form_page
def look_write(request, pk):
    """Write down what a later look found."""
    look, on = access.look_to("write", pk, actor=request.actor), timezone.localdate()
    assignment = look.assignment
    if look.done_on:
        messages.warning(request, _("What this look found is written down already."))
        return redirect(assignment)
    form = LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.look_back(look, by=request.actor.person, on=on, **form.values)
            messages.success(request, _("Written down."))
            return assignment.get_absolute_url()

        return acted_once(request, form, act, assignment)
    title = _("Look back")
    looks = [(_("Follow-up"), reverse("followups:list")), (_("Later looks"), reverse("followups:look_list"))]
    return TemplateResponse(
        request,
        "followups/look_form.html",
        {
            "look": look,
            "assignment": assignment,
            "reply": assignment.replies.last(),
            "earlier": assignment.look_backs.exclude(done_on=None),
            "form": form,
            "title": title,
            "crumbs": [*looks, (assignment.title, assignment.get_absolute_url()), (title, None)],
        },
        status=422 if form.is_bound else 200,
    )
