"""Pages of what is done while something is handled: by the unit, and by the office around it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kit.workflow import MoveRefused
from members.access import office_only, officer_only
from members.acting import acted_once

from .. import access, actions
from ..forms import (
    AddPartForm,
    ContactForm,
    DraftForm,
    HandlerForm,
    MilestoneForm,
    ReturnDraftForm,
    SupervisionForm,
)
from ..models import Draft
from .shared import form_page, verb_page


@officer_only
@form_page
def handler(request, pk):
    """Name who in the unit handles it, also after it was signed for."""
    assignment = access.assignment_to("handler", pk, actor=request.actor)
    form = HandlerForm(request.POST or None, initial={"handler": assignment.handler})
    if request.method == "POST" and form.is_valid():

        def act():
            actions.name_handler(assignment, by=request.actor.person, **form.values)
            messages.success(request, _("Named."))

        return acted_once(request, form, act, assignment)
    return verb_page(request, "handler", assignment, form, "")


@officer_only
@form_page
def contact(request, pk):
    """Note that the unit heard whoever raised it."""
    assignment = access.assignment_to("contact", pk, actor=request.actor)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.note_contact(assignment, by=request.actor.person, on=timezone.localdate(), **form.values)
            messages.success(request, _("Contact noted."))

        return acted_once(request, form, act, assignment)
    lead = _("Whoever raised it is heard before the answer is written; the first time is kept as the first contact.")
    return verb_page(request, "contact", assignment, form, lead)


@officer_only
@form_page
def milestone(request, pk):
    """Promise something in between."""
    assignment, on = access.assignment_to("milestone", pk, actor=request.actor), timezone.localdate()
    form = MilestoneForm(request.POST or None, assignment=assignment, on=on)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.add_milestone(assignment, by=request.actor.person, **form.values)
            messages.success(request, _("Promised. Past its day it turns the light yellow until it is reached."))

        return acted_once(request, form, act, assignment)
    lead = _("What is done by when, before the answer is due. Whoever sees this page reads it.")
    return verb_page(request, "milestone", assignment, form, lead)


@officer_only
@require_POST
def milestone_reach(request, pk):
    """Write down that a milestone is reached."""
    found = access.milestone_to("reach", pk, actor=request.actor)
    try:
        actions.reach_milestone(found, by=request.actor.person, on=timezone.localdate())
    except MoveRefused as refused:
        messages.warning(request, str(refused))
    return redirect(found.assignment)


@officer_only
@form_page
def draft_clear(request, pk):
    """Clear a draft that somebody else in the unit wrote, and send it."""
    assignment = access.assignment_to("clear_draft", pk, actor=request.actor)
    draft = _draft_of(assignment)
    form = DraftForm(request.POST or None, initial={"version": draft.version})
    if request.method == "POST" and form.is_valid():

        def act():
            draft.version = form.values["version"]  # the one that was read
            actions.clear_draft(draft, by=request.actor.person, on=timezone.localdate())
            messages.success(request, _("Answered. The office and whoever raised it have been told."))

        return acted_once(request, form, act, assignment)
    title, lead = _("Clear and send"), _("The answer goes to the office and to whoever raised this.")
    return verb_page(request, "clear_draft", assignment, form, lead, title=title, draft=draft)


@officer_only
@form_page
def draft_return(request, pk):
    """Give a draft back to whoever wrote it, with words."""
    assignment = access.assignment_to("return_draft", pk, actor=request.actor)
    draft = _draft_of(assignment)
    form = ReturnDraftForm(request.POST or None, initial={"version": draft.version})
    if request.method == "POST" and form.is_valid():

        def act():
            draft.version = form.values["version"]
            actions.return_draft(draft, by=request.actor.person, words=form.values["words"])
            messages.success(request, _("Given back. Whoever wrote it has been told."))

        return acted_once(request, form, act, assignment)
    return verb_page(request, "return_draft", assignment, form, "", title=_("Give the draft back"), draft=draft)


def _draft_of(assignment):
    """Return what the unit has drafted; 404 while there is nothing."""
    draft = Draft.objects.filter(assignment=assignment).select_related("by", "degree").first()
    if draft is None:
        raise Http404
    draft.assignment = assignment
    return draft


@office_only
@form_page
def supervise(request, pk):
    """Say who presses, and which number it has with a supervision office."""
    assignment = access.assignment_to("supervise", pk, actor=request.actor)
    form = SupervisionForm(request.POST or None, assignment=assignment)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.set_supervision(assignment, by=request.actor.person, **form.values)
            messages.success(request, _("Saved."))

        return acted_once(request, form, act, assignment)
    return verb_page(request, "supervise", assignment, form, "")


@office_only
@form_page
def add_part(request, pk):
    """Ask one more unit for its opinion."""
    assignment = access.assignment_to("add_part", pk, actor=request.actor)
    form = AddPartForm(request.POST or None, assignment=assignment)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.add_assisting(assignment, by=request.actor.person, on=timezone.localdate(), **form.values)
            messages.success(request, _("Asked. The unit has been told and must sign for it."))

        return acted_once(request, form, act, assignment)
    lead = _("Its opinion goes to the leading unit, before the joint answer.")
    return verb_page(request, "add_part", assignment, form, lead)
