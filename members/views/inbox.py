"""Notices: a person's inbox, and the office's list of those that could not be delivered."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kit.paging import page_of

from .. import access, actions
from ..access import office_only, signed_in
from ..models import Notice


@signed_in
@require_GET
def inbox(request):
    """List the actor's own notices, the newest first."""
    found = Notice.objects.visible_to(request.actor).order_by("-sent_at", "-pk")
    page = page_of(found.only("subject", "body", "sent_at", "read_at", "url"), request)
    context = {
        "page": page,
        "has_unread": any(notice.read_at is None for notice in page),
        "crumbs": [(_("Home"), reverse("home")), (_("Notices"), None)],
    }
    return TemplateResponse(request, "members/inbox.html", context)


@signed_in
@require_POST
def notice_open(request, pk):
    """Mark a notice as read and go to what it is about."""
    notice = access.notice_to("open", pk, actor=request.actor)
    actions.open_notice(notice, at=timezone.now())
    is_ours = notice.url and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if is_ours else reverse("members:inbox"))


@signed_in
@require_POST
def inbox_read(request):
    """Mark everything as read."""
    actions.read_all(request.actor.person, at=timezone.now())
    return redirect("members:inbox")


@office_only
@require_GET
def notice_stuck(request):
    """List the notices that could not be delivered after five tries."""
    page = page_of(Notice.objects.stuck().select_related("to").order_by("due_at", "pk"), request)
    context = {
        "page": page,
        "crumbs": [
            (_("Home"), reverse("home")),
            (_("Set-up"), reverse("members:setup")),
            (_("Notices not delivered"), None),
        ],
    }
    return TemplateResponse(request, "members/notice_stuck.html", context)


@office_only
@require_POST
def notice_send_again(request, pk):
    """Let a stuck notice be tried anew."""
    notice = access.stuck_notice_to("send_again", pk, actor=request.actor)
    actions.send_again(notice)
    messages.success(request, _("The notice will be sent again within a minute."))
    return redirect("members:notice_stuck")
