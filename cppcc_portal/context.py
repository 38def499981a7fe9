"""What every page shows around its content: navigation, unread notices, the calendar's warning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kit.deadlines import WorkCalendar
from kit.prepared import Prepared
from kit.tenancy import committee_scope
from members.access import Actor
from members.models import Notice


@dataclass(frozen=True)
class Entry:
    """One entry of the main navigation."""

    label: str
    url: str
    icon: str
    active: bool
    on_phone: bool = True


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Return what base.html needs; nothing for a stranger."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return {"actor": None, "assets": assets()}
    return {
        "actor": actor,
        "assets": assets(),
        "nav": SimpleLazyObject(lambda: navigation(actor, request.path)),
        "nav_parts": SimpleLazyObject(lambda: navigation_parts(actor, request.path)),
        "unread": SimpleLazyObject(lambda: UNREAD.count(actor.committee.pk, actor.person.pk)),
        "calendar_banner": calendar_banner(actor),
    }


def _unread(committee_pk: int, person_pk: int) -> QuerySet:
    with committee_scope(committee_pk):
        return Notice.objects.arrived_for(person_pk).unread().order_by().values("pk")


UNREAD = Prepared(_unread, keys=2)


def assets() -> str:
    """Return the links to styles and scripts; their names are settled when the process starts."""
    return _drawn_assets.__wrapped__() if settings.DEBUG else _drawn_assets()


@cache
def _drawn_assets() -> str:
    return render_to_string("parts/_assets.html")


def calendar_banner(actor: Actor) -> str | None:
    """Say so while the calendar of this year or, from November, of the next one is not known yet to the committee."""
    today = timezone.localdate()
    years = [today.year] if today.month < 11 else [today.year, today.year + 1]
    calendar = WorkCalendar(years=frozenset(actor.committee.calendar_years))
    unknown = [str(year) for year in years if not calendar.is_known(year)]
    if not unknown:
        return None
    return _("The official holiday calendar of %(years)s is not known yet; dates in it are provisional.") % {
        "years": _(", ").join(unknown)
    }


def _always(actor: Actor) -> bool:
    return True


def _serves(actor: Actor) -> bool:
    return actor.is_member or actor.is_keeper


def _sees_residents(actor: Actor) -> bool:
    return actor.is_member or actor.is_keeper or actor.sees_all


def _directory(actor: Actor) -> bool:
    return actor.sees_directory


def _office(actor: Actor) -> bool:
    return actor.sees_all


# Who finds it in the navigation, what it is called, where it leads, its sign, and whether it may stand at the foot of a
# phone; what is done most stands first.
ROOMS: tuple[tuple[Callable[[Actor], bool], Any, str, str, bool], ...] = (
    (_always, gettext_lazy("Home"), "home", "house", True),
    (lambda actor: actor.is_officer, gettext_lazy("My unit's queue"), "followups:list", "inbox", True),
    (_serves, gettext_lazy("My duty days"), "stations:my_duty", "calendar-check", True),
    (_always, gettext_lazy("Consultations"), "consultations:session_calendar", "calendar3", True),
    (_sees_residents, gettext_lazy("Residents' matters"), "stations:matter_list", "chat-left-text", True),
    (
        lambda actor: actor.sees_all and not actor.is_officer,
        gettext_lazy("Follow-up"),
        "followups:list",
        "list-check",
        True,
    ),
    (_office, gettext_lazy("Board"), "followups:board", "bar-chart", True),
    (
        lambda actor: actor.is_member or actor.sees_all or actor.is_officer,
        gettext_lazy("Proposals"),
        "proposals:list",
        "file-earmark-text",
        True,
    ),
    (_directory, gettext_lazy("Topics and plan"), "consultations:topic_list", "journal-text", False),
    (_directory, gettext_lazy("Stations"), "stations:station_list", "geo-alt", False),
    (_sees_residents, gettext_lazy("Visits"), "stations:visit_list", "people", False),
    (_directory, gettext_lazy("Members"), "members:member_list", "person-lines-fill", False),
    (lambda actor: actor.is_clerk, gettext_lazy("Set-up and import"), "members:setup", "gear", False),
)
# Addresses that belong to a room of another name.
ALIASES = {"groups": "members", "units": "members", "imports": "setup", "plans": "topics"}


def navigation_parts(actor: Actor, path: str) -> dict[str, str]:
    """Return the navigation as HTML for the menu, the side and the foot of a phone.

    It depends on nothing but the rooms open to the actor, the room one is in and the language, so it is drawn once for
    each of these.
    """
    draw = _drawn_navigation.__wrapped__ if settings.DEBUG else _drawn_navigation
    return draw(_open_rooms(actor), _room(path), get_language())


@lru_cache(maxsize=1000)
def _drawn_navigation(opened: tuple[int, ...], here: str, language: str) -> dict[str, str]:
    context = {"nav": _entries(opened, here)}
    return {shape: render_to_string(f"parts/_nav_{shape}.html", context) for shape in ("menu", "side", "tabs")}


def navigation(actor: Actor, path: str) -> list[Entry]:
    """Return the entries open to the actor."""
    return _entries(_open_rooms(actor), _room(path))


def _open_rooms(actor: Actor) -> tuple[int, ...]:
    return tuple(place for place, room in enumerate(ROOMS) if room[0](actor))


def _entries(opened: tuple[int, ...], here: str) -> list[Entry]:
    entries = []
    for place in opened:
        _opens, label, name, icon, on_phone = ROOMS[place]
        url = reverse(name)
        entries.append(Entry(str(label), url, icon, _room(url) == here, on_phone))
    return entries


def _room(path: str) -> str:
    """Return the first word of an address, or of the room it belongs to."""
    word = path.split("/", 2)[1]
    return ALIASES.get(word, word)
