"""Scenarios of the domain, from the first form to what is printed."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from consultations.actions import meeting as acts
from consultations.actions.sessions import Guests
from consultations.forms.sessions import QuickForm, SessionForm
from consultations.models import Outcome, Session, Topic
from followups.models import Assignment
from kit.sheets import read_table

from .factories import ahead, at, make_meeting, make_plan, make_session, make_topic

pytestmark = pytest.mark.django_db
S = "consultations:"


def required_fields(form):
    """Return the names of the fields somebody must fill in."""
    return [name for name, field in form.fields.items() if field.required and name != "form_key"]


@pytest.mark.scenario("A09")
def test_four_sides_three_points_and_a_reserved_view_are_printed_and_exported(post, get, client, cast):
    names = ["一层住户", "高层住户", "商户", "物业"]
    session = make_meeting(by=cast.zhao, guests=Guests(residents=[f"{name}代表" for name in names]))
    here = {"pk": session.pk}
    for name, seat in zip(names, session.participants.order_by("pk"), strict=True):
        answer = post(
            cast.zhao,
            reverse(f"{S}meeting_position", kwargs=here),
            participant=seat.pk,
            side=name,
            position=f"{name}的主张",
        )
        assert answer.status_code == 302
    for number in (1, 2, 3):
        post(cast.zhao, reverse(f"{S}meeting_consensus", kwargs=here), text=f"共识第{number}点")
    seat = session.participants.order_by("pk").first()
    post(cast.zhao, reverse(f"{S}meeting_reserved", kwargs=here), participant=seat.pk, text="采光问题仍有保留")
    post(cast.zhao, reverse(f"{S}session_issue", kwargs=here))

    printed = get(cast.lin, reverse(f"{S}session_minutes", kwargs=here)).content.decode()
    wanted = [f"{name}的主张" for name in names] + ["共识第1点", "共识第2点", "共识第3点", "采光问题仍有保留"]
    assert [words for words in wanted if words not in printed] == []
    for ending in ("xlsx", "csv"):
        content = client.get(reverse(f"{S}session_export", kwargs={**here, "ending": ending})).content
        cells = [cell for row in read_table(content, f"x.{ending}").rows for cell in row.cells]
        assert [words for words in wanted if words not in cells] == []


@pytest.mark.scenario("A13")
def test_a_missing_side_is_warned_of_and_the_notice_goes_out_all_the_same(post, get, cast):
    session = make_session(by=cast.zhao, guests=Guests(members=[cast.lin.person]))
    page = get(cast.zhao, session.get_absolute_url())
    assert page.context["missing"] == ["承办单位", "群众代表"]
    assert post(cast.zhao, reverse(f"{S}session_notify", args=[session.pk])).status_code == 302
    session.refresh_from_db()
    assert session.state == "notified"


def test_a_session_with_all_sides_is_not_warned_of(get, cast):
    guests = Guests(members=[cast.lin.person], units=[cast.unit], residents=["住户代表"])
    session = make_session(by=cast.zhao, guests=guests)
    assert get(cast.zhao, session.get_absolute_url()).context["missing"] == []


@pytest.mark.scenario("A31")
def test_a_micro_session_is_opened_held_and_closed_the_same_day(post, cast):
    now = timezone.localtime()
    answer = post(
        cast.kong,
        reverse(f"{S}session_quick"),
        title="楼道照明",
        form=cast.light.pk,
        station=cast.station.pk,
        day=f"{now:%Y-%m-%d}",
        begins="00:00",
        ends="23:59",
        people="林小测\n马小测",
        units=[cast.unit.pk],
        residents="居民甲\n居民乙\n居民丙\n居民丁",
    )
    session = Session.objects.get()
    assert answer.url == f"{session.get_absolute_url()}meeting/"
    assert session.participants.count() == 7
    photo = SimpleUploadedFile("现场.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    assert post(cast.kong, reverse(f"{S}session_papers", args=[session.pk]), papers=photo).status_code == 302
    outcome = reverse(f"{S}meeting_outcome", args=[session.pk])
    post(cast.kong, outcome, kind="solved", text="当场换灯")
    post(cast.kong, outcome, kind="todo", text="加装感应灯", unit=cast.unit.pk, due_on=f"{ahead(20):%Y-%m-%d}")
    post(cast.kong, reverse(f"{S}session_issue", args=[session.pk]))
    post(cast.kong, reverse(f"{S}session_close", args=[session.pk]))
    session.refresh_from_db()
    assert (session.state, session.outcomes.count(), session.papers.count()) == ("closed", 2, 1)
    assert session.minutes_on == timezone.localdate(session.starts_at)


@pytest.mark.scenario("C01")
def test_a_plan_is_entered_line_by_line_and_printed_as_a_table(post, get, cast):
    plan = make_plan(cast.committee)
    for title, quarter in (("产业转型", 2), ("养老服务", 3)):
        answer = post(
            cast.zhao,
            reverse(f"{S}plan_add_line", args=[plan.pk]),
            title=title,
            form=cast.form.pk,
            source="party",
            leader="邱主席",
            quarter=quarter,
        )
        assert answer.status_code == 302
    assert list(plan.topics.by_line().values_list("line", "title", "quarter", "leader")) == [
        (1, "产业转型", 2, "邱主席"),
        (2, "养老服务", 3, "邱主席"),
    ]
    page = get(cast.lin, plan.get_absolute_url()).content.decode()
    assert re.findall(r"产业转型|养老服务|对口协商|邱主席", page).count("邱主席") == 2


@pytest.mark.scenario("D03")
def test_the_plan_counts_its_topics_by_form(get, cast):
    plan = make_plan(cast.committee)
    for line, form in enumerate([cast.light, cast.form, cast.form], 1):
        make_topic(cast.committee, plan=plan, line=line, title=f"议题{line}", form=form)
    counts = get(cast.zhao, plan.get_absolute_url()).context["counts"]
    assert [(row["form__name"], row["number"]) for row in counts] == [("对口协商", 2), ("微协商", 1)]


@pytest.mark.scenario("D09")
@pytest.mark.parametrize(
    ("kind", "words", "status"),
    [
        ("solved", {}, 302),
        ("explained", {}, 422),
        ("explained", {"explanation": "政策如此"}, 302),
        ("todo", {}, 422),
        ("todo", {"unit": True}, 302),
    ],
)
def test_each_kind_of_outcome_asks_for_what_it_needs(post, cast, kind, words, status):
    session = make_meeting(by=cast.zhao, form=cast.light)
    if "unit" in words:
        words = {"unit": cast.unit.pk, "due_on": f"{ahead(30):%Y-%m-%d}"}
    answer = post(cast.zhao, reverse(f"{S}meeting_outcome", args=[session.pk]), kind=kind, text="一条成果", **words)
    assert answer.status_code == status
    assert Outcome.objects.count() == (1 if status == 302 else 0)


@pytest.mark.scenario("D09", "A05")
def test_what_is_to_be_done_is_handed_to_the_unit_with_its_clock(cast):
    session = make_meeting(by=cast.zhao, station=cast.station)
    outcome = acts.add_outcome(
        session, by=cast.zhao.person, kind="todo", text="补划车位", unit=cast.unit, due_on=ahead(30), on=ahead(0)
    )
    assignment = Assignment.objects.get()
    assert outcome.assignment == assignment
    assert (assignment.unit, assignment.due_on, assignment.origin_kind) == (cast.unit, ahead(30), "outcome")
    assert (assignment.origin_place, assignment.raised_by) == (cast.station.name, cast.zhao.person)
    assert cast.wu.person.notices.filter(key=f"assignment:{assignment.pk}:handed-over").count() == 1


@pytest.mark.scenario("D10")
@pytest.mark.parametrize("form_class", [SessionForm, QuickForm])
def test_no_form_of_a_session_needs_more_than_eight_fields(cast, form_class):
    from consultations.forms.circle import Circle  # noqa: PLC0415 -- only here

    assert len(required_fields(form_class(circle=Circle(cast.zhao)))) <= 8
    assert len(required_fields(form_class(circle=Circle(cast.kong)))) <= 8


@pytest.mark.scenario("E18")
def test_a_session_in_a_yard_needs_no_room(post, cast):
    answer = post(
        cast.zhao,
        reverse(f"{S}session_create"),
        title="板凳会",
        form=cast.light.pk,
        day=f"{ahead():%Y-%m-%d}",
        begins="15:00",
        ends="16:00",
        place="王家院坝",
    )
    assert answer.status_code == 302
    session = Session.objects.get()
    assert (session.station, session.where) == (None, "王家院坝")


@pytest.mark.scenario("E21")
def test_an_on_site_session_leaves_with_an_owner_and_four_sides(post, get, cast):
    now = timezone.localtime()
    post(
        cast.zhao,
        reverse(f"{S}session_quick"),
        title="棚屋破损",
        form=cast.light.pk,
        place="三号棚",
        day=f"{now:%Y-%m-%d}",
        begins="00:00",
        ends="23:59",
        people="林小测\n结构专家",
        units=[cast.unit.pk],
        residents="住户甲",
    )
    session = Session.objects.get()
    assert session.state == "in_session"
    assert sorted(session.participants.values_list("kind", flat=True)) == ["expert", "member", "officer", "resident"]
    post(
        cast.zhao,
        reverse(f"{S}meeting_outcome", args=[session.pk]),
        kind="todo",
        text="修棚",
        unit=cast.unit.pk,
        due_on=f"{ahead(15):%Y-%m-%d}",
    )
    assert Assignment.objects.get().unit == cast.unit


def test_a_matter_becomes_a_topic_and_stays_on_its_chain(post, get, cast):
    from stations.models import Matter  # noqa: PLC0415 -- only here

    matter = Matter.objects.create(
        committee=cast.committee,
        year=2026,
        number=1,
        station=cast.station,
        received_on=ahead(-3),
        subject="路灯不亮",
        text="三栋门口",
        taken_by=cast.lin.person,
    )
    page = get(cast.zhao, reverse(f"{S}topic_create"), matter=matter.pk)
    assert page.context["form"].initial["title"] == "路灯不亮"
    answer = post(cast.zhao, reverse(f"{S}topic_create"), matter=matter.pk, title="路灯怎么管", source="residents")
    topic = Topic.objects.get()
    assert answer.url == topic.get_absolute_url()
    matter.refresh_from_db()
    assert matter.state == "escalated"
    nodes = get(cast.zhao, topic.get_absolute_url()).context["chain"]
    assert [(node.model, node.here) for node in nodes] == [("matter", False), ("topic", True)]


def test_the_minutes_show_who_was_late_and_who_had_leave(get, cast):
    session = make_meeting(by=cast.zhao, guests=Guests(members=[cast.lin.person, cast.ma.person]))
    lin, ma = session.participants.order_by("person__pk")
    acts.take_attendance(session, by=cast.zhao.person, marks={lin.pk: "late", ma.pk: "absent"})
    acts.issue_minutes(session, by=cast.zhao.person, on=ahead(0))
    page = get(cast.lin, reverse(f"{S}session_minutes", args=[session.pk]))
    assert [seat.pk for seat in page.context["without"]] == [ma.pk]
    assert "林小测 (迟到)" in page.content.decode()


def test_an_exported_workbook_of_the_plan_can_be_read(get, cast):
    plan = make_plan(cast.committee)
    make_topic(cast.committee, plan=plan, line=1, form=cast.form)
    content = get(cast.lin, reverse(f"{S}plan_export", args=[plan.pk, "xlsx"])).content
    assert BytesIO(content).read(2) == b"PK"


def test_minutes_are_numbered_without_gaps_even_after_a_refusal(cast):
    first, second = (make_meeting(by=cast.zhao, place=place) for place in ("甲", "乙"))
    acts.issue_minutes(first, by=cast.zhao.person, on=ahead(0))
    with pytest.raises(Exception, match="纪要已印发"):
        acts.issue_minutes(first, by=cast.zhao.person, on=ahead(0))
    acts.issue_minutes(second, by=cast.zhao.person, on=ahead(0))
    assert [first.minutes_number, second.minutes_number] == [1, 2]


def test_a_session_ends_after_it_starts_whatever_hour(cast):
    session = make_session(by=cast.zhao, starts_at=at(ahead(), 22))
    assert session.ends_at - session.starts_at == timedelta(hours=2)
