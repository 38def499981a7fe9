"""Moves of assignments: one page per verb, and signing for many at once."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kit.workflow import MoveRefused, open_verbs, refusal
from members.access import office_only, officer_only
from members.once import once

from .. import access, actions
from ..forms import AnswerForm, ProgressForm, SendBackForm, SignAllForm, SignForm
from ..judging_forms import CloseWithDegreeForm
from ..models import Assignment
from ..states import STEP_WORDS

form_page = require_http_methods(["GET", "POST"])


@officer_only
@form_page
def sign(request, pk):
    """Take it on; the receipt is numbered at this moment."""
    assignment = access.assignment_to("sign", pk, actor=request.actor)
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act():
            receipt = actions.sign_for(assignment, by=request.actor.person, on=timezone.localdate(), **form.values)
            messages.success(request, _("Signed for: %(receipt)s.") % {"receipt": receipt})

        return _acted(request, assignment, form, act)
    lead = _("With your signature a numbered receipt is given; whoever raised this is told.")
    return _page(request, "sign", assignment, form, lead)


@officer_only
@form_page
def progress(request, pk):
    """Write down how far it has come."""
    assignment = access.assignment_to("progress", pk, actor=request.actor)
    form = ProgressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.report_progress(assignment, by=request.actor.person, **form.values)
            messages.success(request, _("Progress noted."))

        return _acted(request, assignment, form, act)
    return _page(request, "progress", assignment, form, _("Whoever follows this up reads it in the history."))


@officer_only
@form_page
def answer(request, pk):
    """Give the unit's answer."""
    assignment = access.assignment_to("answer", pk, actor=request.actor)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.answer(assignment, by=request.actor.person, on=timezone.localdate(), **form.values)
            messages.success(request, _("Answered. The office and whoever raised it have been told."))

        return _acted(request, assignment, form, act)
    return _page(request, "answer", assignment, form, _("The answer goes to the office and to whoever raised this."))


@office_only
@form_page
def send_back(request, pk):
    """Send an answer back to be done again."""
    assignment = access.assignment_to("send_back", pk, actor=request.actor)
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.send_back(assignment, by=request.actor.person, on=timezone.localdate(), **form.values)
            messages.success(request, _("Sent back. The unit has been told."))

        return _acted(request, assignment, form, act)
    return _page(request, "send_back", assignment, form, _("The day the answer is due stays as it is."))


@office_only
@form_page
def close(request, pk):
    """Strike it off the list, on proof."""
    assignment = access.assignment_to("close", pk, actor=request.actor)
    form = CloseWithDegreeForm(request.POST or None, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():

        def act():
            actions.close(assignment, by=request.actor.person, on=timezone.localdate(), **form.values)
            messages.success(request, _("Struck off the list."))

        return _acted(request, assignment, form, act)
    return _page(request, "close", assignment, form, _("Without proof nothing is struck off."))


@officer_only
@require_POST
def sign_all(request):
    """Sign for several at once, each with its own receipt: all of them or none."""
    actor, back = request.actor, reverse("followups:list")
    form = SignAllForm(request.POST, mine=Assignment.objects.handled_by(actor).select_related("committee"))
    if not form.is_valid():
        for fault in form.errors.values():
            messages.warning(request, " ".join(fault))
        return redirect(back)

    def act():
        receipts = actions.sign_for_all(form.cleaned_data["assignments"], by=actor.person, on=timezone.localdate())
        if len(receipts) == 1:
            words = _("Signed for: %(first)s.") % {"first": receipts[0]}
        else:
            ends = {"count": len(receipts), "first": receipts[0], "last": receipts[-1].number}
            words = _("Signed for %(count)d assignments: %(first)s to No. %(last)d.") % ends
        messages.success(request, words)
        return back

    try:
        return redirect(once(form, actor, act))
    except MoveRefused as refused:
        messages.warning(request, str(refused))
        return redirect(back)


def _acted(request, assignment, form, act):
    """Act once, tell a refusal, and go back to the assignment."""
    try:
        once(form, request.actor, lambda: act() or assignment.get_absolute_url())
    except MoveRefused as refused:
        messages.warning(request, str(refused))
    return redirect(assignment)


def _page(request, verb, assignment, form, lead):
    """Show the form of one verb; when the move is not open now, say so on the assignment's own page."""
    if verb not in open_verbs(assignment):
        messages.warning(request, refusal(assignment))
        return redirect(assignment)
    title = str(STEP_WORDS[verb])
    crumbs = [(_("Follow-up"), reverse("followups:list")), (assignment.title, assignment.get_absolute_url())]
    context = {"assignment": assignment, "form": form, "title": title, "lead": lead}
    if verb in ("send_back", "close"):
        context["reply"] = assignment.replies.last()
    return TemplateResponse(
        request,
        "followups/verb_form.html",
        {**context, "crumbs": [*crumbs, (title, None)]},
        status=422 if form.is_bound else 200,
    )
