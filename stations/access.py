"""Who: the only way from an actor and an id to a station, a duty rule or day, a visit or a matter."""

from __future__ import annotations

from typing import Any

from kit.doors import admit, door, fetch
from members.access import Actor, is_clerk, is_directory_reader

from . import questions
from .models import DutyRule, DutySlot, Matter, Station, Visit

# Works with matters: members and keepers with theirs, office and leaders with all.
ledger_side = door("ledger_side", lambda actor: actor.is_member or actor.is_keeper or actor.sees_all)
# Stands on the rota, or keeps a station.
duty_side = door("duty_side", lambda actor: actor.is_member or actor.is_keeper)
# Can write down what residents say: whoever serves at a station, and the office.
front_door = door("front_door", lambda actor: actor.is_member or actor.is_keeper or actor.is_clerk)


def is_keeper_of(actor: Actor, thing: Any) -> bool:
    """Who keeps the station, or a station above it."""
    station = thing if isinstance(thing, Station) else thing.station
    return actor.is_keeper and actor.person.pk in station.keeper_ids


def is_on_duty(actor: Actor, slot: DutySlot) -> bool:
    """Whose turn it is that day."""
    return any(turn.person_id == actor.person.pk for turn in slot.turns.all())


def is_logger(actor: Actor, visit: Visit) -> bool:
    """Who logged the visit."""
    return visit.logged_by_id == actor.person.pk


def vouches_for(actor: Actor, visit: Visit) -> bool:
    """Office or keeper of the station, but nobody for a record of their own."""
    return not is_logger(actor, visit) and (actor.is_clerk or is_keeper_of(actor, visit))


def is_taker(actor: Actor, matter: Matter) -> bool:
    """Who took the matter down."""
    return matter.taken_by_id == actor.person.pk


def is_owner(actor: Actor, matter: Matter) -> bool:
    """The person named for the matter."""
    return matter.owner_id == actor.person.pk


def may_see(actor: Actor, thing: Any) -> bool:
    """Whoever finds it among what they may see."""
    return True


STATION_MAY = {"view": [is_directory_reader], "edit": [is_clerk]}
RULE_MAY = {"view": [is_directory_reader], "edit": [is_clerk]}
SLOT_MAY = {
    "view": [is_directory_reader],
    "confirm": [is_on_duty, is_keeper_of],
    "serve": [is_on_duty, is_keeper_of],
    "miss": [is_keeper_of, is_clerk],
    "keep": [is_clerk],
    "move": [is_clerk],
    "cancel": [is_clerk],
}
VISIT_MAY = {
    "view": [may_see],
    "confirm": [vouches_for],
    "return": [vouches_for],
    "resend": [is_logger],
}
MATTER_MAY = {
    "view": [may_see],
    "classify": [is_keeper_of, is_clerk],
    "take": [is_keeper_of, is_clerk],
    "assign": [is_keeper_of, is_clerk],
    "answer": [is_owner, is_taker, is_keeper_of, is_clerk],
    "close": [is_keeper_of, is_clerk],
    "reopen": [is_keeper_of, is_clerk],
    "escalate": [is_keeper_of, is_clerk],
}


def _with_station(actor: Actor) -> tuple[str, ...]:
    """Return what to fetch along: the station, and for a keeper the stations above it, where they may keep too."""
    return ("station", "station__parent__parent") if actor.is_keeper else ("station",)


def station_to(verb: str, pk: Any, *, actor: Actor) -> Station:
    """Fetch a station the actor may `verb`; 404 when they cannot see it, 403 when they may only look."""
    visible = Station.objects.visible_to(actor).select_related("area", "brand", "head", "liaison", "parent__parent")
    return fetch(visible, pk, verb, may=STATION_MAY, actor=actor)


def rule_to(verb: str, pk: Any, *, actor: Actor) -> DutyRule:
    """Fetch a duty rule the actor may `verb`; seen by whoever sees its station."""
    visible = DutyRule.objects.filter(station__in=Station.objects.visible_to(actor)).select_related("station")
    return fetch(visible, pk, verb, may=RULE_MAY, actor=actor)


def slot_to(verb: str, pk: Any, *, actor: Actor) -> DutySlot:
    """Fetch a duty day the actor may `verb`."""
    visible = DutySlot.objects.visible_to(actor).select_related(*_with_station(actor), "rule", "station__area")
    return fetch(visible.prefetch_related("turns__person"), pk, verb, may=SLOT_MAY, actor=actor)


def visit_to(verb: str, pk: Any, *, actor: Actor) -> Visit:
    """Fetch a visit the actor may `verb`."""
    visible = Visit.objects.visible_to(actor).select_related(
        *_with_station(actor), "slot", "logged_by", "station__area"
    )
    return fetch(visible, pk, verb, may=VISIT_MAY, actor=actor)


def matter_to(verb: str, pk: Any, *, actor: Actor) -> Matter:
    """Fetch a matter the actor may `verb`."""
    matter = admit(questions.MATTER.one(actor, int(pk)), verb, may=MATTER_MAY, actor=actor)
    if matter.assignment_id:
        matter.assignment = questions.ASSIGNMENT.one(actor, matter.assignment_id)
    return matter
