"""Who: the only way from an actor and an id to an assignment."""

from __future__ import annotations

from typing import Any

from kit.doors import can, fetch
from members.access import Actor, is_clerk, sees_all

from .models import (
    Assignment,
    Bulletin,
    DeadlineRule,
    LadderRung,
    LookBack,
    Milestone,
    SupervisionSlip,
    TaskList,
    UnitRequest,
)
from .states import ACTS_IN, Part


def is_handling_unit(actor: Actor, assignment: Assignment) -> bool:
    """An officer of the unit it was handed to."""
    return assignment.unit_id in actor.unit_ids


def is_asking_unit(actor: Actor, asked: UnitRequest) -> bool:
    """An officer of the unit that asked for it."""
    return asked.unit_id in actor.unit_ids


def is_promising_unit(actor: Actor, milestone: Milestone) -> bool:
    """An officer of the unit that promised it."""
    return milestone.assignment.unit_id in actor.unit_ids


def is_raiser(actor: Actor, assignment: Assignment) -> bool:
    """Who raised what it came from."""
    return assignment.raised_by_id == actor.person.pk


def may_rate(actor: Actor, assignment: Assignment) -> bool:
    """Who raised what it came from; of an assisting unit's opinion nobody."""
    return is_raiser(actor, assignment) and assignment.part != Part.ASSIST


def may_see(actor: Actor, thing: Any) -> bool:
    """Whoever finds it among what they may see."""
    return True


def is_pressed_unit(actor: Actor, slip: SupervisionSlip) -> bool:
    """An officer of the unit the slip went to."""
    return slip.assignment.unit_id in actor.unit_ids


BULLETIN_MAY = {"view": [sees_all]}
ASSIGNMENT_MAY = {
    "view": [may_see],
    "sign": [is_handling_unit],
    "handler": [is_handling_unit],
    "contact": [is_handling_unit],
    "progress": [is_handling_unit],
    "milestone": [is_handling_unit],
    "ask": [is_handling_unit],
    "resume": [is_handling_unit, is_clerk],
    "answer": [is_handling_unit],
    "draft": [is_handling_unit],
    "clear_draft": [is_handling_unit],
    "return_draft": [is_handling_unit],
    "supervise": [is_clerk],
    "add_part": [is_clerk],
    "send_back": [is_clerk],
    "close": [is_clerk],
    "press": [is_clerk],
    "make_pass": [is_clerk],
    "rate": [may_rate],
    "judgement": [sees_all, is_raiser],
    "rehandle": [is_clerk],
    "reopen": [is_clerk],
    "plan_look_back": [is_clerk],
    "receipt": [sees_all, is_handling_unit, is_raiser],
    "slip": [sees_all, is_handling_unit],
}
LOOK_MAY = {"write": [is_clerk]}
REQUEST_MAY = {"grant": [is_clerk], "refuse": [is_clerk], "withdraw": [is_asking_unit]}
MILESTONE_MAY = {"reach": [is_promising_unit]}
RULE_MAY = {"edit": [is_clerk]}
RUNG_MAY = {"edit": [is_clerk]}
SLIP_MAY = {"view": [may_see], "reply": [is_pressed_unit]}


def assignment_to(verb: str, pk: Any, *, actor: Actor) -> Assignment:
    """Fetch an assignment the actor may `verb`; 404 when they cannot see it, 403 when they may only look."""
    visible = Assignment.objects.visible_to(actor).select_related(
        "unit", "area", "raised_by", "receipt", "rule", "degree"
    )
    assignment = fetch(visible, pk, verb, may=ASSIGNMENT_MAY, actor=actor)
    assignment.committee = actor.committee
    return assignment


def look_to(verb: str, pk: Any, *, actor: Actor) -> LookBack:
    """Fetch a later look the actor may `verb`; seen by whoever sees its assignment."""
    seen = LookBack.objects.filter(assignment__in=Assignment.objects.visible_to(actor))
    look = fetch(seen.select_related("assignment__unit", "assignment__degree"), pk, verb, may=LOOK_MAY, actor=actor)
    look.assignment.committee = actor.committee
    return look


def rule_to(verb: str, pk: Any, *, actor: Actor) -> DeadlineRule:
    """Fetch the newest version of a clock the actor may `verb`; an older version is answered 404."""
    newest = DeadlineRule.objects.filter(committee=actor.committee).newest().select_related("committee")
    return fetch(newest, pk, verb, may=RULE_MAY, actor=actor)


def rung_to(verb: str, pk: Any, *, actor: Actor) -> LadderRung:
    """Fetch the newest version of a rung the actor may `verb`; an older version is answered 404."""
    return fetch(LadderRung.objects.filter(committee=actor.committee).newest(), pk, verb, may=RUNG_MAY, actor=actor)


def slip_to(verb: str, pk: Any, *, actor: Actor) -> SupervisionSlip:
    """Fetch a slip the actor may `verb`: office and leaders see all, a unit those that went to it."""
    slips = SupervisionSlip.objects.visible_to(actor).select_related("assignment__unit", "by", "replied_by")
    return fetch(slips, pk, verb, may=SLIP_MAY, actor=actor)


def request_to(verb: str, pk: Any, *, actor: Actor) -> UnitRequest:
    """Fetch a unit's request the actor may `verb`; 404 when they cannot see it, 403 when they may only look."""
    visible = UnitRequest.objects.visible_to(actor).select_related("assignment__unit", "assignment__rule", "unit", "by")
    asked = fetch(visible, pk, verb, may=REQUEST_MAY, actor=actor)
    asked.assignment.committee = actor.committee
    return asked


def milestone_to(verb: str, pk: Any, *, actor: Actor) -> Milestone:
    """Fetch a milestone of an assignment the actor sees; 404 when they cannot see it, 403 when they may only look."""
    seen = Milestone.objects.filter(assignment__in=Assignment.objects.visible_to(actor)).select_related("assignment")
    milestone = fetch(seen, pk, verb, may=MILESTONE_MAY, actor=actor)
    milestone.assignment.committee = actor.committee
    return milestone


def can_now(assignment: Assignment, *, actor: Actor) -> set[str]:
    """Return what the actor may do to an assignment in the state it is in, moves and other acts."""
    verbs = can(assignment, may=ASSIGNMENT_MAY, actor=actor)
    if assignment.part not in (Part.SOLE, Part.LEAD):
        verbs.discard("add_part")
    return {verb for verb in verbs if verb not in ACTS_IN or assignment.state in ACTS_IN[verb]}


def bulletin_to(verb: str, pk: Any, *, actor: Actor) -> Bulletin:
    """Fetch a bulletin of the actor's committee they may `verb`."""
    return fetch(Bulletin.objects.filter(committee=actor.committee), pk, verb, may=BULLETIN_MAY, actor=actor)


TASK_LIST_MAY = {
    "view": [sees_all],
    "edit": [is_clerk],
    "issue": [is_clerk],
    "report": [is_clerk],
}


def task_list_to(verb: str, pk: Any, *, actor: Actor) -> TaskList:
    """Fetch a task list the actor may `verb`; 404 when they cannot see it, 403 when they may only look."""
    visible = TaskList.objects.visible_to(actor).select_related("giver_person")
    return fetch(visible, pk, verb, may=TASK_LIST_MAY, actor=actor)
