"""The cards of the first page, the API, and the way of a session."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations import verify
from consultations.actions import meeting, rsvp, sessions, topics
from consultations.actions.sessions import Guests
from consultations.dashboard import cards_for
from consultations.models import Topic
from kit.workflow import MoveRefused

from .factories import ahead, at, make_meeting, make_plan, make_session, make_topic

pytestmark = pytest.mark.django_db


def cards(actor):
    """Return {title: count}."""
    return {card.title: card.count for card in cards_for(actor, on=timezone.localdate())}


def test_each_role_finds_what_waits_for_it(cast):
    assert cards(cast.zhao) == {}
    made = make_session(by=cast.zhao, guests=Guests(members=[cast.lin.person, cast.ma.person], units=[cast.unit]))
    sessions.notify_session(made, by=cast.zhao.person, at=timezone.now())
    assert cards(cast.lin) == cards(cast.wu) == {"待回复的会议通知": 1}
    assert cards(cast.zhao)["尚未回复的会议"] == 3

    now = timezone.now()
    rsvp.attend(made.participants.get(person=cast.lin.person), by=cast.lin.person, at=now)
    rsvp.ask_leave(made.participants.get(person=cast.ma.person), by=cast.ma.person, reason="出差", at=now)
    assert cards(cast.lin) == {"我的近期会议": 1}
    assert (cards(cast.zhao)["请假待批"], cards(cast.zhao)["尚未回复的会议"]) == (1, 1)


def test_minutes_are_owed_from_the_meeting_on(cast):
    held = make_meeting(by=cast.zhao)
    make_session(by=cast.zhao, starts_at=timezone.now() - timedelta(days=3), place="别处")
    assert cards(cast.zhao)["待出纪要"] == 2
    meeting.issue_minutes(held, by=cast.zhao.person, on=ahead(0))
    assert cards(cast.zhao)["待出纪要"] == 1


def test_the_api_answers_for_the_actor_only_and_once(client, cast):
    made = make_session(by=cast.zhao, guests=Guests(members=[cast.lin.person]))
    url = f"/api/sessions/{made.pk}/ask_leave/"
    client.force_login(cast.lin.user)
    send = {"content_type": "application/json"}
    assert client.post(url, {"reason": "出差"}, **send).status_code == 409
    sessions.notify_session(made, by=cast.zhao.person, at=timezone.now())
    assert client.post(url, {}, **send).status_code == 400
    assert client.post(url, [1], **send).status_code == 400
    key = uuid4().hex
    for _turn in range(2):
        assert client.post(url, {"reason": "出差", "form_key": key}, **send).status_code == 200
    assert made.participants.get().steps.count() == 1
    client.force_login(cast.ma.user)
    assert client.post(f"/api/sessions/{made.pk}/attend/", {}, **send).status_code == 403
    client.force_login(cast.wu.user)
    assert client.get(f"/api/sessions/{made.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["topics", "sessions", "outcomes"])
@pytest.mark.parametrize("query", ["", "?q=%00&form=x&state=y&year=9&page=x"])
def test_the_api_lists(client, cast, path, query):
    client.force_login(cast.lin.user)
    assert client.get(f"/api/{path}/{query}").status_code in (200, 404)


def test_answers_are_taken_only_while_it_is_open(post, cast):
    made = make_session(by=cast.zhao, guests=Guests(members=[cast.lin.person]))
    seat = made.participants.get()
    assert post(cast.lin, reverse("consultations:participant_attend", args=[seat.pk])).status_code == 302
    seat.refresh_from_db()
    assert seat.state == "invited"


def test_a_session_is_not_opened_on_an_earlier_day(cast):
    made = make_session(by=cast.zhao)
    with pytest.raises(MoveRefused):
        meeting.open_session(made, by=cast.zhao.person, at=timezone.now())
    meeting.open_session(made, by=cast.zhao.person, at=at(ahead(), 7))
    assert made.state == "in_session"


def test_a_notice_is_not_sent_for_what_is_over(cast):
    made = make_session(by=cast.zhao, starts_at=timezone.now() - timedelta(days=1))
    with pytest.raises(MoveRefused):
        sessions.notify_session(made, by=cast.zhao.person, at=timezone.now())


def test_only_one_of_two_clerks_issues_the_minutes(cast):
    made = make_meeting(by=cast.zhao)
    same = type(made).objects.get(pk=made.pk)
    meeting.issue_minutes(made, by=cast.zhao.person, on=ahead(0))
    with pytest.raises(MoveRefused):
        meeting.issue_minutes(same, by=cast.zhao.person, on=ahead(0))
    assert [step.verb for step in made.steps.all()] == ["open", "issue"]
    assert verify.differences() == []


def test_removing_a_point_moves_the_later_ones_up(cast):
    made = make_meeting(by=cast.zhao)
    points = [meeting.add_consensus(made, by=cast.zhao.person, text=f"第{number}点") for number in (1, 2, 3)]
    meeting.remove_point(made, by=cast.zhao.person, point=points[0])
    assert list(made.consensus.values_list("number", "text")) == [(1, "第2点"), (2, "第3点")]


def test_a_dropped_topic_is_not_changed_any_more(cast):
    topic = make_topic(cast.committee, plan=make_plan(cast.committee), line=1)
    topics.drop_topic(topic, by=cast.zhao.person, reason="与他县重复")
    with pytest.raises(MoveRefused):
        topics.edit_topic(topic, by=cast.zhao.person, units=[], title="改名")
    assert topic.steps.get().note == "与他县重复"


def test_a_topic_keeps_the_year_of_its_plan(cast):
    topic = topics.draft_topic(
        committee=cast.committee, by=cast.zhao.person, plan=make_plan(cast.committee), title="停车", source="member"
    )
    assert (topic.year, topic.line, verify.differences()) == (2026, 1, [])
    topics.edit_topic(topic, by=cast.zhao.person, units=[], plan=make_plan(cast.committee, year=2025), line=7)
    topic.refresh_from_db()
    assert (topic.year, topic.line) == (2025, 7)
    topics.edit_topic(topic, by=cast.zhao.person, units=[], plan=None, line=None)
    topic.refresh_from_db()
    assert topic.year is None
    for wrong in ({"year": 2024}, {"plan": make_plan(cast.committee, year=2023)}):
        Topic.objects.filter(pk=topic.pk).update(year=None, plan=None)
        Topic.objects.filter(pk=topic.pk).update(**wrong)
        assert verify.differences() == [f"topic {topic.pk}: its year is not that of its plan"]


def test_topics_of_an_old_plan_are_found_by_its_address(get, cast):
    for year in range(2005, 2027):
        make_topic(cast.committee, plan=make_plan(cast.committee, year=year), line=1, title=f"{year}年的议题")

    def titles(year):
        page = get(cast.lin, reverse("consultations:topic_list"), year=year).context["page"]
        return [topic.title for topic in page]

    assert (titles(2026), titles(2005)) == (["2026年的议题"], ["2005年的议题"])
    assert len(titles(1999)) == 22


def test_mark_all_present_leaves_what_was_marked_and_who_has_leave(post, cast):
    made = make_meeting(by=cast.zhao, guests=Guests(residents=["居民甲", "居民乙"]))
    first, second = made.participants.order_by("pk")
    url = reverse("consultations:meeting_attendance", args=[made.pk])
    post(cast.zhao, url, **{f"seat-{first.pk}": "absent", "everybody": "1"})
    assert list(made.participants.order_by("pk").values_list("presence", flat=True)) == ["absent", "present"]
    assert second.session_id == made.pk
