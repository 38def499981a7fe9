"""What leaves the portal: the office's outbox and gateways, and what each person wants."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kit.htmx import or_part
from kit.paging import page_of
from kit.workflow import MoveRefused

from .. import access, actions, exports, gateways
from ..access import office_only, signed_in
from ..forms import KeyForm
from ..models import Delivery, Gateway, NoticeChoice
from ..notice_forms import ChoiceForm, GatewayForm, OutboxFilter
from ..planning import Routes
from ..states import LOW_KINDS, NoticeChannel


def _crumbs(*more):
    return [(_("Home"), reverse("home")), (_("Set-up"), reverse("members:setup")), *more]


def _found(request):
    filters = OutboxFilter(request.GET)
    return filters, Delivery.objects.filter(**filters.wishes).trouble_first().with_list_columns()


@office_only
@require_GET
@or_part("members/_outbox_rows.html")
def outbox(request):
    """List the committee's messages on their way out of the portal, those that failed first."""
    filters, found = _found(request)
    context = {
        "filters": filters,
        "page": page_of(found, request),
        "export_url": f"{reverse('members:outbox_export')}?{request.GET.urlencode()}",
        "crumbs": _crumbs((_("Outbox"), None)),
    }
    return TemplateResponse(request, "members/outbox.html", context)


@office_only
@require_GET
def outbox_export(request):
    """The first rows of the outbox as it is filtered, as an Excel file; it is written down who took how many."""
    actor = request.actor
    rows = list(_found(request)[1][: exports.MOST_ROWS])
    sheet = exports.outbox_list(rows)
    actions.log_export(committee=actor.committee, by=actor.person, what=f"{sheet.title} (xlsx)", rows=len(rows))
    response = HttpResponse(sheet.xlsx(), content_type=exports.XLSX)
    response["Content-Disposition"] = f'attachment; filename="outbox-{timezone.localdate():%Y%m%d}.xlsx"'
    return response


@office_only
@require_POST
def delivery_send_again(request, pk):
    """Let a message that was given up be tried anew."""
    delivery = access.delivery_to("send_again", pk, actor=request.actor)
    try:
        actions.send_delivery_again(delivery, at=timezone.now())
        messages.success(request, _("The message will be sent again within a minute."))
    except MoveRefused as refused:
        messages.warning(request, str(refused))
    return redirect("members:outbox")


@office_only
@require_GET
def gateway_list(request):
    """List the channels out of the portal and how each is set up."""
    own = {gateway.channel: gateway for gateway in Gateway.objects.all()}
    context = {
        "has_mail": Routes.has_mail_server(),
        "gateways": [own[name] for name in NoticeChannel.values if name in own],
        "missing": [
            channel.label for channel in NoticeChannel if channel != NoticeChannel.EMAIL and channel not in own
        ],
        "committee": request.actor.committee,
        "crumbs": _crumbs((_("Channels"), None)),
    }
    return TemplateResponse(request, "members/gateway_list.html", context)


@office_only
@require_http_methods(["GET", "POST"])
def gateway_create(request):
    """Name the robot or service of one more channel."""
    taken = list(Gateway.objects.values_list("channel", flat=True))
    form = GatewayForm(request.POST or None, taken=taken)
    if request.method == "POST" and form.is_valid():
        gateway = actions.create_gateway(committee=request.actor.committee, **form.values)
        messages.success(request, _("“%(entry)s” was saved.") % {"entry": gateway})
        return redirect("members:gateway_list")
    return _gateway_page(request, form, _("New channel"))


@office_only
@require_http_methods(["GET", "POST"])
def gateway_edit(request, pk):
    """Give a channel another address, or put it out of use."""
    gateway = access.gateway_to("edit", pk, actor=request.actor)
    form = GatewayForm(request.POST or None, gateway=gateway)
    if request.method == "POST" and form.is_valid():
        actions.change_gateway(gateway, **form.values)
        messages.success(request, _("“%(entry)s” was saved.") % {"entry": gateway})
        return redirect("members:gateway_list")
    return _gateway_page(request, form, str(gateway), gateway=gateway)


def _gateway_page(request, form, heading, gateway=None):
    context = {
        "form": form,
        "heading": heading,
        "back": reverse("members:gateway_list"),
        "delete_url": reverse("members:gateway_delete", args=[gateway.pk]) if gateway else "",
        "delete_form": KeyForm(),
        "crumbs": _crumbs((_("Channels"), reverse("members:gateway_list")), (heading, None)),
    }
    return TemplateResponse(request, "members/register_form.html", context, status=422 if form.errors else 200)


@office_only
@require_POST
def gateway_delete(request, pk):
    """Forget the address of a channel; what waits for it is sent no more."""
    gateway = access.gateway_to("delete", pk, actor=request.actor)
    words = {"entry": str(gateway)}
    actions.delete_gateway(gateway)
    messages.success(request, _("“%(entry)s” was removed.") % words)
    return redirect("members:gateway_list")


@office_only
@require_POST
def gateway_test(request, pk):
    """Send one message at once and say what the service answered."""
    gateway, person = access.gateway_to("test", pk, actor=request.actor), request.actor.person
    if gateway.channel == NoticeChannel.SMS and not person.mobile:
        messages.warning(request, _("A test goes to your own mobile number, and none is known."))
        return redirect("members:gateway_list")
    text = _("A test from the portal of %(committee)s.") % {"committee": request.actor.committee}
    try:
        gateways.push(gateway, text, to=person, key=f"test-{uuid4().hex}")
        messages.success(request, _("The service took the test. Please look whether it has arrived."))
    except gateways.GatewayFault as fault:
        messages.warning(request, _("The test was not taken: %(reason)s") % {"reason": fault})
    return redirect("members:gateway_list")


@signed_in
@require_http_methods(["GET", "POST"])
def notice_choice(request):
    """Let a person choose on which channels notices come, and which."""
    person = request.actor.person
    choice = NoticeChoice.objects.filter(person=person).first() or NoticeChoice.usual(person)
    open_ones = list(Gateway.objects.filter(is_active=True).values_list("channel", flat=True))
    channels = [name for name in NoticeChannel.values if name == NoticeChannel.EMAIL or name in open_ones]
    initial = {"channels": choice.channels, "wanted": [kind for kind in choice.wanted if kind not in LOW_KINDS]}
    form = ChoiceForm(request.POST or None, channels=channels, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.choose_notices(person, channels=form.cleaned_data["channels"], unwanted=form.unwanted)
        messages.success(request, _("Your choice was saved."))
        return redirect("members:inbox")
    context = {
        "form": form,
        "heading": _("How notices reach me"),
        "back": reverse("members:inbox"),
        "email": request.user.email,
        "crumbs": [
            (_("Home"), reverse("home")),
            (_("Notices"), reverse("members:inbox")),
            (_("How notices reach me"), None),
        ],
    }
    return TemplateResponse(request, "members/notice_choice.html", context, status=422 if form.errors else 200)
