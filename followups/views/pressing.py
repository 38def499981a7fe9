"""Pages of pressing: the ladder, a slip given out by hand, the slips, and the unit's reply."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kit.doors import can
from kit.htmx import or_part
from kit.paging import page_of
from kit.workflow import refusal
from members.access import office_only, officer_only, officer_or_office
from members.acting import acted_once

from .. import access, actions
from ..forms import PressForm, RungForm, SlipFilterForm, SlipReplyForm
from ..models import LadderRung, SupervisionSlip
from ..states import RUNNING, Anchor

RUNG_FIELDS = ("version", "is_active", "days", "unit", "told", "source")
form_page = require_http_methods(["GET", "POST"])


def _crumbs(*more):
    return [(_("Follow-up"), reverse("followups:list")), *more]


@office_only
@require_GET
def ladder(request):
    """The ladder: every rung in the order it is climbed, with where it comes from."""
    rungs = list(LadderRung.objects.filter(committee=request.actor.committee).newest())
    parts = [
        (_("Until it is signed for"), [rung for rung in rungs if rung.anchor == Anchor.SIGN_DUE]),
        (_("Until it is answered"), [rung for rung in rungs if rung.anchor == Anchor.DUE]),
    ]
    return TemplateResponse(
        request,
        "followups/ladder.html",
        {"parts": parts, "on": timezone.localdate(), "crumbs": _crumbs((_("Ladder"), None))},
    )


@office_only
@form_page
def rung_edit(request, pk):
    """Write the next version of a rung, valid from a day."""
    rung = access.rung_to("edit", pk, actor=request.actor)
    on, back = timezone.localdate(), reverse("followups:ladder")
    initial = {name: getattr(rung, name) for name in RUNG_FIELDS} | {"valid_from": on}
    form = RungForm(request.POST or None, rung=rung, on=on, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.change_rung(rung, **form.values)
            messages.success(request, _("Changed. What is handed over from that day on follows the new rung."))
            return back

        return acted_once(request, form, act, back)
    return TemplateResponse(
        request,
        "followups/rung_form.html",
        {"form": form, "rung": rung, "back": back, "crumbs": _crumbs((_("Ladder"), back), (str(rung), None))},
        status=422 if form.is_bound else 200,
    )


@office_only
@form_page
def press(request, pk):
    """Give out a slip by hand, with the office's own words."""
    assignment = access.assignment_to("press", pk, actor=request.actor)
    if assignment.state not in RUNNING:
        messages.warning(request, refusal(assignment))
        return redirect(assignment)
    form = PressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act():
            slip = actions.press_by_hand(assignment, by=request.actor.person, on=timezone.localdate(), **form.values)
            messages.success(request, _("Given out: %(slip)s. The unit has been told.") % {"slip": slip})
            return slip.get_absolute_url()

        return acted_once(request, form, act, assignment.get_absolute_url())
    title = _("Press")
    return TemplateResponse(
        request,
        "followups/verb_form.html",
        {
            "assignment": assignment,
            "form": form,
            "title": title,
            "lead": _("The slip is numbered, can be printed, and asks the unit for a reply."),
            "crumbs": _crumbs((assignment.title, assignment.get_absolute_url()), (title, None)),
        },
        status=422 if form.is_bound else 200,
    )


@officer_or_office
@require_GET
@or_part("followups/_slip_rows.html")
def slip_list(request):
    """The slips that were given out, the newest first: all for office and leaders, a unit's own for its officers."""
    filters = SlipFilterForm(request.GET)
    found = SupervisionSlip.objects.visible_to(request.actor).matching(**filters.wishes)
    page = page_of(found.select_related("assignment__unit").order_by("-pk"), request)
    return TemplateResponse(
        request,
        "followups/slip_list.html",
        {"page": page, "filters": filters, "crumbs": _crumbs((_("Supervision slips"), None))},
    )


@officer_or_office
@require_GET
def slip(request, pk):
    """One slip (督办单) with its reply part, to be printed."""
    found = access.slip_to("view", pk, actor=request.actor)
    verbs = can(found, may=access.SLIP_MAY, actor=request.actor)
    return TemplateResponse(
        request,
        "followups/supervision_slip.html",
        {
            "slip": found,
            "assignment": found.assignment,
            "may_reply": "reply" in verbs and found.replied_on is None,
            "crumbs": _crumbs((_("Supervision slips"), reverse("followups:supervision_list")), (str(found), None)),
        },
    )


@officer_only
@form_page
def slip_reply(request, pk):
    """The unit's reply to a slip."""
    found = access.slip_to("reply", pk, actor=request.actor)
    form = SlipReplyForm(request.POST or None)
    back = found.get_absolute_url()
    if request.method == "POST" and form.is_valid():

        def act():
            actions.reply_to_slip(found, by=request.actor.person, on=timezone.localdate(), **form.values)
            messages.success(request, _("Replied. The office has been told."))
            return back

        return acted_once(request, form, act, back)
    if found.replied_on:
        messages.warning(request, _("This slip has been replied to already."))
        return redirect(back)
    title = _("Reply to the slip")
    return TemplateResponse(
        request,
        "followups/verb_form.html",
        {
            "assignment": found.assignment,
            "form": form,
            "title": title,
            "lead": found.words,
            "crumbs": _crumbs((str(found), back), (title, None)),
        },
        status=422 if form.is_bound else 200,
    )
