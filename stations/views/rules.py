"""Pages of duty rules: all of them, one with the dates it gives and why, and writing one."""

from datetime import timedelta

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kit.doors import can
from kit.paging import page_of
from kit.recurrence import HolidayPolicy
from members.access import directory, office_only
from members.calendars import calendar_for
from members.models import Membership
from members.once import once

from .. import access, actions, rota
from ..forms.duty import DutyRuleForm
from ..models import DutyRule, Station
from ..states import DutyKind
from .pages import form_page, sent_before, show_form, words_of

COLUMNS = (
    "pk",
    "name",
    "kind",
    "starts_at",
    "ends_at",
    "holiday_policy",
    "valid_from",
    "valid_until",
    "station__name",
)
AHEAD = timedelta(days=120)  # dates shown of a rule


@directory
@require_GET
def rule_list(request):
    """All duty rules, station by station."""
    rules = DutyRule.objects.filter(station__in=Station.objects.visible_to(request.actor))
    page = page_of(rules.order_by("station_id", "pk").values(*COLUMNS), request)
    kinds, policies = words_of(DutyKind.choices), words_of(HolidayPolicy.choices)
    for row in page:
        row["kind"], row["holiday_policy"] = kinds[row["kind"]], policies[row["holiday_policy"]]
    context = {
        "page": page,
        "crumbs": [(_("Stations"), reverse("stations:station_list")), (_("Duty rules"), None)],
    }
    return TemplateResponse(request, "stations/rule_list.html", context)


@directory
@require_GET
def rule_detail(request, pk):
    """One rule: the next dates it gives with why some are moved or left out, who is planned, and the order of turns."""
    actor, on = request.actor, timezone.localdate()
    rule = access.rule_to("view", pk, actor=actor)
    until = on + AHEAD
    slots = {
        slot.rule_day: slot
        for slot in rule.slots.filter(rule_day__range=(on, until)).prefetch_related("people").select_related("station")
    }
    days = rota.rule_days(rule, on, until, calendar=calendar_for(actor.committee))
    context = {
        "rule": rule,
        "can": can(rule, may=access.RULE_MAY, actor=actor),
        "days": [(day, slots.get(day.rule_day)) for day in days],
        "pool": [place.person for place in rule.places.select_related("person")],
        "crumbs": [
            (_("Stations"), reverse("stations:station_list")),
            (rule.station.name, rule.station.get_absolute_url()),
            (rule.name, None),
        ],
    }
    return TemplateResponse(request, "stations/rule_detail.html", context)


@office_only
@form_page
def rule_create(request, pk):
    """Give a station a duty rule."""
    station = access.station_to("edit", pk, actor=request.actor)
    if first := sent_before(request):
        return redirect(first)
    on = timezone.localdate()
    form = DutyRuleForm(request.POST or None, station=station, initial={"valid_from": on})
    if request.method == "POST" and form.is_valid():
        pool = form.cleaned_data["pool"]
        url = once(form, request.actor, lambda: actions.create_rule(station, pool=pool, on=on, **form.words))
        return redirect(url)
    return _rule_page(request, form, station, _("New duty rule"), station.get_absolute_url())


@office_only
@form_page
def rule_edit(request, pk):
    """Change a rule; what nobody has confirmed yet is planned anew."""
    rule = access.rule_to("edit", pk, actor=request.actor)
    on = timezone.localdate()
    form = DutyRuleForm(
        request.POST or None, instance=rule, station=rule.station, initial={"pool": "、".join(_pool_words(rule))}
    )
    if request.method == "POST" and form.is_valid():
        pool = form.cleaned_data["pool"]
        url = once(form, request.actor, lambda: actions.edit_rule(rule, pool=pool, on=on, **form.words))
        return redirect(url)
    return _rule_page(request, form, rule.station, _("Edit duty rule"), rule.get_absolute_url())


def _pool_words(rule):
    """Return the members of the pool by their numbers, whom two may share a name."""
    people = list(rule.places.values_list("person_id", "person__name"))
    numbers = dict(
        Membership.objects.current().filter(person__in=[pk for pk, _name in people]).values_list("person_id", "number")
    )
    return [numbers.get(pk, name) for pk, name in people]


def _rule_page(request, form, station, title, back):
    crumbs = [
        (_("Stations"), reverse("stations:station_list")),
        (station.name, station.get_absolute_url()),
        (title, None),
    ]
    return show_form(
        request, "stations/rule_form.html", form, title=title, station=station, cancel_url=back, crumbs=crumbs
    )
