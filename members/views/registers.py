"""The committee's plain registers: each is described once, and its list, form and removal follow from that."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model, ProtectedError, Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from kit.htmx import or_part
from kit.paging import page_of

from .. import access
from ..access import directory, office_only
from ..forms import KeyForm, SearchFilter, register_form
from ..models import Area, Brand, CalendarDay, Group, Sector, Term, Unit
from ..once import once, taken_before


@dataclass(frozen=True)
class Register:
    """One register: what it keeps, the columns of its list (paths of fields), and the fields of its form."""

    name: str  # stem of the addresses: sector → sector_list, sector_create, sector_edit, sector_delete
    model: type[Model]
    title: str | Promise
    lead: str | Promise
    new: str | Promise
    columns: tuple[str, ...]
    fields: tuple[str, ...]
    search: tuple[str, ...] = ("name",)
    order: tuple[str, ...] = ("pk",)
    door: Callable = office_only
    has_kinds: bool = False
    has_page: bool = False  # entries have a page of their own
    is_removable: bool = True  # otherwise entries are put out of use instead
    more: tuple[str, Any] | None = None  # another page that belongs to it: verb, label
    act: tuple[str, Any, Any] | None = None  # a button on every row whose last column is “no”: verb, label, question

    def url(self, verb: str, *args: Any) -> str:
        """Return one of the register's addresses."""
        return reverse(f"members:{self.name}_{verb}", args=args)

    @property
    def crumbs(self) -> list[tuple[str, str | None]]:
        """The way to the list."""
        upper = [] if self.door is directory else [(_("Set-up"), reverse("members:setup"))]
        return [(_("Home"), reverse("home")), *upper, (str(self.title), self.url("list"))]


SECTOR = Register(
    name="sector",
    model=Sector,
    title=gettext_lazy("Sectors"),
    lead=gettext_lazy("Members are chosen by sector; several sectors may share one duty sector."),
    new=gettext_lazy("New sector"),
    columns=("name", "duty_sector", "order"),
    fields=("name", "duty_sector", "order"),
    search=("name", "duty_sector"),
    order=("order", "pk"),
)
AREA = Register(
    name="area",
    model=Area,
    title=gettext_lazy("Areas"),
    lead=gettext_lazy("Towns, sub-districts, villages and communities, and the duty group that looks after each."),
    new=gettext_lazy("New area"),
    columns=("name", "kind", "parent__name", "served_by__name"),
    fields=("kind", "name", "parent", "served_by"),
    has_kinds=True,
)
BRAND = Register(
    name="brand",
    model=Brand,
    title=gettext_lazy("Brands"),
    lead=gettext_lazy("Named programmes that stations, sessions and results carry."),
    new=gettext_lazy("New brand"),
    columns=("name", "note"),
    fields=("name", "note"),
)
CALENDAR = Register(
    name="calendar",
    model=CalendarDay,
    title=gettext_lazy("Calendar days"),
    lead=gettext_lazy(
        "Only days this committee counts otherwise than the national calendar: local holidays, adjusted working days."
    ),
    new=gettext_lazy("New calendar day"),
    columns=("day", "is_workday", "label", "version__number"),
    fields=("day", "is_workday", "label"),
    search=("label",),
    order=("-day",),
    more=("versions", gettext_lazy("Years and versions")),
)
TERM = Register(
    name="term",
    model=Term,
    title=gettext_lazy("Terms"),
    lead=gettext_lazy("A new term starts empty; the members of the one before stay where they are."),
    new=gettext_lazy("New term"),
    columns=("ordinal", "starts_on", "ends_on", "is_current"),
    fields=("ordinal", "starts_on", "ends_on"),
    search=(),
    order=("-ordinal",),
    is_removable=False,
    act=(
        "make_current",
        gettext_lazy("Make current"),
        gettext_lazy("From now on the lists show the members of this term. Go on?"),
    ),
)
GROUP = Register(
    name="group",
    model=Group,
    title=gettext_lazy("Groups"),
    lead=gettext_lazy("Special committees, working groups, duty groups, sector groups and functional branches."),
    new=gettext_lazy("New group"),
    columns=("name", "kind", "parent__name", "is_active"),
    fields=("kind", "name", "parent", "is_active"),
    door=directory,
    has_kinds=True,
    has_page=True,
    is_removable=False,
)
UNIT = Register(
    name="unit",
    model=Unit,
    title=gettext_lazy("Units"),
    lead=gettext_lazy("The units that handle what is handed over, and who answers for them."),
    new=gettext_lazy("New unit"),
    columns=("name", "short_name", "kind", "contact", "phone", "is_active"),
    fields=("name", "short_name", "kind", "contact", "phone", "clears_answers", "is_active"),
    search=("name", "short_name"),
    door=directory,
    has_kinds=True,
    has_page=True,
    is_removable=False,
)


