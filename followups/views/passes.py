"""Ways in without an account: the office makes a pass, the unit opens it with a code and works on one assignment.

Looking at a link does nothing; only the code, sent by a form, uses it up. What the pass opens is kept in the session of
the browser that opened it, and is nothing but this one assignment.
"""

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kit.doors import public
from kit.tenancy import committee_scope, every_committee
from kit.workflow import MoveRefused, open_verbs, refusal
from members.access import Actor, office_only
from members.acting import acted_once
from members.once import once
from members.states import Role

from .. import access, actions
from ..forms import MOVE_FORMS, AnswerForm, CodeForm, MakePassForm
from ..models import UnitPass
from ..states import OPEN, STEP_WORDS

HELD = "unit_pass"  # session key of the pass this browser has opened
LEAD = gettext_lazy(
    "A link is mailed that opens this assignment alone, for two weeks, in one browser. Earlier links end."
)
VERBS = ("sign", "progress", "answer")
stranger = public(because="a unit without an account works by a mailed link and a code")


@office_only
@require_http_methods(["GET", "POST"])
def pass_make(request, pk):
    """Mail a way in to a contact of the unit; the code is shown once, to be told by telephone."""
    assignment = access.assignment_to("make_pass", pk, actor=request.actor)
    if assignment.state not in OPEN:
        messages.warning(request, refusal(assignment))
        return redirect(assignment)
    form = MakePassForm(request.POST or None, initial={"name": assignment.unit.contact})
    if request.method == "POST" and form.is_valid():

        def act():
            made = actions.make_pass(assignment, by=request.actor.person, at=timezone.now(), **form.values)
            words = {"person": made.unit_pass.person, "code": made.code}
            messages.success(
                request,
                _("The link is on its way to %(person)s. Tell them this code by telephone: %(code)s.") % words,
            )
            return assignment

        return acted_once(request, form, act, assignment)
    title = _("Let the unit in without an account")
    crumbs = [(_("Follow-up"), reverse("followups:list")), (assignment.title, assignment.get_absolute_url())]
    return TemplateResponse(
        request,
        "followups/verb_form.html",
        {
            "assignment": assignment,
            "form": form,
            "title": title,
            "lead": LEAD,
            "crumbs": [*crumbs, (title, None)],
        },
        status=422 if form.is_bound else 200,
    )


@stranger
@require_http_methods(["GET", "POST"])
def pass_open(request, token):
    """Ask for the code of a mailed link; the right one uses the link up and opens the assignment."""
    now = timezone.now()
    found = actions.find_pass(token, at=now)
    if found is None:
        raise Http404
    if request.session.get(HELD) == found.pk:
        return redirect("followups:pass_work")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with committee_scope(found.committee_id):
                actions.open_pass(found, code=form.cleaned_data["code"], at=now)
        except MoveRefused as refused:
            form.add_error("code", str(refused))
        else:
            request.session.cycle_key()
            request.session[HELD] = found.pk
            return redirect("followups:pass_work")
    context = {"form": form, "committee": found.committee, "is_used": found.used_at is not None}
    return TemplateResponse(request, "followups/pass_open.html", context, status=422 if form.is_bound else 200)


@stranger
@require_GET
def pass_work(request):
    """The one assignment a pass has opened, with what its unit may do now."""
    held = _held(request)
    with committee_scope(held.committee_id):
        assignment, actor = held.assignment, _actor(held)
        page = TemplateResponse(
            request,
            "followups/pass_work.html",
            {
                "assignment": assignment,
                "committee": held.committee,
                "who": actor.person,
                "replies": list(assignment.replies.all()),
                "receipt": getattr(assignment, "receipt", None),
                "verbs": [(verb, STEP_WORDS[verb]) for verb in VERBS if verb in open_verbs(assignment)],
            },
        )
        return page.render()


@stranger
@require_http_methods(["GET", "POST"])
def pass_act(request, verb):
    """Sign for it, report or answer by a pass: the same forms and the same acts as with an account."""
    held = _held(request)
    if verb not in VERBS:
        raise Http404
    with committee_scope(held.committee_id):
        assignment, actor = held.assignment, _actor(held)
        back = reverse("followups:pass_work")
        if verb not in open_verbs(assignment) and request.method == "GET":
            messages.warning(request, refusal(assignment))
            return redirect(back)
        form = _form(verb, request.POST or None, assignment)
        if request.method == "POST" and form.is_valid():
            try:
                once(form, actor, lambda: _act(verb, assignment, actor, form.values) or back)
                messages.success(request, _("Taken over. The office has been told."))
            except MoveRefused as refused:
                messages.warning(request, str(refused))
            return redirect(back)
        page = TemplateResponse(
            request,
            "followups/pass_act.html",
            {
                "assignment": assignment,
                "committee": held.committee,
                "form": form,
                "title": STEP_WORDS[verb],
                "back": back,
            },
            status=422 if form.is_bound else 200,
        )
        return page.render()


@stranger
@require_POST
def pass_leave(request):
    """End the work by a pass in this browser."""
    request.session.pop(HELD, None)
    messages.success(request, _("You have left. The link does not open again."))
    return redirect("login")


def _form(verb, data, assignment):
    """Return the form of one of the three acts."""
    if verb == "answer":
        return AnswerForm(data, assignment=assignment, on=timezone.localdate())
    return MOVE_FORMS[verb](data)


def _act(verb, assignment, actor, values):
    """Do one of the three acts, as whoever holds the pass."""
    by, on = actor.person, timezone.localdate()
    if verb == "sign":
        actions.sign_for(assignment, by=by, on=on, **values)
    elif verb == "progress":
        actions.report_progress(assignment, by=by, **values)
    else:
        # Nobody else of the unit has an account, so nobody could clear it: the answer goes out at once.
        actions.answer(assignment, by=by, on=on, text=values["text"], degree=values.get("degree"))


def _held(request):
    """Return the pass this browser has opened; 404 when there is none, it has ended or was taken back."""
    pk = request.session.get(HELD)
    with every_committee(because="a pass tells its committee by itself"):
        held = UnitPass.objects.filter(pk=pk, is_withdrawn=False, ends_at__gt=timezone.now(), used_at__isnull=False)
        found = held.select_related("committee", "person", "assignment__unit", "assignment__receipt").first()
    if found is None:
        raise Http404
    found.assignment.committee = found.committee
    return found


def _actor(held):
    """Return whoever holds the pass as the actor of its unit, for this request alone."""
    return Actor(
        user=AnonymousUser(),
        person=held.person,
        committee=held.committee,
        roles=frozenset({Role.OFFICER}),
        unit_ids=frozenset({held.assignment.unit_id}),
    )
