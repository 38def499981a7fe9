"""Task lists: writing one, handing it over in one act, its rows and progress, and the report back to its giver."""

import csv
import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from followups import actions, task_lists
from followups.actions.task_lists import Point, mark_of
from followups.forms.task_lists import TaskListForm
from followups.models import Assignment, Degree, Receipt, TaskList
from followups.tests.factories import ON
from kit.workflow import MoveRefused
from members.models import ExportLog, Notice
from members.states import Role
from members.tests.factories import make_actor, make_unit

pytestmark = pytest.mark.django_db
F = "followups:"


def today(days=0):
    """A day so many days from now."""
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def send(client):
    """Send a form as an actor."""

    def post(actor, name, *args, **data):
        client.force_login(actor.user)
        return client.post(reverse(F + name, args=args), {"form_key": uuid4().hex, **data})

    return post


@pytest.fixture
def look(client):
    """Open a page as an actor."""

    def get(actor, name, *args, **query):
        client.force_login(actor.user)
        return client.get(reverse(F + name, args=args), query)

    return get


def typed(rows, *, mark=""):
    """Return the points as the form sends them."""
    data = {"mark": mark, "form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0}
    for place, row in enumerate(rows):
        data |= {f"form-{place}-{name}": value for name, value in row.items()}
    return data


def make_list(people, *, points=0, kind="issues", issued=False, **words):
    """A list with so many points for the unit of Wu."""
    made = actions.start_list(
        committee=people.committee, by=people.zhao.person, kind=kind, title="停车难问题清单", given_on=today(), **words
    )
    rows = [Point(f"第{n}条问题", people.unit, today(20)) for n in range(1, points + 1)]
    actions.write_points(made, by=people.zhao.person, points=rows, mark=mark_of(made))
    if issued:
        actions.issue_list(made, by=people.zhao.person, on=today())
    return made


def answer_all(task_list, people):
    """Let the unit sign for every point and answer it."""
    for task in Assignment.objects.filter(task_list=task_list).open().order_by("point"):
        if task.state == "handed_over":
            actions.sign_for(task, by=people.wu.person, on=today())
        actions.answer(task, by=people.wu.person, text=f"{task.title}已办结", on=today())


@pytest.mark.scenario("D10")
def test_a_list_needs_three_fields(people):
    needed = [name for name, field in TaskListForm().fields.items() if field.required and name != "form_key"]
    assert needed == ["kind", "title", "given_on"]


@pytest.mark.scenario("A23")
def test_thirteen_suggestions_get_thirteen_receipts_and_four_stay_without_an_answer(send, look, people):
    speakers = [people.lin, make_actor(people.committee, Role.MEMBER, name="施小测")]
    answer = send(
        people.zhao, "task_list_create", kind="issues", title="市长会见会建议", given_on=f"{today()}", giver="市长"
    )
    made = TaskList.objects.get()
    assert answer.url == reverse(f"{F}task_list_points", args=[made.pk])
    rows = [
        {"text": f"建议{n}", "unit": people.unit.pk, "raised_by": speakers[n % 2].person.name} for n in range(1, 14)
    ]
    assert send(people.zhao, "task_list_points", made.pk, **typed(rows)).status_code == 302
    assert send(people.zhao, "task_list_issue", made.pk).status_code == 302
    tasks = list(made.tasks.order_by("point"))
    assert [(task.point, task.title, task.due_on) for task in tasks] == [
        (n, f"建议{n}", tasks[0].due_on) for n in range(1, 14)
    ]

    send(people.wu, "sign_all", everything="1")
    assert sorted(Receipt.objects.values_list("number", flat=True)) == list(range(1, 14))
    own, others = tasks[1], tasks[0]
    assert (own.raised_by, others.raised_by) == (speakers[0].person, speakers[1].person)
    assert "建议2" in look(speakers[0], "receipt", own.pk).content.decode()
    assert look(speakers[0], "receipt", others.pk).status_code == 404

    degree = Degree.objects.in_force(on=today()).first()
    for task in Assignment.objects.filter(task_list=made).order_by("point")[:9]:
        send(people.wu, "answer", task.pk, text="已研究办理", degree=degree.pk)
    silent = look(people.zhao, "list", show="no_answer").context["page"]
    assert sorted(thing.point for thing in silent) == [10, 11, 12, 13]
    overdue = Assignment.objects.overdue(on=today(70))
    assert sorted(overdue.values_list("point", flat=True)) == [10, 11, 12, 13]
    assert task_lists.progress_of([TaskList.objects.get()])[made.pk] == task_lists.Progress(0, 9, 13)


@pytest.mark.scenario("D05")
def test_a_special_report_with_four_points_makes_four_assignments_and_the_late_one_turns_red(send, look, people):
    units = [people.unit, people.other_unit]
    send(people.zhao, "task_list_create", kind="report", title="园区公共服务专报", given_on=f"{today()}")
    made = TaskList.objects.get()
    rows = [
        {"text": f"专报第{n}条", "unit": units[n % 2].pk, "due_on": f"{today(30 if n == 4 else 90)}"}
        for n in range(1, 5)
    ]
    send(people.zhao, "task_list_points", made.pk, **typed(rows))
    send(people.zhao, "task_list_issue", made.pk)
    tasks = list(made.tasks.order_by("point"))
    assert [(task.origin_kind, task.origin_title, task.unit) for task in tasks] == [
        ("task_list", "园区公共服务专报", units[n % 2]) for n in range(1, 5)
    ]
    lights = [task.light_on(today(31)) for task in tasks]
    assert lights == ["green", "green", "green", "red"]

    Assignment.objects.filter(pk=tasks[3].pk).update(
        handed_over_on=ON, sign_due=ON, due_on=date(2026, 4, 1), blue_on=date(2026, 3, 20), yellow_on=date(2026, 3, 30)
    )
    (slip,) = actions.press(people.committee, on=date(2026, 4, 9))
    assert (slip.rung, slip.assignment) == ("urge", tasks[3])
    assert list(look(people.zhao, "supervision_list").context["page"]) == [slip]
    assert [thing.title for thing in look(people.zhao, "list", show="overdue").context["page"]] == ["专报第4条"]
    assert [thing.title for thing in look(people.zhao, "supervision", show="overdue").context["page"]] == ["专报第4条"]
    page = look(people.chen, "task_list_detail", made.pk)
    assert [line.assignment.light for line in page.context["lines"]] == ["green", "green", "green", "red"]
    assert look(people.wu, "task_list_detail", made.pk).status_code == 403


def test_the_form_gives_more_rows_without_losing_what_is_typed(send, people):
    made = make_list(people)
    page = send(people.zhao, "task_list_points", made.pk, more="1", **typed([{"text": "已写一半", "unit": ""}]))
    assert (page.status_code, page.context["points"].total_form_count()) == (200, 6)
    assert page.content.decode().count("已写一半") == 1
    assert made.points.count() == 0


@pytest.mark.parametrize(
    "row",
    [
        {"text": "没有单位", "unit": ""},
        {"text": "没有这个单位", "unit": "987654321"},
        {"text": "单位", "unit": "x" * 50},
        {"text": "日期", "unit": "UNIT", "due_on": "2026-02-30"},
        {"text": "年份", "unit": "UNIT", "due_on": "9999-12-31"},
        {"text": "空\x00字", "unit": "UNIT"},
        {"text": "长" * 1001, "unit": "UNIT"},
        {"text": "谁", "unit": "UNIT", "raised_by": "查无此人"},
    ],
)
def test_a_bad_point_shows_the_form_again(send, people, row):
    made = make_list(people)
    row = {name: people.unit.pk if value == "UNIT" else value for name, value in row.items()}
    answer = send(people.zhao, "task_list_points", made.pk, **typed([{"text": "好的", "unit": people.unit.pk}, row]))
    assert (answer.status_code, made.points.count(), "好的" in answer.content.decode()) == (422, 0, True)


def test_two_members_of_one_name_ask_for_the_number(send, people):
    twins = [make_actor(people.committee, Role.MEMBER, name="王同名") for _turn in range(2)]
    made = make_list(people)
    row = {"text": "一条", "unit": people.unit.pk}
    assert send(people.zhao, "task_list_points", made.pk, **typed([{**row, "raised_by": "王同名"}])).status_code == 422
    number = twins[1].person.memberships.get().number
    assert send(people.zhao, "task_list_points", made.pk, **typed([{**row, "raised_by": number}])).status_code == 302
    assert made.points.get().raised_by == twins[1].person


@pytest.mark.parametrize(
    "broken", [{}, {"form-TOTAL_FORMS": "x"}, {"form-TOTAL_FORMS": "9" * 30, "form-INITIAL_FORMS": "-1"}]
)
def test_a_form_without_its_counters_is_shown_again(send, people, broken):
    made = make_list(people, points=2)
    assert send(people.zhao, "task_list_points", made.pk, **broken).status_code == 422
    assert made.points.count() == 2


def test_points_that_somebody_else_wrote_in_the_meantime_are_not_lost(people):
    made = make_list(people, points=1)
    seen = mark_of(made)
    actions.write_points(made, by=people.zhao.person, points=[Point("甲", people.unit)], mark=seen)
    with pytest.raises(MoveRefused):
        actions.write_points(made, by=people.zhao.person, points=[Point("乙", people.unit)], mark=seen)
    assert list(made.points.values_list("text", flat=True)) == ["甲"]


def test_a_list_without_points_is_not_handed_over(send, people):
    made = make_list(people)
    send(people.zhao, "task_list_issue", made.pk)
    made.refresh_from_db()
    assert (made.state, Assignment.objects.count()) == ("draft", 0)


def test_a_point_whose_day_is_past_is_not_handed_over(people):
    made = make_list(people, points=2)
    with pytest.raises(MoveRefused):
        actions.issue_list(made, by=people.zhao.person, on=today(21))
    assert Assignment.objects.count() == 0


def test_a_list_handed_over_twice_is_handed_over_once(send, people):
    made = make_list(people, points=3)
    for _turn in range(2):
        send(people.zhao, "task_list_issue", made.pk)
    assert Assignment.objects.count() == 3


def test_after_it_is_handed_over_neither_words_nor_points_change(send, people):
    made = make_list(people, points=1, issued=True)
    for name, data in (
        ("task_list_edit", {"kind": "report", "title": "改名", "given_on": f"{today()}"}),
        ("task_list_points", typed([])),
    ):
        answer = send(people.zhao, name, made.pk, **data)
        assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    made.refresh_from_db()
    assert (made.title, made.points.count()) == ("停车难问题清单", 1)


def test_the_office_is_told_with_the_last_answer_and_once_more_after_a_new_one(people):
    made = make_list(people, points=2, issued=True)
    first, second = made.tasks.order_by("point")
    told = Notice.objects.filter(to=people.zhao.person, template="notices/followups/list_answered")
    for task in (first, second):
        assert told.count() == 0
        actions.sign_for(task, by=people.wu.person, on=today())
        actions.answer(task, by=people.wu.person, text="已办", on=today())
    assert told.count() == 1
    actions.send_back(second, by=people.zhao.person, reason="不具体", on=today())
    actions.answer(second, by=people.wu.person, text="再办", on=today())
    assert told.count() == 2


def test_the_report_begins_with_the_answers_and_its_giver_is_told(send, look, people):
    made = make_list(people, points=2, issued=True, giver="陈小测", giver_person=people.chen.person)
    send(people.zhao, "task_list_report", made.pk, text="太早")
    made.refresh_from_db()
    assert made.state == "issued"
    answer_all(made, people)
    words = look(people.zhao, "task_list_report", made.pk).context["form"]["text"].value()
    assert words.splitlines() == [
        "1. 第1条问题（住建局，已答复）",
        "第1条问题已办结",
        "2. 第2条问题（住建局，已答复）",
        "第2条问题已办结",
    ]
    answer = send(people.zhao, "task_list_report", made.pk, text=words)
    assert answer.url == reverse(f"{F}task_list_paper", args=[made.pk])
    made.refresh_from_db()
    assert (made.state, made.reported_on) == ("reported", today())
    told = Notice.objects.filter(to=people.chen.person, template="notices/followups/list_reported")
    assert [(notice.key, notice.url) for notice in told] == [(f"task-list:{made.pk}:reported", made.get_absolute_url())]
    paper = look(people.chen, "task_list_paper", made.pk)
    assert (paper.status_code, "第2条问题已办结" in paper.content.decode()) == (200, True)


def test_there_is_no_paper_before_the_report(look, people):
    made = make_list(people, points=1, issued=True)
    assert look(people.zhao, "task_list_paper", made.pk).status_code == 404


def test_progress_counts_what_is_struck_off(look, people):
    made = make_list(people, points=4, issued=True)
    answer_all(made, people)
    for task in made.tasks.order_by("point")[:3]:
        actions.close(task, by=people.zhao.person, proof="现场查看", on=today())
    assert task_lists.progress_of([made])[made.pk] == task_lists.Progress(3, 4, 4)
    page = look(people.chen, "task_list_list").content.decode()
    assert 'value="75"' in page


def test_the_list_leaves_as_a_file_and_on_paper(look, people):
    made = make_list(people, points=2, issued=True)
    rows = list(
        csv.reader(io.StringIO(look(people.chen, "task_list_export", made.pk, "csv").content.decode("utf-8-sig")))
    )
    assert [row[:3] for row in rows[1:]] == [["1", "第1条问题", "住建局"], ["2", "第2条问题", "住建局"]]
    assert look(people.chen, "task_list_export", made.pk, "xlsx").content[:2] == b"PK"
    assert list(ExportLog.objects.values_list("rows", flat=True)) == [2, 2]
    assert "第2条问题" in look(people.chen, "task_list_print", made.pk).content.decode()


@pytest.mark.parametrize("state", ["draft", "issued"])
def test_every_page_costs_the_same_for_one_and_for_three_points(client, people, state, django_assert_num_queries):
    client.force_login(people.zhao.user)
    for points in (1, 3):
        made = make_list(people, points=points, issued=state == "issued")
        # session, account, roles; the list; its rows and how far it is; steps; three of the chain; unread notices
        with django_assert_num_queries(11):
            client.get(made.get_absolute_url())


def test_the_list_of_lists_costs_the_same_for_one_and_for_three(client, people, django_assert_num_queries):
    client.force_login(people.zhao.user)
    for _turn in range(2):
        make_list(people, points=1)
        make_list(people, points=1, issued=True)
        with django_assert_num_queries(7):  # session, account, roles; lists; points and tasks; unread notices
            client.get(reverse(f"{F}task_list_list"))


def test_the_unit_sees_its_assignment_and_not_the_list_it_is_from(look, people):
    made = make_list(people, points=1, issued=True)
    task = made.tasks.get()
    page = look(people.wu, "detail", task.pk)
    assert [node.model for node in page.context["chain"]] == ["assignment"]
    page = look(people.zhao, "detail", task.pk)
    assert [node.model for node in page.context["chain"]] == ["tasklist", "assignment"]


def test_a_unit_that_is_no_longer_active_is_not_offered(look, people):
    idle = make_unit(people.committee, name="撤并局")
    idle.is_active = False
    idle.save(update_fields=["is_active"])
    assert "撤并局" not in look(people.zhao, "task_list_points", make_list(people).pk).content.decode()
