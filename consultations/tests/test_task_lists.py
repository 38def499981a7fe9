"""Sub-topics, and the task lists that begin from topics and outcomes: what became of each."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.actions import meeting as acts
from consultations.models import Outcome, Topic
from followups import actions as followups
from followups.models import Assignment, Degree, TaskList

from .factories import ahead, make_meeting, make_plan, make_topic

pytestmark = pytest.mark.django_db
S = "consultations:"


def words(**more):
    """Return the words of a list as the form sends them."""
    return {"kind": "issues", "title": "停车难问题清单", "given_on": f"{timezone.localdate()}", **more}


def points(count, unit):
    """Return so many points as the form sends them."""
    data = {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": 0, "mark": ""}
    for n in range(count):
        data |= {f"form-{n}-text": f"第{n + 1}项", f"form-{n}-unit": unit.pk, f"form-{n}-due_on": f"{ahead(30)}"}
    return data


def hand_over(post, cast, task_list, count):
    """Write so many points into a list and hand them over."""
    post(cast.zhao, reverse("followups:task_list_points", args=[task_list.pk]), **points(count, cast.unit))
    post(cast.zhao, reverse("followups:task_list_issue", args=[task_list.pk]))
    return list(Assignment.objects.filter(task_list=task_list).order_by("point"))


def strike_off(post, cast, task):
    """Let the unit sign and answer, and the office strike it off."""
    post(cast.wu, reverse("followups:sign", args=[task.pk]))
    degree = Degree.objects.in_force(on=ahead(0)).first()
    post(cast.wu, reverse("followups:answer", args=[task.pk]), text="已办结", degree=degree.pk)
    post(cast.zhao, reverse("followups:close", args=[task.pk]), proof="现场查看", degree=degree.pk)


@pytest.mark.scenario("A24")
def test_two_sub_topics_and_an_issue_list_of_ten_rows(post, get, cast):
    topic = make_topic(cast.committee, title="城区停车难", form=cast.form)
    page = get(cast.zhao, reverse(f"{S}topic_create"), parent=topic.pk)
    assert page.context["form"]["form"].value() == cast.form.pk
    for title in ("学校门口接送", "医院周边停车"):
        answer = post(cast.zhao, reverse(f"{S}topic_create"), parent=topic.pk, title=title, source="member")
        assert answer.status_code == 302
    children = list(Topic.objects.filter(parent=topic).order_by("pk"))
    assert [child.title for child in children] == ["学校门口接送", "医院周边停车"]

    answer = post(cast.zhao, reverse(f"{S}topic_task_list", args=[topic.pk]), **words(about=topic.title))
    task_list = TaskList.objects.get()
    assert answer.url == reverse("followups:task_list_points", args=[task_list.pk])
    tasks = hand_over(post, cast, task_list, 10)
    assert [(task.point, task.unit, task.due_on) for task in tasks] == [(n, cast.unit, ahead(30)) for n in range(1, 11)]
    for task in tasks[:3]:
        strike_off(post, cast, task)

    page = get(cast.zhao, topic.get_absolute_url())
    ((shown, progress),) = page.context["lists"]
    assert (shown, progress.closed, progress.total, progress.percent) == (task_list, 3, 10, 30)
    assert 'value="30"' in page.content.decode()
    assert [node.title for node in page.context["chain"]][:4] == [
        "城区停车难", "学校门口接送", "医院周边停车", "停车难问题清单",
    ]  # fmt: skip
    child = get(cast.lin, children[0].get_absolute_url())
    assert [node.title for node in child.context["chain"]] == ["城区停车难", "学校门口接送"]
    assert "停车难问题清单" not in get(cast.lin, topic.get_absolute_url()).content.decode()


def test_a_sub_topic_has_no_sub_topics_and_a_closed_topic_gets_none(post, cast):
    topic = make_topic(cast.committee)
    child = make_topic(cast.committee, parent=topic)
    closed = make_topic(cast.committee, state="closed")
    for parent in (child, closed):
        answer = post(cast.zhao, reverse(f"{S}topic_create"), parent=parent.pk, title="再小一点", source="member")
        assert answer.status_code == 422
    assert Topic.objects.count() == 3


@pytest.mark.parametrize("parent", ["x", "987654321", "9" * 30, "-1"])
def test_no_such_parent_is_not_found(get, post, cast, parent):
    assert get(cast.zhao, reverse(f"{S}topic_create"), parent=parent).status_code == 404
    assert post(cast.zhao, reverse(f"{S}topic_create"), parent=parent, title="x").status_code == 404


def test_a_topic_has_one_list_and_leads_to_it_afterwards(post, cast):
    topic = make_topic(cast.committee)
    address = reverse(f"{S}topic_task_list", args=[topic.pk])
    post(cast.zhao, address, **words())
    again = post(cast.zhao, address, **words())
    assert (again.url, TaskList.objects.count()) == (TaskList.objects.get().get_absolute_url(), 1)


@pytest.mark.scenario("B05")
def test_an_outcome_shows_its_instruction_the_meeting_five_measures_and_their_state(post, get, cast):
    session = make_meeting(by=cast.zhao)
    outcome = acts.add_outcome(
        session, by=cast.zhao.person, kind="explained", text="加大科技投入", explanation="报党委政府研究", on=ahead(0)
    )
    acts.issue_minutes(session, by=cast.zhao.person, on=ahead(0))
    held_on = timezone.localdate() - timedelta(days=2)
    page = get(cast.zhao, reverse(f"{S}session_task_list", args=[session.pk]), outcome=outcome.pk)
    assert (page.context["ticked"], page.context["form"]["about"].value()) == ({outcome.pk}, session.title)
    answer = post(
        cast.zhao,
        reverse(f"{S}session_task_list", args=[session.pk]),
        **words(
            kind="instruction", title="关于科技投入的批示", giver="县委书记", rank="county", meeting_on=f"{held_on}"
        ),
        outcomes=[outcome.pk],
    )
    assert answer.status_code == 302
    task_list = TaskList.objects.get()
    tasks = hand_over(post, cast, task_list, 5)
    strike_off(post, cast, tasks[0])

    page = get(cast.zhao, session.get_absolute_url())
    shown = page.context["outcomes"][0].task_list
    assert (shown, shown.giver, shown.meeting_on) == (task_list, "县委书记", held_on)
    assert [(task.point, task.state) for task in shown.measures] == [
        (1, "closed"), (2, "handed_over"), (3, "handed_over"), (4, "handed_over"), (5, "handed_over"),
    ]  # fmt: skip
    told = page.content.decode()
    wanted = ["关于科技投入的批示", "县委书记", f"{held_on}", "5. 第5项", "已销号"]
    assert [word for word in wanted if word not in told] == []
    assert [node.model for node in page.context["chain"]].count("tasklist") == 1
    member = get(cast.lin, session.get_absolute_url()).content.decode()
    assert ("领导批示" in member, "关于科技投入的批示" in member) == (True, False)
    chain = get(cast.zhao, tasks[1].get_absolute_url()).context["chain"]
    assert [node.model for node in chain] == ["session", "outcome", "tasklist", "assignment"]


def test_outcomes_of_another_session_cannot_be_ticked(post, cast):
    one, other = make_meeting(by=cast.zhao), make_meeting(by=cast.zhao, title="另一个会")
    mine = acts.add_outcome(one, by=cast.zhao.person, kind="solved", text="已换灯", on=ahead(0))
    theirs = acts.add_outcome(other, by=cast.zhao.person, kind="solved", text="已修路", on=ahead(0))
    answer = post(cast.zhao, reverse(f"{S}session_task_list", args=[one.pk]), **words(), outcomes=[mine.pk, theirs.pk])
    assert (answer.status_code, Outcome.objects.filter(task_list=None).count()) == (422, 2)


def test_an_outcome_that_has_a_list_is_not_offered_again(post, get, cast):
    session = make_meeting(by=cast.zhao)
    outcome = acts.add_outcome(session, by=cast.zhao.person, kind="solved", text="已换灯", on=ahead(0))
    address = reverse(f"{S}session_task_list", args=[session.pk])
    post(cast.zhao, address, **words(), outcomes=[outcome.pk])
    assert get(cast.zhao, address).context["outcomes"] == []
    assert post(cast.zhao, address, **words(), outcomes=[outcome.pk]).status_code == 422
    assert TaskList.objects.count() == 1


@pytest.mark.scenario("E17")
def test_an_outcome_carries_the_outside_number_on_its_page_and_in_the_file(get, client, cast):
    session = make_meeting(by=cast.zhao)
    outcome = acts.add_outcome(
        session, by=cast.zhao.person, kind="todo", text="补划车位", unit=cast.unit, due_on=ahead(30), on=ahead(0)
    )
    acts.issue_minutes(session, by=cast.zhao.person, on=ahead(0))
    Assignment.objects.filter(pk=outcome.assignment_id).update(external_number="督2026-018")
    assert "督查编号 督2026-018" in get(cast.zhao, session.get_absolute_url()).content.decode()
    file = client.get(reverse(f"{S}session_export", args=[session.pk, "csv"])).content.decode("utf-8-sig")
    assert file.splitlines()[1].endswith("督2026-018")
    out = (
        client.get(reverse("followups:supervision_export"), {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    )
    assert out[0].split(",") == [
        "政协编号", "督查编号", "事项", "承办单位", "督办层级", "交办日期", "办理期限", "办理状态", "亮灯", "最新进展",
        "办理程度", "督查意见",
    ]  # fmt: skip
    assert out[1].split(",")[1:3] == ["督2026-018", "补划车位"]


def test_the_topic_page_costs_the_same_for_one_and_for_three_sub_topics(client, cast, django_assert_num_queries):
    client.force_login(cast.zhao.user)
    costs = set()
    for count in (1, 3):
        topic = make_topic(cast.committee, plan=make_plan(cast.committee, year=2030 + count), line=1)
        for n in range(count):
            child = make_topic(cast.committee, parent=topic, title=f"子议题{n}")
            made = followups.start_list(
                committee=cast.committee, by=cast.zhao.person, kind="issues", title="清单", given_on=ahead(0)
            )
            Topic.objects.filter(pk=child.pk).update(task_list=made)
        with django_assert_num_queries(17):
            client.get(topic.get_absolute_url())
        costs.add(count)
    assert costs == {1, 3}
