"""Pages of what units ask the office for: asking, deciding, taking back, going on; and the office's list."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kit.paging import page_of
from kit.workflow import MoveRefused, open_verbs, refusal
from members.access import office_only, officer_only, officer_or_office
from members.acting import acted_once

from .. import access, actions
from ..forms import AskForm, GrantForm, RefuseForm, ResumeForm
from ..models import UnitRequest
from ..states import ASK_WORDS, RequestKind
from .shared import form_page, verb_page


@office_only
@require_GET
def request_list(request):
    """What waits to be decided, the one that must be decided first at the head."""
    page = page_of(UnitRequest.objects.visible_to(request.actor).pending().with_list_columns(), request)
    return TemplateResponse(
        request,
        "followups/request_list.html",
        {
            "page": page,
            "today": timezone.localdate(),
            "crumbs": [(_("Follow-up"), reverse("followups:list")), (_("Requests to decide"), None)],
        },
    )


@officer_only
@form_page
def ask(request, pk, kind):
    """Ask the office for release, more time or a pause."""
    if kind not in RequestKind.values:
        raise Http404
    assignment, on = access.assignment_to("ask", pk, actor=request.actor), timezone.localdate()
    try:
        actions.check_ask(assignment, kind=kind, on=on)
    except MoveRefused as refused:
        messages.warning(request, str(refused))
        return redirect(assignment)
    form = AskForm(request.POST or None, assignment=assignment, kind=kind)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.ask(assignment, by=request.actor.person, kind=kind, on=on, **form.values)
            messages.success(request, _("Asked. The office has been told and decides."))

        return acted_once(request, form, act, assignment)
    title, lead = ASK_WORDS[RequestKind(kind)]
    return verb_page(request, "ask", assignment, form, str(lead), title=str(title))


@office_only
@form_page
def grant(request, pk):
    """Grant it: name the unit that takes it over, or the new day."""
    asked = access.request_to("grant", pk, actor=request.actor)
    form = GrantForm(request.POST or None, asked=asked)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.grant(asked, by=request.actor.person, on=timezone.localdate(), **form.values)
            messages.success(request, _("Granted. The unit has been told."))

        return acted_once(request, form, act, asked.assignment)
    return _decision(request, "grant", asked, form)


@office_only
@form_page
def refuse(request, pk):
    """Refuse it, with words."""
    asked = access.request_to("refuse", pk, actor=request.actor)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.refuse(asked, by=request.actor.person, on=timezone.localdate(), **form.values)
            messages.success(request, _("Refused. The unit has been told."))

        return acted_once(request, form, act, asked.assignment)
    return _decision(request, "refuse", asked, form)


def _decision(request, verb, asked, form):
    """Show the form of a decision; what is decided already is told on the assignment's page."""
    if verb not in open_verbs(asked):
        messages.warning(request, refusal(asked))
        return redirect(asked)
    title = f"{asked.MOVES[verb].label} · {asked.get_kind_display()}"
    button = str(asked.MOVES[verb].label)
    return verb_page(request, "view", asked.assignment, form, "", title=title, button=button, asked=asked)


@officer_only
@require_POST
def withdraw(request, pk):
    """Take a request back before it is decided."""
    asked = access.request_to("withdraw", pk, actor=request.actor)
    try:
        actions.take_back(asked, by=request.actor.person)
        messages.success(request, _("Taken back."))
    except MoveRefused as refused:
        messages.warning(request, str(refused))
    return redirect(asked)


@officer_or_office
@form_page
def resume(request, pk):
    """Let the clock of a paused assignment run on."""
    assignment = access.assignment_to("resume", pk, actor=request.actor)
    form = ResumeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.resume(assignment, by=request.actor.person, on=timezone.localdate(), **form.values)
            messages.success(request, _("The clock runs on; its day has moved by the days it stood still."))

        return acted_once(request, form, act, assignment)
    lead = _("The day the answer is due moves by the days the clock stood still.")
    return verb_page(request, "resume", assignment, form, lead)
