"""Pages of judging: what is said to an answer, handling it again, and taking it up again."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kit.workflow import open_verbs, refusal
from members.access import office_only, signed_in
from members.acting import acted_once

from .. import access, actions
from ..judgements import judged
from ..judging_forms import AgainForm, PlanLookForm, RateForm
from ..states import JUDGED_IN, STEP_WORDS

form_page = require_http_methods(["GET", "POST"])


@signed_in
@form_page
def rate(request, pk):
    """Say what one thinks of the answer; what is said goes past the unit."""
    assignment = access.assignment_to("rate", pk, actor=request.actor)
    if not judged(assignment, actor=request.actor).may_rate:
        words = _("This answer has been judged already.") if assignment.state in JUDGED_IN else refusal(assignment)
        messages.warning(request, words)
        return redirect(assignment)
    form = RateForm(request.POST or None, kind=assignment.origin_kind)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.rate(assignment, by=request.actor.person, **form.values)
            messages.success(request, _("Thank you. Your judgement has gone to the committee office."))

        return acted_once(request, form, act, assignment)
    lead = _("The unit reads neither your words nor what you judged; it learns judgements only in totals.")
    return page(request, assignment, form, _("Judge the answer"), lead)


@office_only
@form_page
def rehandle(request, pk):
    """Have an answer handled a second time, under a clock of its own."""
    done = _("Given back to be handled again. The unit has been told the new day.")
    return _again(request, pk, "rehandle", actions.rehandle, done)


@office_only
@form_page
def reopen(request, pk):
    """Take up again what was struck off."""
    return _again(request, pk, "reopen", actions.reopen, _("Reopened. The unit has been told the new day."))


def _again(request, pk, verb, act_again, done):
    """Show and take the form of handling something again."""
    assignment = access.assignment_to(verb, pk, actor=request.actor)
    if verb not in open_verbs(assignment):
        messages.warning(request, refusal(assignment))
        return redirect(assignment)
    form = AgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act():
            act_again(assignment, by=request.actor.person, on=timezone.localdate(), **form.values)
            messages.success(request, done)

        return acted_once(request, form, act, assignment)
    lead = _("The unit gets a new day to answer by; the old one, the answer and the judgement stay in the history.")
    return page(request, assignment, form, str(STEP_WORDS[verb]), lead)


@office_only
@form_page
def plan_look(request, pk):
    """Plan a later look by hand."""
    assignment, on = access.assignment_to("plan_look_back", pk, actor=request.actor), timezone.localdate()
    if assignment.state not in JUDGED_IN:
        messages.warning(request, refusal(assignment))
        return redirect(assignment)
    form = PlanLookForm(request.POST or None, on=on)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.plan_look_back(assignment, **form.values)
            messages.success(request, _("Planned. The office is told when the day has come."))

        return acted_once(request, form, act, assignment)
    return page(request, assignment, form, _("Plan a later look"), _("A later look asks whether it stays done."))


def page(request, assignment, form, title, lead):
    """Show a form about an assignment with its last answer; a bad form is answered 422 with what was typed."""
    crumbs = [(_("Follow-up"), reverse("followups:list")), (assignment.title, assignment.get_absolute_url())]
    return TemplateResponse(
        request,
        "followups/verb_form.html",
        {
            "assignment": assignment,
            "form": form,
            "title": title,
            "lead": lead,
            "reply": assignment.replies.last(),
            "crumbs": [*crumbs, (title, None)],
        },
        status=422 if form.is_bound else 200,
    )
