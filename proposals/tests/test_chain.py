"""The chain of a thing is read level by level, however broad it is."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.models import ConsultationForm, Outcome, Session, Topic
from followups.tests.factories import make_equipped_committee
from kit.tenancy import committee_scope
from kit.trace import LIMIT, chain
from members.states import Role
from members.tests.factories import make_actor
from proposals.actions import submit_proposal
from stations.models import Matter, Station

from .factories import make_proposal

pytestmark = pytest.mark.django_db


def make_topic(clerk, *, sessions):
    """A topic from a matter, with sessions that have two outcomes each."""
    owner = {"committee": clerk.committee}
    station = Station.objects.create(name="城南站", kind="work_station", layer="town", **owner)
    matter = Matter.objects.create(
        station=station, year=2026, number=1, received_on=date(2026, 3, 2), subject="路灯不亮", **owner
    )
    form = ConsultationForm.objects.create(name="协商议事会", **owner)
    topic = Topic.objects.create(title="路灯", source="residents", matter=matter, **owner)
    for number in range(sessions):
        session = Session.objects.create(
            topic=topic,
            title=f"第{number}次",
            form=form,
            station=station,
            starts_at="2026-03-10T01:00:00Z",
            ends_at="2026-03-10T03:00:00Z",
            **owner,
        )
        for order in (1, 2):
            Outcome.objects.create(session=session, number=order, kind="solved", text="修好", **owner)
    return topic


def queries_for(sessions):
    clerk = make_actor(make_equipped_committee(), Role.CLERK)
    with committee_scope(clerk.committee.pk):
        topic = make_topic(clerk, sessions=sessions)
        with CaptureQueriesContext(connection) as asked:
            nodes = chain(topic, actor=clerk)
    return len(asked), [node.title for node in nodes]


def test_more_sessions_need_no_more_queries():
    few, titles = queries_for(1)
    many, _ = queries_for(6)
    assert titles == ["路灯不亮", "路灯", "第0次", "1. 修好", "2. 修好"]
    assert many == few


def test_a_chain_ends_at_what_a_page_can_show():
    assert len(queries_for(LIMIT)[1]) == LIMIT


def test_a_session_shows_its_own_story_and_not_its_sisters():
    clerk = make_actor(make_equipped_committee(), Role.CLERK)
    with committee_scope(clerk.committee.pk):
        topic = make_topic(clerk, sessions=3)
        session = topic.sessions.get(title="第1次")
        titles = [node.title for node in chain(session, actor=clerk)]
    assert titles == ["路灯不亮", "路灯", "第1次", "1. 修好", "2. 修好"]


def test_what_else_an_origin_led_to_is_part_of_the_story():
    clerk = make_actor(make_equipped_committee(), Role.CLERK)
    with committee_scope(clerk.committee.pk):
        author = make_actor(clerk.committee, Role.MEMBER)
        topic = make_topic(clerk, sessions=1)
        outcome = Outcome.objects.get(number=1)
        proposal = make_proposal(by=author, title="关于路灯的提案", outcome=outcome)
        submit_proposal(proposal, by=author.person, on=date(2026, 3, 18))
        told = {
            thing: [node.title for node in chain(thing, actor=clerk)] for thing in (topic.matter, outcome, proposal)
        }
    whole = ["路灯不亮", "路灯", "第0次", "1. 修好", "2. 修好", "关于路灯的提案"]
    assert told[topic.matter] == whole
    assert told[outcome] == [title for title in whole if title != "2. 修好"]
    assert told[proposal] == told[outcome]
