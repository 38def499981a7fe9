"""Who may do what: one matrix for all verbs, with somebody of every kind at the door."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.actions import rsvp, sessions
from consultations.actions.sessions import Guests
from consultations.models import Outcome
from kit.tenancy import committee_scope

from .factories import make_cast, make_meeting, make_plan, make_session, make_topic

pytestmark = pytest.mark.django_db
S = "consultations:"
EVERYBODY = {"zhao", "lin", "ma", "wu", "kong", "chen"}
DIRECTORY = EVERYBODY - {"wu"}


def build(cast):
    """A notified light session at Kong's station with Lin and Wu's unit invited; a topic and a plan."""
    guests = Guests(members=[cast.lin.person], units=[cast.unit])
    session = make_session(by=cast.zhao, form=cast.light, station=cast.station, guests=guests)
    sessions.notify_session(session, by=cast.zhao.person, at=timezone.now())
    lin = session.participants.get(person=cast.lin.person)
    topic = make_topic(cast.committee)
    return {
        "session": session.pk,
        "seat": lin.pk,
        "topic": topic.pk,
        "plan": make_plan(cast.committee).pk,
        "form": cast.form.pk,
    }


LOOKS = [
    ("topic_list", None, DIRECTORY),
    ("topic_detail", "topic", DIRECTORY),
    ("topic_create", None, {"zhao"}),
    ("topic_edit", "topic", {"zhao"}),
    ("topic_drop", "topic", {"zhao"}),
    ("plan_list", None, DIRECTORY),
    ("plan_detail", "plan", DIRECTORY),
    ("plan_create", None, {"zhao"}),
    ("consultation_forms", None, {"zhao"}),
    ("consultation_form_edit", "form", {"zhao"}),
    ("session_list", None, EVERYBODY),
    ("session_calendar", None, EVERYBODY),
    ("session_create", None, {"zhao", "kong"}),
    ("session_quick", None, {"zhao", "kong"}),
    ("session_detail", "session", EVERYBODY),
    ("session_edit", "session", {"zhao", "kong"}),
    ("session_move", "session", {"zhao", "kong"}),
    ("session_cancel", "session", {"zhao", "kong"}),
    ("meeting", "session", {"zhao", "kong"}),
]
ACTS = [
    ("topic_confirm", "topic", {"zhao"}),
    ("topic_close", "topic", {"zhao"}),
    ("plan_add_line", "plan", {"zhao"}),
    ("session_notify", "session", {"zhao", "kong"}),
    ("session_open", "session", {"zhao", "kong"}),
    ("session_issue", "session", {"zhao", "kong"}),
    ("session_close", "session", {"zhao", "kong"}),
    ("session_papers", "session", {"zhao", "kong"}),
    *[
        (f"meeting_{what}", "session", {"zhao", "kong"})
        for what in ("attendance", "guest", "position", "speech", "consensus", "reserved", "outcome", "course")
    ],
    ("participant_attend", "seat", {"lin"}),
    ("participant_ask_leave", "seat", {"lin"}),
    ("participant_grant_leave", "seat", {"zhao", "kong"}),
    ("participant_refuse_leave", "seat", {"zhao", "kong"}),
]


@pytest.mark.parametrize(("name", "thing", "allowed"), LOOKS)
def test_each_page_is_open_to_whom_it_is_meant_for(client, cast, name, thing, allowed):
    things = build(cast)
    url = reverse(f"{S}{name}", args=[things[thing]] if thing else [])
    answers = {}
    for who in sorted(EVERYBODY):
        client.force_login(getattr(cast, who).user)
        answers[who] = client.get(url).status_code
    assert {who for who, status in answers.items() if status == 200} == allowed
    assert {status for who, status in answers.items() if who not in allowed} <= {403, 404}


@pytest.mark.parametrize(("name", "thing", "allowed"), ACTS)
def test_each_act_is_open_to_whom_it_is_meant_for(post, cast, name, thing, allowed):
    things = build(cast)
    url = reverse(f"{S}{name}", args=[things[thing]])
    answers = {who: post(getattr(cast, who), url).status_code for who in sorted(EVERYBODY)}
    assert {who for who, status in answers.items() if status in (302, 422)} == allowed
    assert {status for who, status in answers.items() if who not in allowed} <= {403, 404}


@pytest.mark.parametrize(("name", "thing"), [(name, thing) for name, thing, _who in LOOKS + ACTS if thing])
def test_another_committee_is_told_nothing(client, cast, other_committee, name, thing):
    things = build(cast)
    with committee_scope(other_committee.pk):
        strangers = make_cast(other_committee)
    url = reverse(f"{S}{name}", args=[things[thing]])
    client.force_login(strangers.zhao.user)
    ask = client.get if (name, thing) in [row[:2] for row in LOOKS] else client.post
    assert ask(url).status_code in (403, 404)
    if not name.startswith("participant_"):
        assert ask(url).status_code == 404


def test_a_unit_finds_only_what_it_is_invited_to(get, cast):
    things = build(cast)
    other = make_session(by=cast.zhao, title="别处的会")
    assert get(cast.wu, reverse(f"{S}session_detail", args=[other.pk])).status_code == 404
    page = get(cast.wu, reverse(f"{S}session_list"))
    assert [session.pk for session in page.context["page"]] == [things["session"]]


def test_a_keeper_runs_only_light_sessions_of_the_own_station(get, cast):
    heavy = make_session(by=cast.zhao, form=cast.form, station=cast.station)
    elsewhere = make_session(by=cast.zhao, form=cast.light, place="别处")
    for session in (heavy, elsewhere):
        assert get(cast.kong, reverse(f"{S}session_edit", args=[session.pk])).status_code == 403


def test_an_officer_answers_for_the_unit(post, cast):
    session = make_session(by=cast.zhao, guests=Guests(units=[cast.unit]))
    sessions.notify_session(session, by=cast.zhao.person, at=timezone.now())
    seat = session.participants.get()
    assert post(cast.wu, reverse(f"{S}participant_attend", args=[seat.pk])).status_code == 302
    seat.refresh_from_db()
    assert seat.state == "attending"


def test_a_draft_of_the_minutes_is_not_for_members(get, cast):
    session = make_meeting(by=cast.zhao)
    url = reverse(f"{S}session_minutes", args=[session.pk])
    answers = {who: get(getattr(cast, who), url).status_code for who in ("zhao", "chen", "lin", "wu")}
    assert answers == {"zhao": 200, "chen": 200, "lin": 403, "wu": 404}


def test_why_somebody_asks_for_leave_is_between_them_and_the_convener(get, cast):
    things = build(cast)
    seat = cast.lin.person.participations.get(pk=things["seat"])
    rsvp.ask_leave(seat, by=cast.lin.person, reason="家中有事", at=timezone.now())
    url = reverse(f"{S}session_detail", args=[things["session"]])
    seen = {who: "家中有事" in get(getattr(cast, who), url).content.decode() for who in ("zhao", "lin", "ma", "wu")}
    assert seen == {"zhao": True, "lin": True, "ma": False, "wu": False}


def test_outcomes_of_a_draft_are_not_in_the_api(get, cast):
    session = make_meeting(by=cast.zhao)
    Outcome.objects.create(committee=cast.committee, session=session, number=1, kind="solved", text="草稿成果")
    counts = {who: get(getattr(cast, who), "/api/outcomes/").json()["count"] for who in ("zhao", "lin", "wu")}
    assert counts == {"zhao": 1, "lin": 0, "wu": 0}


def test_a_stranger_is_asked_to_sign_in(client, cast):
    assert client.get(reverse(f"{S}session_list")).status_code == 302


def test_a_session_of_long_ago_is_still_found(get, cast):
    session = make_session(by=cast.zhao, starts_at=timezone.now() - timedelta(days=900))
    assert get(cast.lin, session.get_absolute_url()).status_code == 200
