"""The calendar and the lists: what stands where, and what it costs."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from consultations.actions import sessions
from consultations.actions.sessions import Guests
from consultations.models import Participant, Plan, Session, Topic
from consultations.timetable import timetable
from kit.paging import PER_PAGE

from .factories import ahead, at, make_session, make_slot

pytestmark = pytest.mark.django_db
S = "consultations:"
DAY = date(2026, 3, 18)
HOUR = timedelta(hours=1)
LISTS = [  # what is asked, and whether a long list asks for the number of its pages too
    ("session_list", 7, True),  # session, account, roles; forms, rows, own answers; unread notices
    ("session_calendar", 6, False),
    ("topic_list", 7, True),
    ("plan_list", 5, False),
]


def entries(actor, view="month", on=DAY):
    """Return (day, title) of what stands on a page of the calendar."""
    table = timetable(actor=actor, view=view, on=on, today=DAY)
    return [(day.day, entry.title) for day in table.days for entry in day.entries]


def test_a_month_shows_sessions_and_own_duty_days(cast):
    make_session(by=cast.zhao, title="协商会", starts_at=at(DAY))
    slot = make_slot(cast.committee, person=cast.lin.person, day=DAY, begins=14, ends=16)
    assert entries(cast.lin) == [(DAY, "协商会"), (DAY, f"值日：{slot.station.name}")]
    assert entries(cast.ma) == [(DAY, "协商会")]


def test_a_unit_sees_only_its_invitations(cast):
    make_session(by=cast.zhao, title="别人的会", starts_at=at(DAY))
    make_session(by=cast.zhao, title="请了我们", starts_at=at(DAY), place="别处", guests=Guests(units=[cast.unit]))
    assert entries(cast.wu) == [(DAY, "请了我们")]


def test_a_cancelled_session_is_not_on_the_calendar(cast):
    session = make_session(by=cast.zhao, starts_at=at(DAY))
    sessions.cancel_session(session, by=cast.zhao.person, reason="改期")
    assert entries(cast.lin) == []


def test_a_week_begins_on_monday_and_places_by_the_half_hour(cast):
    make_session(by=cast.zhao, starts_at=at(DAY, 9, 30))
    table = timetable(actor=cast.zhao, view="week", on=DAY, today=DAY)
    assert (table.days[0].day, table.before, table.after) == (date(2026, 3, 16), date(2026, 3, 9), date(2026, 3, 23))
    entry = table.days[2].entries[0]
    assert (entry.row, entry.span) == (6, 4)


@pytest.mark.parametrize(("hour", "hours"), [(0, 2), (5, 4), (21, 3), (22, 1), (0, 24), (23, 26)])
def test_odd_hours_stay_on_the_page(cast, hour, hours):
    make_session(by=cast.zhao, starts_at=at(DAY, hour), hours=hours)
    entry = timetable(actor=cast.zhao, view="week", on=DAY, today=DAY).days[2].entries[0]
    assert 1 <= entry.row <= entry.row + entry.span - 1 <= 30


def test_only_who_runs_it_may_drag_it(cast):
    make_session(by=cast.zhao, starts_at=at(DAY), form=cast.light, station=cast.station)

    def movable(actor):
        return [
            entry.may_move
            for day in timetable(actor=actor, view="month", on=DAY, today=DAY).days
            for entry in day.entries
        ]

    assert (movable(cast.zhao), movable(cast.kong), movable(cast.lin)) == ([True], [True], [False])


@pytest.mark.parametrize(
    "query",
    [
        {"view": "x", "date": "2026-02-30"},
        {"view": "month", "date": "9999-12-31"},
        {"view": "week", "date": "0001-01-01"},
        {"view": "list", "date": "\x00"},
    ],
)
def test_nonsense_shows_a_calendar_all_the_same(get, cast, query):
    assert get(cast.lin, reverse(f"{S}session_calendar"), **query).status_code == 200


def test_htmx_gets_only_the_part(client, cast):
    client.force_login(cast.lin.user)
    part = client.get(reverse(f"{S}session_calendar"), headers={"HX-Request": "true"})
    assert (part.templates[0].name, part["Vary"].count("HX-Request")) == ("consultations/_calendar.html", 1)


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(("name", "asked", "paged"), LISTS, ids=[row[0] for row in LISTS])
def test_a_list_costs_the_same_for_one_and_for_many(client, cast, django_assert_num_queries, name, asked, paged, rows):
    fill(cast, rows)
    client.force_login(cast.lin.user)
    with django_assert_num_queries(asked + (paged and rows > PER_PAGE)):
        assert client.get(reverse(f"{S}{name}")).status_code == 200


def fill(cast, rows):
    """Write so many plans, topics and sessions with a guest each, in four statements."""
    owner, begin = {"committee": cast.committee}, at(ahead(0), 1)
    plans = Plan.objects.bulk_create(Plan(**owner, year=2026 - number) for number in range(rows))
    topics = Topic.objects.bulk_create(
        Topic(**owner, plan=plan, year=plan.year, line=1, title="议题", source="member", form=cast.form)
        for plan in plans
    )
    times = [begin + timedelta(minutes=10 * number) for number in range(rows)]
    sessions = Session.objects.bulk_create(
        Session(**owner, topic=topic, form=cast.form, title="会", place="会议室", starts_at=start, ends_at=start + HOUR)
        for topic, start in zip(topics, times, strict=True)
    )
    Participant.objects.bulk_create(
        Participant(**owner, session=session, kind="member", person=cast.lin.person) for session in sessions
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_a_session_page_costs_the_same_for_one_guest_and_for_many(client, cast, django_assert_max_num_queries, rows):
    session = make_session(by=cast.zhao, guests=Guests(residents=[f"居民{number}" for number in range(rows)]))
    client.force_login(cast.lin.user)
    with django_assert_max_num_queries(8):
        assert client.get(session.get_absolute_url()).status_code == 200


def test_the_list_is_narrowed_by_words_form_and_state(get, cast):
    make_session(by=cast.zhao, title="加装电梯", form=cast.form)
    make_session(by=cast.zhao, title="美食街", form=cast.light, place="街口")

    def titles(**query):
        page = get(cast.lin, reverse(f"{S}session_list"), **query).context["page"]
        return sorted(session.title for session in page)

    assert titles(q="电梯") == ["加装电梯"]
    assert titles(q="街口") == ["美食街"]
    assert titles(form=cast.light.pk) == ["美食街"]
    assert titles(state="notified") == []
    assert titles(state="nonsense", form="x", show="x") == ["加装电梯", "美食街"]


def test_my_sessions_show_my_answer(get, cast):
    session = make_session(by=cast.zhao, guests=Guests(members=[cast.lin.person]))
    make_session(by=cast.zhao, title="别的会", place="别处")
    page = get(cast.lin, reverse(f"{S}session_list"), show="mine").context["page"]
    assert [(row.pk, row.my_seat.state) for row in page] == [(session.pk, "invited")]
