"""Who: the only way from an actor and an id to a topic, a session, a seat or a paper."""

from __future__ import annotations

from typing import Any

from kit.doors import admit, fetch
from members.access import Actor, is_clerk, is_directory_reader

from . import questions
from .models import ConsultationForm, Outcome, Paper, Participant, Plan, Session, Topic
from .states import ParticipantKind


def may_see(actor: Actor, thing: Any) -> bool:
    """Whoever finds it among what they may see."""
    return True


def is_station_keeper(actor: Actor, session: Session) -> bool:
    """The keeper of the station where it is held, when its form is light."""
    return (
        actor.is_keeper
        and session.form.is_light
        and session.station is not None
        and actor.person.pk in (session.station.head_id, session.station.liaison_id)
    )


def runs(actor: Actor, session: Session) -> bool:
    """Whoever runs the session: the office, or the keeper of the station for a light form."""
    return is_clerk(actor, session) or is_station_keeper(actor, session)


def reads_minutes(actor: Actor, session: Session) -> bool:
    """Everybody who sees the session, once the minutes are issued; until then who runs it, and leaders."""
    return session.has_minutes or actor.sees_all or runs(actor, session)


def is_invited(actor: Actor, participant: Participant) -> bool:
    """The invited person, or an officer of the invited unit."""
    if participant.person_id == actor.person.pk:
        return True
    return participant.kind == ParticipantKind.OFFICER and participant.unit_id in actor.unit_ids


def convenes(actor: Actor, thing: Any) -> bool:
    """Whoever runs the session it belongs to."""
    return runs(actor, thing.session)


TOPIC_MAY = {
    "view": [may_see],
    "edit": [is_clerk],
    "confirm": [is_clerk],
    "close": [is_clerk],
    "drop": [is_clerk],
    "start_list": [is_clerk],
    "add_child": [is_clerk],
}
PLAN_MAY = {"view": [is_directory_reader], "edit": [is_clerk]}
FORM_MAY = {"edit": [is_clerk]}
RUN = [is_clerk, is_station_keeper]
SESSION_MAY = {
    "view": [may_see],
    "edit": RUN,
    "move": RUN,
    "notify": RUN,
    "cancel": RUN,
    "open": RUN,
    "run": RUN,  # everything on the meeting page: attendance, speeches, consensus, outcomes
    "issue": RUN,
    "close": RUN,
    "read_minutes": [reads_minutes],
    "start_list": [is_clerk],
}
PARTICIPANT_MAY = {
    "attend": [is_invited],
    "ask_leave": [is_invited],
    "grant_leave": [convenes],
    "refuse_leave": [convenes],
}
PAPER_MAY = {"view": [may_see], "remove": [convenes]}
OUTCOME_MAY = {"view": [may_see]}


def topic_to(verb: str, pk: Any, *, actor: Actor) -> Topic:
    """Fetch a topic the actor may `verb`; 404 when they cannot see it, 403 when they may only look."""
    topic = questions.one(questions.TOPIC, actor.committee.pk, pk) if actor.sees_directory else None
    return admit(topic, verb, may=TOPIC_MAY, actor=actor)


def plan_to(verb: str, pk: Any, *, actor: Actor) -> Plan:
    """Fetch a year's plan the actor may `verb`."""
    return fetch(Plan.objects.all(), pk, verb, may=PLAN_MAY, actor=actor)


def form_to(verb: str, pk: Any, *, actor: Actor) -> ConsultationForm:
    """Fetch a form of consultation the actor may `verb`."""
    return fetch(ConsultationForm.objects.all(), pk, verb, may=FORM_MAY, actor=actor)


def session_to(verb: str, pk: Any, *, actor: Actor) -> Session:
    """Fetch a session the actor may `verb`; 404 when they cannot see it, 403 when they may only look."""
    if actor.sees_directory:  # sees every session, so it is asked for by its key alone
        return admit(questions.one(questions.SESSION, actor.committee.pk, pk), verb, may=SESSION_MAY, actor=actor)
    visible = Session.objects.visible_to(actor).with_page_columns()
    return fetch(visible, pk, verb, may=SESSION_MAY, actor=actor)


def participant_to(verb: str, pk: Any, *, actor: Actor) -> Participant:
    """Fetch somebody's seat the actor may `verb`."""
    visible = Participant.objects.visible_to(actor).select_related(
        "person", "unit", "session__form", "session__station", "session__convener", "session__chair"
    )
    return fetch(visible, pk, verb, may=PARTICIPANT_MAY, actor=actor)


def paper_to(verb: str, pk: Any, *, actor: Actor) -> Paper:
    """Fetch a paper the actor may `verb`, through the door of its session."""
    visible = Paper.objects.visible_to(actor).select_related("session__form", "session__station")
    return fetch(visible, pk, verb, may=PAPER_MAY, actor=actor)


def outcome_to(verb: str, pk: Any, *, actor: Actor) -> Outcome:
    """Fetch an outcome the actor may `verb`."""
    return fetch(Outcome.objects.visible_to(actor), pk, verb, may=OUTCOME_MAY, actor=actor)