def _field(model: type[Model], path: str) -> Any:
    return model._meta.get_field(path.partition("__")[0])


def _cells(register: Register, row: tuple) -> list[Any]:
    """Return the values of a row as people read them."""
    cells = []
    for path, value in zip(register.columns, row[1:], strict=True):
        field = _field(register.model, path)
        if field.choices:
            value = dict(field.flatchoices).get(value, value)
        elif isinstance(value, bool):
            value = _("yes") if value else _("no")
        cells.append("" if value is None else value)
    return cells


def list_page(register: Register) -> Callable:
    """Return the view of a register's list."""

    @register.door
    @require_GET
    @or_part("members/_register_rows.html")
    def listed(request):
        kinds = register.model._meta.get_field("kind").choices if register.has_kinds else ()
        filters = SearchFilter(request.GET, kinds=kinds)
        found = register.model._default_manager.order_by(*register.order)
        values = filters.cleaned_data if filters.is_valid() else {}
        if values.get("kind"):
            found = found.filter(kind=values["kind"])
        if values.get("q") and register.search:
            found = found.filter(Q(*((f"{path}__icontains", values["q"]) for path in register.search), _connector=Q.OR))
        page = page_of(found.values_list("pk", *register.columns), request)
        may_edit = request.actor.is_clerk
        verb = "detail" if register.has_page else "edit" if may_edit else ""
        rows = [
            (
                register.url(verb, row[0]) if verb else "",
                register.url(register.act[0], row[0]) if register.act and not row[-1] else "",
                _cells(register, row),
            )
            for row in page
        ]
        context = {
            "register": register,
            "filters": filters if register.search else None,
            "page": page,
            "headers": [_field(register.model, path).verbose_name for path in register.columns],
            "rows": rows,
            "may_edit": may_edit,
            "create_url": register.url("create"),
            "more_url": register.url(register.more[0]) if register.more and may_edit else "",
            "crumbs": [*register.crumbs[:-1], (str(register.title), None)],
        }
        return TemplateResponse(request, "members/register_list.html", context)

    return listed


def create_page(register: Register) -> Callable:
    """Return the view that makes a new entry."""

    @office_only
    def created(request):
        if first := taken_before(request.POST, request.actor):
            return redirect(first)
        entry = register.model(committee=request.actor.committee)
        form = register_form(register.model, register.fields)(request.POST or None, instance=entry)
        if request.method == "POST" and form.is_valid():
            listed = register.url("list")
            url = once(form, request.actor, lambda: form.save() if register.has_page else form.save() and listed)
            messages.success(request, _("“%(entry)s” was saved.") % {"entry": entry})
            return redirect(url)
        return _form_page(request, register, form, str(register.new))

    return created


def edit_page(register: Register) -> Callable:
    """Return the view that changes an entry."""

    @office_only
    def edited(request, pk):
        entry = access.entry_to("edit", register.model, pk, actor=request.actor)
        form = register_form(register.model, register.fields)(request.POST or None, instance=entry)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, _("“%(entry)s” was saved.") % {"entry": entry})
            return redirect(entry if register.has_page else register.url("list"))
        return _form_page(request, register, form, _("Edit “%(entry)s”") % {"entry": entry}, entry=entry)

    return edited


def _form_page(request, register, form, heading, entry=None):
    removable = entry is not None and register.is_removable
    context = {
        "form": form,
        "heading": heading,
        "back": entry.get_absolute_url() if entry and register.has_page else register.url("list"),
        "delete_url": register.url("delete", entry.pk) if removable else "",
        "delete_form": KeyForm(),
        "crumbs": [*register.crumbs, (heading, None)],
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "members/register_form.html", context, status=status)


def delete_page(register: Register) -> Callable:
    """Return the view that removes an entry nobody refers to."""

    @office_only
    @require_POST
    def deleted(request, pk):
        entry = access.entry_to("delete", register.model, pk, actor=request.actor)
        words = {"entry": str(entry)}
        try:
            entry.delete()
            messages.success(request, _("“%(entry)s” was removed.") % words)
        except ProtectedError:
            messages.warning(request, _("“%(entry)s” is in use and cannot be removed.") % words)
        return redirect(register.url("list"))

    return deleted
