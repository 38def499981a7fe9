"""Clashes: what else happens at the same time to the same people or in the same place."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Person
from stations.models import Station

from . import questions
from .models import Participant, Session


@dataclass(frozen=True)
class Clash:
    """One thing that is in the way: whom or what it concerns, and what it is."""

    who: str
    what: str
    when: str


def clashes(
    *,
    committee: int,
    starts_at: datetime,
    ends_at: datetime,
    station: Station | None = None,
    place: str = "",
    people: Collection[int] = (),
    but: Session | None = None,
) -> list[Clash]:
    """Return what clashes in a committee with a session at this time, in this place, with these people (all ids).

    Looked at: other sessions the people sit in or chair, other sessions in the station or at the very same place in
    words, and the people's own duty days. Sessions that only touch (one ends as the other begins) do not clash.
    """
    others = questions.MEANWHILE.rows(committee, starts_at, ends_at)
    meanwhile = {session.pk: session for session in others if session != but}
    found = [
        Clash(str(station or place), session.title, _span(session.starts_at, session.ends_at))
        for session in meanwhile.values()
        if (station is not None and session.station_id == station.pk) or (place and session.place == place)
    ]
    found += _taken(meanwhile, people)
    return found + _on_duty(committee, starts_at, ends_at, people)


def _taken(meanwhile: dict[int, Session], people: Collection[int]) -> list[Clash]:
    """Return the sessions in which some of the people sit or that one of them chairs, with their names."""
    if not meanwhile or not people:
        return []
    names: dict[int, list[str]] = {}
    for session in meanwhile.values():
        if session.chair_id in people:
            names[session.pk] = [str(session.chair)]
    seats = Participant.objects.filter(session__in=meanwhile, person__in=people).exclude(state="leave_granted")
    for seat in seats.select_related("person").order_by("person__sort_key", "pk"):
        if seat.person_id != meanwhile[seat.session_id].chair_id:
            names.setdefault(seat.session_id, []).append(str(seat.person))
    return [
        Clash("、".join(names[pk]), session.title, _span(session.starts_at, session.ends_at))
        for pk, session in meanwhile.items()
        if pk in names
    ]


def _on_duty(committee: int, starts_at: datetime, ends_at: datetime, people: Collection[int]) -> list[Clash]:
    """Return the duty days of the people that overlap with the time."""
    if not people:
        return []
    begin, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    last = end.time() if begin.date() == end.date() else time.max
    return [
        Clash(
            str(turn.person),
            _("Duty at %(station)s") % {"station": turn.slot.station},
            f"{turn.slot.day:%Y-%m-%d} {turn.slot.starts_at:%H:%M}–{turn.slot.ends_at:%H:%M}",
        )
        for turn in questions.turns_of(committee, people, begin.date())
        if turn.slot.ends_at > begin.time() and turn.slot.starts_at < last
    ]


def people_of(session: Session) -> set[int]:
    """Return the ids of everybody a session ties up: who sits in it and did not get leave, and who chairs it."""
    seats = session.participants.filter(person__isnull=False).exclude(state="leave_granted")
    return {*seats.values_list("person_id", flat=True), *([session.chair_id] if session.chair_id else [])}


def digest(found: Iterable[Clash]) -> str:
    """Return a short mark of a list of clashes: whoever saves anyway must have seen this very list."""
    words = sorted(f"{clash.who}|{clash.what}|{clash.when}" for clash in found)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16] if words else ""


def members_of(groups: Collection) -> list[Person]:
    """Return everybody who sits in one of the groups in the current term."""
    if not groups:
        return []
    return list(
        Person.objects.filter(
            memberships__seats__group__in=groups,
            memberships__term__is_current=True,
            memberships__until_on__isnull=True,
        ).distinct()
    )


def _span(starts_at: datetime, ends_at: datetime) -> str:
    begin, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return f"{begin:%Y-%m-%d %H:%M}–{end:%H:%M}"
