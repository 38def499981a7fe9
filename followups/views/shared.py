"""What the pages of acts on an assignment have in common."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kit.workflow import refusal

from ..states import ACTS_IN, QUIET_WORDS, STEP_WORDS

form_page = require_http_methods(["GET", "POST"])


def is_open(assignment, verb) -> bool:
    """Whether the state allows the verb, a move or an act that moves nothing."""
    if verb in assignment.MOVES:
        return assignment.state in assignment.MOVES[verb].sources
    return assignment.state in ACTS_IN.get(verb, (assignment.state,))


def verb_page(request, verb, assignment, form, lead, *, title="", **context):
    """Show the form of one verb; when it is not open now, say so on the assignment's own page."""
    if not is_open(assignment, verb):
        messages.warning(request, refusal(assignment))
        return redirect(assignment)
    title = title or str(STEP_WORDS.get(verb) or QUIET_WORDS[verb])
    crumbs = [(_("Follow-up"), reverse("followups:list")), (assignment.title, assignment.get_absolute_url())]
    if verb in ("send_back", "close"):
        context["reply"] = assignment.replies.last()
    return TemplateResponse(
        request,
        "followups/verb_form.html",
        {"assignment": assignment, "form": form, "title": title, "lead": lead, **context}
        | {"crumbs": [*crumbs, (title, None)]},
        status=422 if form.is_bound else 200,
    )
