"""Members: the list along two axes, one member's page, enrolling and changing, the list as a file."""

from django.contrib import messages
from django.db.models import Q, Value
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kit.htmx import or_part
from kit.paging import page_of
from kit.strokes import pad_name

from .. import access, actions
from ..access import directory, office_only
from ..exports import members_list
from ..forms import MemberFilter, MemberForm
from ..models import Area, Group, Membership, Sector, Term
from ..once import once, taken_before
from ..states import AreaKind, GroupKind

FILE_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _filter_form(data):
    """Return the filter with its choices: sectors, towns and groups, in one query."""
    sectors = Sector.objects.order_by().values_list(Value("sector"), "pk", "name", "order", Value(""))
    towns = Area.objects.order_by().filter(
        Q(kind__in=[AreaKind.TOWN, AreaKind.SUBDISTRICT])
        | Q(pk=int(data["area"]) if data.get("area", "").isdecimal() and len(data["area"]) < 10 else None)
    )
    areas = towns.values_list(Value("area"), "pk", "name", Value(0), Value(""))
    groups = Group.objects.order_by().filter(is_active=True)
    choices = {"sector": [], "area": [], "group": {kind.label: [] for kind in GroupKind}}
    everything = sectors.union(areas, groups.values_list(Value("group"), "pk", "name", Value(0), "kind"), all=True)
    for what, pk, name, _order, kind in sorted(everything, key=lambda row: (row[3], row[1])):
        (choices["group"][GroupKind(kind).label] if what == "group" else choices[what]).append((pk, name))
    return MemberFilter(data, sectors=choices["sector"], areas=choices["area"], groups=list(choices["group"].items()))


def _found(form):
    """Return the memberships of the current term that the filter leaves."""
    found = Membership.objects.current()
    values = form.cleaned_data if form.is_valid() else {}
    if values.get("q"):
        found = found.called(values["q"])
    if values.get("sector"):
        found = found.filter(sector=values["sector"])
    if values.get("area"):
        found = found.serving(values["area"])
    if values.get("group"):
        found = found.filter(seats__group=values["group"])
    return found.filter(is_standing=True) if values.get("standing") else found


@directory
@require_GET
@or_part("members/_member_rows.html")
def member_list(request):
    """List the members of the current term; sector and area are two axes that can be combined."""
    form = _filter_form(request.GET)
    found = _found(form)
    page = page_of(found.by_strokes().with_list_columns(), request, counted=found)
    context = {
        "filters": form,
        "page": page,
        "rows": [(row, pad_name(row.person.name)) for row in page],
        "export_query": request.GET.urlencode(),
        "crumbs": [(_("Home"), reverse("home")), (_("Members"), None)],
    }
    return TemplateResponse(request, "members/member_list.html", context)


@office_only
@require_GET
def member_export(request):
    """Hand out the list as a file, after noting who takes what."""
    kind = "csv" if request.GET.get("format") == "csv" else "xlsx"
    found = _found(_filter_form(request.GET)).by_strokes()
    sheet, count = members_list(found)
    content = getattr(sheet, kind)()
    actor = request.actor
    actions.log_export(committee=actor.committee, by=actor.person, what=f"members.{kind}", rows=count)
    response = HttpResponse(content, content_type=FILE_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="members-{timezone.localdate():%Y%m%d}.{kind}"'
    return response


@directory
@require_GET
def member_detail(request, pk):
    """Show a person: who they are here and what they belong to."""
    person = access.person_to("view", pk, actor=request.actor)
    enrolled = list(person.memberships.select_related("term", "sector").order_by("-term__ordinal"))
    current = next((row for row in enrolled if row.term.is_current), None)
    seats = list(current.seats.select_related("group").order_by("group__kind", "pk")) if current else []
    areas = Area.objects.filter(served_by__in=[seat.group_id for seat in seats]).order_by("pk")
    is_clerk = request.actor.is_clerk
    context = {
        "person": person,
        "name": pad_name(person.name),
        "current": current,
        "earlier": [row for row in enrolled if row is not current],
        "seats": seats,
        "areas": areas,
        "mobile": person.mobile if is_clerk else person.masked_mobile,
        "email": person.email if is_clerk else "",
        "grants": list(person.grants.select_related("unit")) if is_clerk else [],
        "crumbs": [
            (_("Home"), reverse("home")),
            (_("Members"), reverse("members:member_list")),
            (person.name, None),
        ],
    }
    return TemplateResponse(request, "members/member_detail.html", context)


@office_only
def member_create(request):
    """Enrol a new member in the current term."""
    if first := taken_before(request.POST, request.actor):
        return redirect(first)
    term = Term.objects.filter(is_current=True).first()
    if term is None:
        messages.warning(request, _("The committee has no current term; open one first."))
        return redirect("members:term_list")
    form = MemberForm(request.POST or None, term=term, initial={"from_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        url = once(form, request.actor, lambda: actions.create_member(term=term, **form.parts))
        messages.success(request, _("“%(entry)s” was saved.") % {"entry": form.cleaned_data["name"]})
        return redirect(url)
    return _form_page(request, form, _("New member"), reverse("members:member_list"))


@office_only
def member_edit(request, pk):
    """Change a member of the current term."""
    person = access.person_to("edit", pk, actor=request.actor)
    enrolled = person.memberships.filter(term__is_current=True).select_related("person", "term").first()
    if enrolled is None:
        messages.warning(request, _("“%(name)s” is not a member in the current term.") % {"name": person.name})
        return redirect(person)
    form = MemberForm(request.POST or None, term=enrolled.term, enrolled=enrolled)
    if request.method == "POST" and form.is_valid():
        actions.edit_member(enrolled, **form.parts)
        messages.success(request, _("“%(entry)s” was saved.") % {"entry": person})
        return redirect(person)
    return _form_page(request, form, _("Edit “%(entry)s”") % {"entry": person}, person.get_absolute_url())


def _form_page(request, form, heading, back):
    context = {
        "form": form,
        "heading": heading,
        "back": back,
        "crumbs": [
            (_("Home"), reverse("home")),
            (_("Members"), reverse("members:member_list")),
            (heading, None),
        ],
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "members/member_form.html", context, status=status)
