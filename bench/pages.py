"""Which pages are measured, as whom, and with which row of the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any
from urllib.parse import quote

from django.urls import NoReverseMatch, get_resolver, reverse

from bench.people import PASSWORD as PASSWORD
from consultations.models import Plan, Session, Topic
from followups.models import Assignment, Bulletin
from kit.tenancy import every_committee
from members.models import Committee, Group, Person, RoleGrant, User
from members.states import Role
from proposals.models import Proposal
from stations.models import DutyRule, DutySlot, Matter, Station, Visit

LIST, DETAIL, CALENDAR, BOARD, HOME, CREATE = "list", "detail", "calendar", "board", "home", "create"
SHOW_TARGET, CREATE_TARGET = 4.0, 2.5  # times the bare view

ACCOUNTS = {
    "clerk": "clerk0001",
    "leader": "leader0001",
    "member": "member0001",
    "keeper": "keeper0001",
    "officer": "officer0001",
}


@dataclass(frozen=True)
class Page:
    """One page: the name of its address, its kind, as whom, what it needs, and which rows it lives on."""

    name: str
    kind: str
    role: str
    pick: Callable[[], Any] | None = None  # the row in the address
    query: str = ""
    family: str = ""  # the table that grows under it
    words: Callable[[], dict[str, str]] | None = None  # typed into a form

    @property
    def label(self) -> str:
        """The page in a table."""
        return f"{self.name}{self.query} ({self.role})"

    @property
    def target(self) -> float:
        """How many times the bare view it may cost."""
        return CREATE_TARGET if self.kind == CREATE else SHOW_TARGET

    def path(self) -> str | None:
        """Return its address, or None where the portal has no such page or the database no such row."""
        thing = self.pick() if self.pick else None
        if self.pick and thing is None:
            return None
        try:
            return reverse(self.name, args=[thing.pk] if thing else []) + quote(self.query, safe="?=&")
        except NoReverseMatch:
            return None


def measured_committee() -> Committee:
    """Return the committee whose pages are measured."""
    return Committee.objects.order_by("pk").first()


def _person(role: str) -> Person:
    return Person.objects.get(user__username=ACCOUNTS[role])


def _middle(rows: Any) -> Any:
    """Return a row from the middle of the measured committee's, so neither the newest nor the oldest."""
    rows = rows.filter(committee=measured_committee()).order_by("pk")
    return rows[rows.count() // 2 : rows.count() // 2 + 1].first()


def _handed() -> Assignment | None:
    unit = RoleGrant.objects.get(person=_person("officer"), role=Role.OFFICER).unit
    return _middle(Assignment.objects.filter(unit=unit))


_days = count(40)


def _a_visit() -> dict[str, str]:
    return {"person_times": "3", "note": "接待群众。"}


def _a_matter() -> dict[str, str]:
    return {"subject": "路灯不亮", "text": "居民反映路灯不亮。"}


def _a_session() -> dict[str, str]:
    # A day of its own for each: the portal warns of two sessions in one room at one time.
    day = date.today() + timedelta(days=next(_days))  # noqa: DTZ011
    return {"title": "协商议事会", "day": f"{day}", "begins": "09:00", "ends": "10:00"}


def _a_proposal() -> dict[str, str]:
    return {"title": "关于改善道路的建议", "situation": "道路破损。", "suggestion": "列入计划。"}


PAGES = [
    Page("home", HOME, "clerk"),
    Page("home", HOME, "leader"),
    Page("home", HOME, "member"),
    Page("home", HOME, "keeper"),
    Page("home", HOME, "officer"),
    Page("members:member_list", LIST, "clerk", family="people"),
    Page("members:member_detail", DETAIL, "clerk", lambda: _person("member"), family="people"),
    Page("members:group_list", LIST, "clerk"),
    Page("members:group_detail", DETAIL, "clerk", lambda: _middle(Group.objects)),
    Page("members:unit_list", LIST, "clerk"),
    Page(
        "members:unit_detail",
        DETAIL,
        "clerk",
        lambda: RoleGrant.objects.get(person=_person("officer"), role=Role.OFFICER).unit,
        family="assignments",
    ),
    Page("members:sector_list", LIST, "clerk"),
    Page("members:area_list", LIST, "clerk"),
    Page("members:brand_list", LIST, "clerk"),
    Page("members:calendar_list", LIST, "clerk"),
    Page("members:term_list", LIST, "clerk"),
    Page("members:account_list", LIST, "clerk"),
    Page("members:account_detail", DETAIL, "clerk", lambda: User.objects.get(username=ACCOUNTS["officer"])),
    Page("members:inbox", LIST, "clerk", family="notices"),
    Page("followups:list", LIST, "clerk", family="assignments"),
    Page("followups:list", LIST, "officer", family="assignments"),
    Page("followups:list", LIST, "clerk", query="?q=道路", family="assignments"),
    Page("followups:detail", DETAIL, "clerk", lambda: _middle(Assignment.objects), family="assignments"),
    Page("followups:detail", DETAIL, "officer", _handed, family="assignments"),
    Page("followups:rule_list", LIST, "clerk"),
    Page("followups:board", BOARD, "leader", family="assignments"),
    Page("followups:board_units", BOARD, "leader", family="assignments"),
    Page("followups:definition_list", LIST, "leader"),
    Page("followups:bulletin_list", LIST, "leader"),
    Page("followups:bulletin_detail", DETAIL, "leader", lambda: _middle(Bulletin.objects)),
    Page("stations:station_list", LIST, "clerk"),
    Page("stations:station_detail", DETAIL, "clerk", lambda: Station.objects.order_by("pk").first(), family="visits"),
    Page("stations:my_duty", CALENDAR, "member", family="visits"),
    Page("stations:duty_calendar", CALENDAR, "clerk", family="visits"),
    Page("stations:slot_detail", DETAIL, "clerk", lambda: _middle(DutySlot.objects), family="visits"),
    Page("stations:rule_list", LIST, "clerk"),
    Page("stations:rule_detail", DETAIL, "clerk", lambda: _middle(DutyRule.objects), family="visits"),
    Page("stations:visit_list", LIST, "clerk", family="visits"),
    Page("stations:visit_list", LIST, "keeper", family="visits"),
    Page("stations:visit_list", LIST, "member", family="visits"),
    Page("stations:visit_detail", DETAIL, "clerk", lambda: _middle(Visit.objects), family="visits"),
    Page("stations:matter_list", LIST, "clerk", family="matters"),
    Page("stations:matter_list", LIST, "keeper", family="matters"),
    Page("stations:matter_detail", DETAIL, "clerk", lambda: _middle(Matter.objects), family="matters"),
    Page("consultations:session_calendar", CALENDAR, "clerk", family="sessions"),
    Page("consultations:session_list", LIST, "clerk", family="sessions"),
    Page("consultations:session_detail", DETAIL, "clerk", lambda: _middle(Session.objects), family="sessions"),
    Page("consultations:topic_list", LIST, "clerk", family="sessions"),
    Page("consultations:topic_detail", DETAIL, "clerk", lambda: _middle(Topic.objects), family="sessions"),
    Page("consultations:plan_list", LIST, "clerk"),
    Page("consultations:plan_detail", DETAIL, "clerk", lambda: Plan.objects.order_by("-year").first()),
    Page("proposals:list", LIST, "clerk", family="proposals"),
    Page("proposals:list", LIST, "member", family="proposals"),
    Page(
        "proposals:detail",
        DETAIL,
        "clerk",
        # With the same story at every size: heard in a visit, handed to a unit.
        lambda: _middle(Proposal.objects.exclude(assignment=None).exclude(matter__visit=None)),
        family="proposals",
    ),
    Page("stations:visit_create", CREATE, "clerk", words=_a_visit),
    Page("stations:matter_create", CREATE, "keeper", words=_a_matter),
    Page("consultations:session_create", CREATE, "clerk", words=_a_session),
    Page("proposals:create", CREATE, "member", words=_a_proposal),
]


def paths_of(pages: list[Page]) -> list[str | None]:
    """Return the address of each page, or None where the portal or the database has no such thing."""
    with every_committee(because="the bench looks up rows for addresses"):
        return [page.path() for page in pages]


def pages_nobody_measures() -> list[str]:
    """Return the names of lists, details, calendars and boards of the rooms that the table above has forgotten."""
    known = {page.name for page in PAGES}
    found = []
    for resolver in get_resolver().url_patterns:
        for pattern in getattr(resolver, "url_patterns", ()):
            name = f"{getattr(resolver, 'app_name', '')}:{pattern.name}"
            if str(pattern.name).rpartition("_")[2] in (LIST, DETAIL, CALENDAR, BOARD) and name not in known:
                found.append(name)
    return found
