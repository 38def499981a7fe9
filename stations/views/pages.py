"""Beats the pages of the front door share: acting, telling a refusal, showing a form."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from kit.workflow import MoveRefused

form_page = require_http_methods(["GET", "POST"])


def acted(request, thing, act, done="", *, back=None):
    """Act, tell a refusal, and go back to the thing (or to `back`)."""
    try:
        act()
    except MoveRefused as refused:
        messages.warning(request, str(refused))
    else:
        if done:
            messages.success(request, done)
    return redirect(back or thing)


def show_form(request, template, form, **context):
    """Show a form page; a bad form is answered 422 with what was typed."""
    return TemplateResponse(
        request, template, {"form": form, **context}, status=422 if form.is_bound and not form.is_valid() else 200
    )
