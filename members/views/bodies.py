"""Groups and units: their pages, and the seats in a group."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kit.strokes import pad_name

from .. import access, actions
from ..access import directory, office_only
from ..forms import KeyForm, SeatForm
from ..models import Membership
from ..states import SeatRole
from .registers import GROUP, UNIT


@directory
@require_GET
def group_detail(request, pk):
    """Show a group: who sits in it, what it looks after, what is part of it."""
    group = access.group_to("view", pk, actor=request.actor)
    return _group_page(request, group)


def _group_page(request, group, form=None):
    seats = group.seats.select_related("membership__person", "membership__sector")
    seats = sorted(seats, key=lambda seat: (seat.role != SeatRole.CONVENER, seat.membership.person.sort_key))
    may_edit = request.actor.is_clerk
    if may_edit and form is None:
        form = SeatForm(memberships=_candidates())
    context = {
        "group": group,
        "seats": [(seat, pad_name(seat.membership.person.name)) for seat in seats],
        "children": group.children.all(),
        "areas": group.areas.all(),
        "may_edit": may_edit,
        "form": form,
        "key_form": KeyForm(),
        "crumbs": [*GROUP.crumbs, (group.name, None)],
    }
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "members/group_detail.html", context, status=status)


def _candidates():
    return Membership.objects.current().by_strokes().select_related("person").only("number", "person__name")


@office_only
@require_POST
def seat_add(request, pk):
    """Give a member a seat in a group, or another role in it."""
    group = access.group_to("edit", pk, actor=request.actor)
    form = SeatForm(request.POST, memberships=_candidates())
    if not form.is_valid():
        return _group_page(request, group, form)
    actions.seat(group, **form.values)
    return redirect(group)


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
