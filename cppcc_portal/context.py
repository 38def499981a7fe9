"""What every page shows around its content: navigation, unread notices, the calendar's warning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from kit.deadlines import WorkCalendar
from members.access import Actor
from members.models import Notice

# Addresses that belong to an entry whose own begins otherwise.
PART_OF = {"groups": "members", "units": "members", "imports": "setup"}


@dataclass(frozen=True)
class Entry:
    """One entry of the main navigation."""

    label: str
    url: str
    icon: str
    active: bool
    on_phone: bool = True
    badge: int = 0


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Return what base.html needs; nothing for a stranger."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"actor": None}
    return {
        "actor": actor,
        "nav": SimpleLazyObject(lambda: navigation(actor, request.path)),
        "unread": SimpleLazyObject(lambda: Notice.objects.visible_to(actor).unread().count()),
        "calendar_banner": calendar_banner(),
    }


def calendar_banner() -> str | None:
    """Say so while the official calendar of this year or, from November, of the next one is not known yet."""
    today = timezone.localdate()
    years = [today.year] if today.month < 11 else [today.year, today.year + 1]
    unknown = [str(year) for year in years if not WorkCalendar({}).is_known(year)]
    if not unknown:
        return None
    return _("The official holiday calendar of %(years)s is not known yet; dates in it are provisional.") % {
        "years": _(", ").join(unknown)
    }


def navigation(actor: Actor, path: str) -> list[Entry]:
    """Return the entries open to the actor, what they do most first."""
    rooms = [
        (True, _("Home"), "home", "house", True),
        (actor.is_officer, _("My unit's queue"), "followups:list", "inbox", True),
        (actor.is_member or actor.is_keeper, _("My duty days"), "stations:my_duty", "calendar-check", True),
        (actor.sees_directory, _("Consultations"), "consultations:session_calendar", "calendar3", True),
        (
            actor.is_member or actor.is_keeper or actor.sees_all,
            _("Residents' matters"),
            "stations:matter_list",
            "chat-left-text",
            True,
        ),
        (actor.sees_all, _("Follow-up"), "followups:list", "list-check", True),
        (actor.sees_all, _("Board"), "followups:board", "bar-chart", True),
        (
            actor.is_member or actor.sees_all or actor.is_officer,
            _("Proposals"),
            "proposals:list",
            "file-earmark-text",
            True,
        ),
        (
            actor.is_officer and not actor.sees_directory,
            _("Consultations"),
            "consultations:session_list",
            "calendar3",
            True,
        ),
        (actor.sees_directory, _("Topics and plan"), "consultations:topic_list", "journal-text", False),
        (actor.sees_directory, _("Stations"), "stations:station_list", "geo-alt", False),
        (actor.sees_all or actor.is_keeper or actor.is_member, _("Visits"), "stations:visit_list", "people", False),
        (actor.sees_directory, _("Members"), "members:member_list", "person-lines-fill", False),
        (actor.is_clerk, _("Set-up and import"), "members:setup", "gear", False),
    ]
    entries = []
    for allowed, label, name, icon, on_phone in rooms:
        if allowed and not any(entry.label == label for entry in entries):
            try:
                url = reverse(name)
            except NoReverseMatch:  # TODO remove when every room has its pages
                continue
            active = PART_OF.get(path.split("/")[1], path.split("/")[1]) == url.split("/")[1]
            entries.append(Entry(label, url, icon, active, on_phone))
    return entries
