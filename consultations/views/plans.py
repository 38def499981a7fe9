"""Pages of the year's plan, and of the forms of consultation a committee uses."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kit.forms import PortalForm
from members.access import directory, office_only
from members.acting import acted
from members.once import once

from .. import access, exports, reports
from ..actions import topics as actions
from ..defaults import install_forms
from ..forms.topics import ConsultationFormForm, LineForm, PlanForm
from ..models import ConsultationForm, Plan
from .common import form_page, show_form, topic_crumbs
from .rows import plan_rows


@directory
@require_GET
def plan_list(request):
    """The plans, the newest year first."""
    plans = Plan.objects.with_counts()
    return TemplateResponse(
        request, "consultations/plan_list.html", {"plans": plans, "crumbs": topic_crumbs(_("Plans of the years"))}
    )


@directory
@require_GET
def plan_detail(request, pk):
    """A year's plan as the table that is printed and issued, with how many topics have which form."""
    return _plan_page(request, access.plan_to("view", pk, actor=request.actor))


def _plan_page(request, plan, form=None):
    """Show a plan; the office finds below it the line to be added."""
    topics = plan.topics.by_line().select_related("form", "lead_group").prefetch_related("units")
    context = {
        "plan": plan,
        "lines": plan_rows(topics),
        "counts": reports.topics_by_form(plan),
        "form": (form or LineForm()) if request.actor.is_clerk else None,
        "crumbs": topic_crumbs(str(plan), (_("Plans of the years"), reverse("consultations:plan_list"))),
    }
    return TemplateResponse(request, "consultations/plan_detail.html", context, status=422 if form else 200)


@office_only
@form_page
def plan_create(request):
    """Open the plan of a year."""
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(
            once(form, request.actor, lambda: actions.open_plan(committee=request.actor.committee, **form.values))
        )
    context = {
        "form": form,
        "title": _("Open a plan"),
        "back": reverse("consultations:plan_list"),
        "crumbs": topic_crumbs(_("Open a plan")),
    }
    return show_form(request, "consultations/verb_form.html", context)


@office_only
@require_POST
def plan_add_line(request, pk):
    """Write one more line into the plan."""
    plan = access.plan_to("edit", pk, actor=request.actor)
    form = LineForm(request.POST)
    if not form.is_valid():
        return _plan_page(request, plan, form)

    def add():
        actions.draft_topic(committee=request.actor.committee, by=request.actor.person, plan=plan, **form.values)
        return f"{plan.get_absolute_url()}#new-line"

    return acted(request, f"{plan.get_absolute_url()}#new-line", lambda: once(form, request.actor, add))


@directory
@require_GET
def plan_export(request, pk, ending):
    """The plan as a file."""
    plan = access.plan_to("view", pk, actor=request.actor)
    sheet = exports.plan_lines(plan)
    return HttpResponse(
        getattr(sheet, ending)(),
        content_type=exports.TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="plan-{plan.year}.{ending}"'},
    )


@office_only
@form_page
def consultation_forms(request):
    """The forms of consultation the committee uses, and one more."""
    form = ConsultationFormForm(request.POST or None, instance=ConsultationForm(committee=request.actor.committee))
    if request.method == "POST" and form.is_valid():
        once(form, request.actor, lambda: form.save() and reverse("consultations:consultation_forms"))
        return redirect("consultations:consultation_forms")
    context = {
        "form": form,
        "install": PortalForm(),
        "forms": ConsultationForm.objects.all(),
        "crumbs": topic_crumbs(_("Forms of consultation")),
    }
    return show_form(request, "consultations/consultation_forms.html", context)


@office_only
@form_page
def consultation_form_edit(request, pk):
    """Change the name of a form, or whether it is light."""
    kept = access.form_to("edit", pk, actor=request.actor)
    form = ConsultationFormForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("consultations:consultation_forms")
    back = reverse("consultations:consultation_forms")
    way = topic_crumbs(kept.name, (_("Forms of consultation"), back))
    context = {"form": form, "title": _("Change a form of consultation"), "back": back, "crumbs": way}
    return show_form(request, "consultations/verb_form.html", context)


@office_only
@require_POST
def consultation_forms_install(request):
    """Take over the usual forms."""
    return acted(
        request,
        reverse("consultations:consultation_forms"),
        lambda: install_forms(request.actor.committee),
        _("Saved."),
    )
