"""Accounts: who may sign in, in which roles, and new passwords."""

import secrets

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kit.htmx import or_part
from kit.paging import page_of
from kit.workflow import MoveRefused

from .. import access, actions
from ..access import office_only
from ..forms import AccountChangeForm, AccountForm, GrantForm, KeyForm, SearchFilter
from ..models import Person
from ..once import once, taken_before
from ..states import Role

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read for another


def new_password() -> str:
    """Return a password that is hard to guess and easy to read out: four groups of four."""
    return "-".join("".join(secrets.choice(_LETTERS) for _letter in range(4)) for _group in range(4))


def _crumbs(*more):
    return [
        (_("Home"), reverse("home")),
        (_("Set-up"), reverse("members:setup")),
        (_("Accounts and roles"), reverse("members:account_list") if more else None),
        *more,
    ]


@office_only
@require_GET
@or_part("members/_account_rows.html")
def account_list(request):
    """List everybody who has an account or a role here."""
    filters = SearchFilter(request.GET, kinds=Role.choices)
    filters.fields["kind"].label = _("Role")
    found = Person.objects.with_access().by_strokes()
    values = filters.cleaned_data if filters.is_valid() else {}
    if values.get("kind"):
        found = found.with_access(role=values["kind"])
    if values.get("q"):
        found = found.filter(Q(name__icontains=values["q"]) | Q(user__username__icontains=values["q"]))
    page = page_of(found.with_account_columns(), request)
    context = {"filters": filters, "page": page, "crumbs": _crumbs()}
    return TemplateResponse(request, "members/account_list.html", context)


@office_only
def account_create(request):
    """Open an account for a person named by `?person=`, or for somebody new; the password is shown this once."""
    if first := taken_before(request.POST, request.actor):
        return redirect(first)
    person = None
    if request.GET.get("person"):
        person = access.account_to("edit", _number(request.GET["person"]), actor=request.actor)
        if person.user:
            return redirect("members:account_detail", person.pk)
    form = AccountForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        made = []
        url = once(form, request.actor, lambda: _open(request, form.values, person, made))
        return _password_page(request, *made[0]) if made else redirect(url)
    heading = _("Account for %(name)s") % {"name": person.name} if person else _("New account")
    context = {
        "form": form,
        "heading": heading,
        "back": reverse("members:account_list"),
        "crumbs": _crumbs((heading, None)),
    }
    return TemplateResponse(request, "members/register_form.html", context, status=422 if form.errors else 200)


def _number(word):
    return int(word) if word.isdecimal() and len(word) < 10 else None


def _open(request, values, person, made):
    """Make the account and its roles; `made` gets the person and the password, which is kept nowhere."""
    if person is None:
        person = Person.objects.create(committee=request.actor.committee, name=values["name"])
    password = new_password()
    actions.create_account(person, username=values["username"], email=values["email"], password=password)
    for role in values["roles"]:
        actions.grant_role(person, role=role, unit=values["unit"], by=request.actor.person)
    made.append((person, password))
    return reverse("members:account_detail", args=[person.pk])


def _password_page(request, person, password):
    context = {
        "person": person,
        "password": password,
        "crumbs": _crumbs((person.name, reverse("members:account_detail", args=[person.pk])), (_("Password"), None)),
    }
    return TemplateResponse(request, "members/account_password.html", context)


@office_only
@require_GET
def account_detail(request, pk):
    """Show a person's account and roles, and what can be done about them."""
    person = access.account_to("view", pk, actor=request.actor)
    return _account_page(request, person)


def _account_page(request, person, *, grant_form=None, change_form=None):
    user = person.user
    if change_form is None and user:
        change_form = AccountChangeForm(initial={"email": user.email, "is_active": user.is_active})
    context = {
        "person": person,
        "grants": person.grants.select_related("unit"),
        "grant_form": grant_form or GrantForm(person=person),
        "change_form": change_form,
        "key_form": KeyForm(),
        "crumbs": _crumbs((person.name, None)),
    }
    wrong = any(form is not None and form.errors for form in (grant_form, change_form))
    return TemplateResponse(request, "members/account_detail.html", context, status=422 if wrong else 200)


@office_only
@require_POST
def account_edit(request, pk):
    """Change an account's address, or close and open it."""
    person = access.account_to("edit", pk, actor=request.actor)
    form = AccountChangeForm(request.POST)
    if not form.is_valid():
        return _account_page(request, person, change_form=form)
    try:
        actions.change_account(person, **form.values)
        messages.success(request, _("“%(entry)s” was saved.") % {"entry": person})
    except MoveRefused as refused:
        messages.warning(request, str(refused))
    return redirect("members:account_detail", person.pk)


@office_only
@require_POST
def account_reset(request, pk):
    """Set a new password and show it this once."""
    person = access.account_to("reset", pk, actor=request.actor)
    password = new_password()
    try:
        actions.reset_password(person, password=password, at=timezone.now())
    except MoveRefused as refused:
        messages.warning(request, str(refused))
        return redirect("members:account_detail", person.pk)
    return _password_page(request, person, password)


@office_only
@require_POST
def role_grant(request, pk):
    """Grant somebody else one more role."""
    person = access.account_to("grant", pk, actor=request.actor)
    form = GrantForm(request.POST, person=person)
    if form.is_valid():
        try:
            actions.grant_role(person, by=request.actor.person, **form.values)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
    if form.errors:
        return _account_page(request, person, grant_form=form)
    messages.success(request, _("The role was granted."))
    return redirect("members:account_detail", person.pk)


@office_only
@require_POST
def role_revoke(request, pk):
    """Take a role back."""
    grant = access.grant_to("revoke", pk, actor=request.actor)
    try:
        actions.revoke_role(grant)
        messages.success(request, _("The role was taken back."))
    except MoveRefused as refused:
        messages.warning(request, str(refused))
    return redirect("members:account_detail", grant.person_id)
