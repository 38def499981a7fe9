"""Set-up: one page that leads to everything a committee's office looks after; the committee and its terms."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from .. import access, actions
from ..access import office_only, signed_in
from ..forms import CommitteeForm
from ..middleware import CHOSEN
from ..models import Committee
from ..reports import register_counts


@office_only
@require_GET
def setup(request):
    """Show what there is to set up, and how much of it there is."""
    counts = register_counts(request.actor.committee)
    entries = [
        (_("Members"), "member_list", counts["members"], _("The current term's members")),
        (_("Sectors"), "sector_list", counts["sectors"], _("and duty sectors")),
        (_("Groups"), "group_list", counts["groups"], _("committees, working and duty groups, branches")),
        (_("Areas"), "area_list", counts["areas"], _("towns, villages, communities")),
        (_("Units"), "unit_list", counts["units"], _("and their officers")),
        (_("Brands"), "brand_list", counts["brands"], _("named programmes")),
        (_("Calendar days"), "calendar_list", counts["calendar"], _("own holidays and working days")),
        (_("Terms"), "term_list", counts["terms"], request.actor.committee.short_name),
        (_("Accounts and roles"), "account_list", counts["accounts"], _("who may sign in")),
        (_("Notices not delivered"), "notice_stuck", counts["stuck"], _("after five tries")),
        (_("Outbox"), "outbox", counts["dead"], _("messages that could not be sent")),
        (_("Channels"), "gateway_list", counts["gateways"], _("SMS and work chats, besides e-mail")),
    ]
    context = {
        "entries": [(label, reverse(f"members:{name}"), count, note) for label, name, count, note in entries],
        "crumbs": [(_("Home"), reverse("home")), (_("Set-up"), None)],
    }
    return TemplateResponse(request, "members/setup.html", context)


@office_only
@require_http_methods(["GET", "POST"])
def committee_edit(request):
    """Change the names of the committee one acts in."""
    form = CommitteeForm(request.POST or None, instance=Committee.objects.get(pk=request.actor.committee.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("members:setup")
    context = {
        "form": form,
        "heading": _("Edit the committee"),
        "back": reverse("members:setup"),
        "crumbs": [(_("Set-up"), reverse("members:setup")), (_("Edit the committee"), None)],
    }
    return TemplateResponse(request, "members/register_form.html", context, status=422 if form.is_bound else 200)


@office_only
@require_POST
def term_make_current(request, pk):
    """Make a term the current one."""
    term = access.term_to("make_current", pk, actor=request.actor)
    actions.make_current(term)
    messages.success(request, _("%(term)s is now the current term.") % {"term": term})
    return redirect("members:term_list")


@signed_in
@require_POST
def switch(request):
    """Act in another committee from now on; one the person has no role in is not found in the list."""
    wanted = request.POST.get("committee", "")
    for committee in request.actor.other_committees:
        if str(committee.pk) == wanted:
            request.session[CHOSEN] = committee.pk
    return redirect("home")
