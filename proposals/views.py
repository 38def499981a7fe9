"""Pages of the proposals room."""

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consultations.models import Outcome
from followups.judgements import judged
from kit.doors import can
from kit.htmx import or_part
from kit.paging import page_of
from kit.trace import chain
from members.access import member_only, office_only, signed_in
from members.acting import acted
from members.history import steps_of
from members.models import Unit
from members.once import once
from stations.models import Matter

from . import access, actions
from .forms import FilterForm, HandOverForm, ProposalForm, ReasonForm
from .models import Proposal

form_page = require_http_methods(["GET", "POST"])


@signed_in
@require_GET
@or_part("proposals/_proposal_rows.html")
def proposal_list(request):
    """The register: what the actor may see, by state and category."""
    proposals = Proposal.objects.visible_to(request.actor).with_list_columns()
    filters = FilterForm(request.GET)
    if filters.is_valid():
        proposals = proposals.matching(**filters.cleaned_data)
    return TemplateResponse(
        request,
        "proposals/proposal_list.html",
        {"page": page_of(proposals, request), "filters": filters, "crumbs": [(_("Proposals"), None)]},
    )


@signed_in
@require_GET
def proposal_detail(request, pk):
    """One proposal: its words, its way, the answer, and what the actor may do now."""
    actor = request.actor
    proposal = access.proposal_to("view", pk, actor=actor)
    said, steps = judged(proposal.assignment, actor=actor), steps_of(proposal)
    return TemplateResponse(
        request,
        "proposals/proposal_detail.html",
        {
            "proposal": proposal,
            "can": can(proposal, may=access.PROPOSAL_MAY, actor=actor),
            "may_edit": access.is_author(actor, proposal) and proposal.is_with_author,
            # That the proposer has judged is between proposer and office; the unit learns it only in totals.
            "steps": steps if said.reads else [step for step in steps if step.verb != "rate"],
            "replies": list(proposal.assignment.replies.all()) if proposal.assignment else [],
            "judged": said,
            "chain": chain(proposal, actor=actor),
            "crumbs": [(_("Proposals"), reverse("proposals:list")), (proposal.label, None)],
        },
    )


@member_only
@form_page
def create(request):
    """Begin a proposal, from nothing or from a matter or an outcome."""
    matter = _origin(Matter, request.GET.get("matter") or request.POST.get("matter"), request.actor)
    outcome = _origin(Outcome, request.GET.get("outcome") or request.POST.get("outcome"), request.actor)
    form = ProposalForm(request.POST or None, initial=_first_words(matter, outcome))
    if request.method == "POST" and form.is_valid():

        def act():
            return actions.draft_proposal(
                committee=request.actor.committee,
                by=request.actor.person,
                matter=matter,
                outcome=outcome,
                **form.values,
            )

        return redirect(once(form, request.actor, act))
    context = {"form": form, "matter": matter, "outcome": outcome, "title": _("New proposal")}
    return _form_page(request, "proposals/proposal_form.html", context)


@member_only
@form_page
def edit(request, pk):
    """Change the words while they are still the author's."""
    proposal = access.proposal_to("edit", pk, actor=request.actor)
    form = ProposalForm(request.POST or None, instance=proposal)
    if request.method == "POST" and form.is_valid():
        return acted(
            request, proposal, lambda: actions.rewrite_proposal(proposal, by=request.actor.person, **form.values)
        )
    context = {"form": form, "proposal": proposal, "title": _("Edit proposal")}
    return _form_page(request, "proposals/proposal_form.html", context)


@member_only
@require_POST
def submit(request, pk):
    """Put it to the committee."""
    proposal = access.proposal_to("submit", pk, actor=request.actor)
    return acted(
        request,
        proposal,
        lambda: actions.submit_proposal(proposal, by=request.actor.person, on=timezone.localdate()),
        _("Submitted. The committee office has been told."),
    )


@member_only
@require_POST
def withdraw(request, pk):
    """Take it back."""
    proposal = access.proposal_to("withdraw", pk, actor=request.actor)
    return acted(request, proposal, lambda: actions.withdraw_proposal(proposal, by=request.actor.person))


@office_only
@require_POST
def file(request, pk):
    """Accept it onto the register."""
    proposal = access.proposal_to("file", pk, actor=request.actor)
    return acted(
        request,
        proposal,
        lambda: actions.file_proposal(proposal, by=request.actor.person, on=timezone.localdate()),
        _("Filed. The author has been told the number."),
    )


@office_only
@form_page
def return_(request, pk):
    """Give it back to its author for more."""
    proposal = access.proposal_to("return", pk, actor=request.actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return acted(
            request, proposal, lambda: actions.return_proposal(proposal, by=request.actor.person, **form.values)
        )
    return _verb_page(request, form, proposal, _("Return for more"), _("What is missing?"))


@office_only
@form_page
def decline(request, pk):
    """Do not file it, with the ground."""
    proposal = access.proposal_to("decline", pk, actor=request.actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return acted(
            request,
            proposal,
            lambda: actions.decline_proposal(proposal, by=request.actor.person, **form.values),
        )
    return _verb_page(request, form, proposal, _("Do not file"), _("On what ground? The author reads this."))


@office_only
@form_page
def hand_over(request, pk):
    """Hand it to a unit."""
    proposal = access.proposal_to("hand_over", pk, actor=request.actor)
    on = timezone.localdate()
    form = HandOverForm(request.POST or None, units=Unit.objects.filter(is_active=True), on=on)
    if request.method == "POST" and form.is_valid():
        return acted(
            request,
            proposal,
            lambda: actions.hand_over_proposal(proposal, by=request.actor.person, on=on, **form.values),
            _("Handed over. The unit and the author have been told."),
        )
    return _verb_page(request, form, proposal, _("Hand over"), _("The unit signs for it and gets a clock."))


def _origin(model, pk, actor):
    """Return the matter or outcome named in the address, if the actor sees it; 404 for anything else."""
    if not pk:
        return None
    thing = model.objects.visible_to(actor).filter(pk=pk).first() if pk.isascii() and pk.isdigit() else None
    if thing is None:
        raise Http404
    return thing


def _first_words(matter, outcome):
    """Return what a proposal from a matter or an outcome starts with, so that nobody types it twice."""
    if matter:
        return {"title": matter.subject[:80], "situation": matter.text or matter.subject}
    if outcome:
        return {"title": outcome.session.title[:80], "situation": outcome.text}
    return {}


def _verb_page(request, form, proposal, title, lead, **more):
    """Show the form of one verb."""
    context = {"form": form, "proposal": proposal, "title": title, "lead": lead, **more}
    return _form_page(request, "proposals/verb_form.html", context)


def _form_page(request, template, context):
    """Show a form page; a bad form is answered 422 with what was typed."""
    crumbs = [(_("Proposals"), reverse("proposals:list")), (context["title"], None)]
    status = 422 if context["form"].is_bound else 200
    return TemplateResponse(request, template, {"crumbs": crumbs, **context}, status=status)
