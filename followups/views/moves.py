"""Moves of assignments: one page per verb, and signing for many at once."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members.access import office_only, officer_only
from members.acting import acted_once

from .. import access, actions
from ..forms import AnswerForm, ProgressForm, SendBackForm, SignAllForm, SignForm
from ..judging_forms import CloseWithDegreeForm
from ..models import Assignment, Draft
from .shared import form_page, verb_page


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

        return acted_once(request, form, act, assignment)
    lead = _("With your signature a numbered receipt is given; whoever raised this is told.")
    return verb_page(request, "sign", assignment, form, lead)


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

        return acted_once(request, form, act, assignment)
    return verb_page(request, "progress", assignment, form, _("Whoever follows this up reads it in the history."))


@officer_only
@form_page
def answer(request, pk):
    """Give the unit's answer, or keep it inside the unit: as a draft, or to be cleared where the unit wants that."""
    assignment, on = access.assignment_to("answer", pk, actor=request.actor), timezone.localdate()
    draft = Draft.objects.filter(assignment=assignment).select_related("by").first()
    form = AnswerForm(request.POST or None, assignment=assignment, on=on, draft=draft)
    if request.method == "POST" and form.is_valid():

        def act():
            made = actions.give_answer(assignment, by=request.actor.person, on=on, **form.values)
            messages.success(request, _done(made))

        return acted_once(request, form, act, assignment)
    clears = assignment.unit.clears_answers
    lead = (
        _("Somebody else in your unit reads it and sends it; until then nobody outside the unit sees it.")
        if clears
        else _("The answer goes to the office and to whoever raised this.")
    )
    button = _("Hand in to be cleared") if clears else _("Answer")
    return verb_page(request, "answer", assignment, form, lead, button=button, draft=draft, may_keep=True)


def _done(made):
    """Say what became of an answer that was written."""
    if not isinstance(made, Draft):
        return _("Answered. The office and whoever raised it have been told.")
    if made.is_ready:
        return _("Handed in. Somebody else in your unit has been asked to clear it.")
    return _("Kept as a draft inside your unit.")


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

        return acted_once(request, form, act, assignment)
    return verb_page(request, "send_back", assignment, form, _("The day the answer is due stays as it is."))


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

        return acted_once(request, form, act, assignment)
    return verb_page(request, "close", assignment, form, _("Without proof nothing is struck off."))


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

    return acted_once(request, form, act, back)
