"""Groups and units: their pages, and the seats in a group."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kit.strokes import pad_name

from .. import access, actions
from ..access import directory, office_only
from ..forms import SeatForm
from ..models import Membership
from ..states import SeatRole
from .registers import GROUP, UNIT


@directory
@require_GET
def group_detail(request, pk):
    """Show a group: who sits in it, what it looks after, what is part of it."""
    group = access.group_to("view", pk, actor=request.actor)
    seats = group.seats.select_related("membership__person", "membership__sector")
    seats = sorted(seats, key=lambda seat: (seat.role != SeatRole.CONVENER, seat.membership.person.sort_key))
    context = {
        "group": group,
        "seats": [(seat, pad_name(seat.membership.person.name)) for seat in seats],
        "children": group.children.all(),
        "areas": group.areas.all(),
        "may_edit": request.actor.is_clerk,
        "crumbs": [*GROUP.crumbs, (group.name, None)],
    }
    return TemplateResponse(request, "members/group_detail.html", context)


def _candidates():
    return Membership.objects.current().by_strokes().select_related("person").only("number", "person__name")


@office_only
@require_http_methods(["GET", "POST"])
def seat_add(request, pk):
    """Give a member a seat in a group, or another role in it."""
    group = access.group_to("edit", pk, actor=request.actor)
    form = SeatForm(request.POST or None, memberships=_candidates())
    if request.method == "POST" and form.is_valid():
        actions.seat(group, **form.values)
        return redirect(group)
    context = {
        "form": form,
        "heading": _("Add a member"),
        "back": group.get_absolute_url(),
        "crumbs": [*GROUP.crumbs, (group.name, group.get_absolute_url()), (_("Add a member"), None)],
    }
    return TemplateResponse(request, "members/register_form.html", context, status=422 if form.is_bound else 200)


@office_only
@require_POST
def seat_remove(request, pk):
    """Take a seat in a group away."""
    seat = access.seat_to("edit", pk, actor=request.actor)
    group, name = seat.group, seat.membership.person.name
    seat.delete()
    messages.success(request, _("“%(name)s” no longer sits in the group.") % {"name": name})
    return redirect(group)


@directory
@require_GET
def unit_detail(request, pk):
    """Show a unit and the people who answer for it."""
    unit = access.unit_to("view", pk, actor=request.actor)
    context = {
        "unit": unit,
        "officers": unit.officers.select_related("person__user").order_by("person__sort_key"),
        "may_edit": request.actor.is_clerk,
        "crumbs": [*UNIT.crumbs, (unit.name, None)],
    }
    return TemplateResponse(request, "members/unit_detail.html", context)
