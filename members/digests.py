"""Digests: small things are not sent one by one but told together, in one message a morning for each person.

Source: domain, reminders and escalation: at most one digest a day for low items, for grassroots staff above all. Each
room says what it has by a function `digest_for(actor, *, on)`, as it does for the first page; who calls `plan` names
the rooms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.cards import Row
from kit.tenancy import committee_scope, every_committee

from .access import Actor, actors_of
from .models import Notice, Person, RoleGrant
from .notices import promise
from .planning import Routes, choices_of
from .states import NoticeKind

SENT = time(7, 30)
LAST = time(12)  # later than this the day's digest is left out
AHEAD = timedelta(days=3)
MOST_ROWS = 20  # of one section; the page shows the others


@dataclass(frozen=True)
class Section:
    """A part of a digest: its heading, and what stands under it."""

    title: str
    rows: list[Row]


Room = Callable[..., list[Section]]  # digest_for(actor, *, on)


def by_day(things: Iterable[tuple[date, Row]], *, on: date) -> list[Section]:
    """Return what is overdue, due today and due in the next three days, as sections; what is later is left out."""
    overdue, today, soon = [], [], []
    for day, row in sorted(things, key=lambda thing: thing[0]):
        if day <= on + AHEAD:
            (overdue if day < on else today if day == on else soon).append(row)
    sections = [(_("Overdue"), overdue), (_("Today"), today), (_("In the next three days"), soon)]
    return [Section(title, rows) for title, rows in sections if rows]


def plan(rooms: Sequence[Room], *, at: datetime) -> int:
    """Owe everybody for whom something waits the digest of the day of `at`; returns how many are owed newly.

    Planned twice it is owed once; nothing waiting is no digest; after noon none is planned any more.
    """
    local = timezone.localtime(at)
    if local.time() >= LAST:
        return 0
    key, count = f"digest:{local:%Y-%m-%d}", 0
    with every_committee(because="the clock plans for all committees"):
        told = Notice.objects.filter(key=key).values_list("to", flat=True)
        people = list(_readers().exclude(pk__in=told))
        routes, choices = Routes.now(), choices_of(person.pk for person in people)
    for person in people:
        if routes.chosen(person, choices.get(person.pk), NoticeKind.DIGEST):
            with committee_scope(person.committee_id), translation.override(person.user.language):
                count += _plan_for(person, rooms, key=key, on=local.date())
    return count


def _readers():
    """Everybody with a role and an account that may sign in."""
    holders = RoleGrant.objects.values("person")
    return Person.objects.filter(user__is_active=True, pk__in=holders).select_related("user").order_by("pk")


def _plan_for(person: Person, rooms: Sequence[Room], *, key: str, on: date) -> bool:
    """Owe one person the digest of a day; False when nothing waits for them."""
    account: Any = person.user  # whoever reads digests has one
    actor = next(actor for actor in actors_of(account) if actor.committee.pk == person.committee_id)
    sections = gathered(actor, rooms, on=on)
    if not sections:
        return False
    promise(
        [person],
        key=key,
        template="notices/members/digest",
        context={
            "day": f"{on:%Y-%m-%d}",
            "count": sum(len(section.rows) for section in sections),
            "lines": "\n\n".join(_lines(section) for section in sections),
        },
        url="/",
        at=timezone.make_aware(datetime.combine(on, SENT)),
        kind=NoticeKind.DIGEST,
    )
    return True


def gathered(actor: Actor, rooms: Sequence[Room], *, on: date) -> list[Section]:
    """Return the sections of all rooms for somebody; those with one heading become one."""
    found: dict[str, list[Row]] = {}
    for room in rooms:
        for section in room(actor, on=on):
            found.setdefault(section.title, []).extend(section.rows)
    order = [_("Overdue"), _("Today"), _("In the next three days")]
    titles = sorted(found, key=lambda title: order.index(title) if title in order else len(order))
    return [Section(title, found[title]) for title in titles]


def _lines(section: Section) -> str:
    lines = [section.title]
    for row in section.rows[:MOST_ROWS]:
        note = f" ({row.note})" if row.note else ""
        lines.append(f"- {row.title}{note}\n  {settings.SITE_URL}{row.url}")
    if (more := len(section.rows) - MOST_ROWS) > 0:
        lines.append(ngettext("and %(more)d more", "and %(more)d more", more) % {"more": more})
    return "\n".join(lines)
