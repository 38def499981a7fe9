"""Beats the pages of the front door share: acting, telling a refusal, showing a form."""

from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from members.models import FormKey

KEY_LENGTH = 32
form_page = require_http_methods(["GET", "POST"])


def words_of(choices):
    """Return the words of an enumeration in the reader's language, each looked up once for a whole list."""
    return {value: str(label) for value, label in choices}


def sent_before(request):
    """Return the address of what this very form made when it was sent the first time, or "".

    For forms whose second post would be refused for what the first one made, such as a name now in use.
    """
    key = request.POST.get("form_key", "")
    if not (len(key) == KEY_LENGTH and key.isascii() and key.isalnum()):
        return ""
    mine = FormKey.objects.filter(person=request.actor.person, key=key)
    return mine.values_list("result_url", flat=True).first() or ""


def show_form(request, template, form, **context):
    """Show a form page; a bad form is answered 422 with what was typed."""
    return TemplateResponse(
        request, template, {"form": form, **context}, status=422 if form.is_bound and not form.is_valid() else 200
    )
