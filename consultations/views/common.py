"""What the pages of this room share: acting, telling a refusal, and form pages that answer 422."""

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

form_page = require_http_methods(["GET", "POST"])


def show_form(request, template, context, *, status=None):
    """Show a form page; a bad form is answered 422 with what was typed."""
    if status is None:
        status = 422 if context["form"].is_bound else 200
    return TemplateResponse(request, template, context, status=status)


def session_crumbs(session, last=None):
    """Return the way to a session, to a page below it, or to a page beside the calendar."""
    way = [(_("Consultations"), reverse("consultations:session_calendar"))]
    if session is None:
        return [*way, (last, None)]
    if last is None:
        return [*way, (session.title, None)]
    return [*way, (session.title, session.get_absolute_url()), (last, None)]


def topic_crumbs(last, *between):
    """Return the way to a topic, or to a page below it."""
    return [(_("Topics and plan"), reverse("consultations:topic_list")), *between, (last, None)]
