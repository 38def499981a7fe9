"""Pages of the committee's clocks: which there are, and the next version of one."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.access import office_only
from members.acting import acted_once

from .. import access, actions, defaults
from ..forms import RuleForm
from ..models import DeadlineRule

FIELDS = ("version", "amount", "unit", "rolls_forward", "blue_days", "yellow_days", "source")


@office_only
@require_GET
def rule_list(request):
    """Every clock of the committee: its newest version, where it comes from, and the versions before."""
    on = timezone.localdate()
    clocks: dict = {}
    for rule in DeadlineRule.objects.filter(committee=request.actor.committee):
        rule.is_ahead = rule.valid_from > on
        clocks.setdefault(rule.key, []).append(rule)
    newest_first = sorted(clocks.values(), key=lambda versions: versions[-1].pk)
    return TemplateResponse(
        request,
        "followups/rule_list.html",
        {
            "clocks": newest_first,
            "missing": defaults.missing_from(request.actor.committee),
            "crumbs": [(_("Follow-up"), reverse("followups:list")), (_("Clocks"), None)],
        },
    )


@office_only
@require_POST
def rule_add_missing(request):
    """Add the shipped clocks that the committee lacks; done twice it is done once."""
    defaults.install_missing(request.actor.committee, on=timezone.localdate())
    messages.success(request, _("The missing clocks were added; please check their length."))
    return redirect("followups:rule_list")


@office_only
@require_http_methods(["GET", "POST"])
def rule_edit(request, pk):
    """Write the next version of a clock, valid from a day."""
    rule = access.rule_to("edit", pk, actor=request.actor)
    on, back = timezone.localdate(), reverse("followups:rule_list")
    initial = {name: getattr(rule, name) for name in FIELDS} | {"valid_from": on}
    form = RuleForm(request.POST or None, rule=rule, on=on, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.change_rule(rule, **form.values)
            messages.success(request, _("Changed. What is handed over from that day on follows the new clock."))
            return back

        return acted_once(request, form, act, back)
    crumbs = [(_("Follow-up"), reverse("followups:list")), (_("Clocks"), back), (rule.name, None)]
    return TemplateResponse(
        request,
        "followups/rule_form.html",
        {"form": form, "rule": rule, "crumbs": crumbs},
        status=422 if form.is_bound else 200,
    )
