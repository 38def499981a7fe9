"""Later looks: planned with a tracked degree or by hand, due, written down, and what follows from what was found."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from followups import actions, verify
from followups.degrees import install_degrees
from followups.models import Degree, LookBack
from followups.states import AssignmentState
from followups.tests.factories import ON, make_assignment
from kit.workflow import MoveRefused
from members.models import ExportLog, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(people):
    """The usual letters, by letter."""
    install_degrees(people.committee, on=date(2020, 1, 1))
    return {degree.letter: degree for degree in Degree.objects.in_force(on=ON)}


def answered(people, degree=None, **fields):
    """Something answered with a degree."""
    assignment = make_assignment(unit=people.unit, by=people.zhao, raised_by=people.lin.person, **fields)
    actions.sign_for(assignment, by=people.wu.person, on=ON)
    actions.answer(assignment, by=people.wu.person, text="已列入计划", on=ON, degree=degree)
    return assignment


def post(client, actor, name, *args, **data):
    """Send a form of the follow-up room as an actor."""
    client.force_login(actor.user)
    return client.post(reverse(f"followups:{name}", args=args), {"form_key": uuid4().hex, **data})


@pytest.mark.parametrize(("letter", "planned"), [("A", []), ("B", [date(2026, 6, 16)]), ("C", [date(2026, 6, 16)])])
def test_what_is_struck_off_with_a_tracked_degree_is_looked_at_after_ninety_days(people, letters, letter, planned):
    thing = answered(people, letters[letter])
    actions.close(thing, by=people.zhao.person, proof="计划文件", on=ON)
    assert [look.due_on for look in thing.look_backs.all()] == planned
    owed = Notice.objects.filter(to=people.zhao.person, template="notices/followups/look_due")
    assert [notice.due_at.date() for notice in owed] == planned


def test_the_office_corrects_the_degree_when_it_strikes_off_and_the_history_says_so(people, letters):
    thing = answered(people, letters["A"])
    actions.close(thing, by=people.zhao.person, proof="只完成一半", on=ON, degree=letters["B"])
    assert (thing.degree, thing.replies.get().degree) == (letters["B"], letters["A"])
    note = thing.steps.last().note
    assert str(letters["A"]) in note
    assert str(letters["B"]) in note
    assert note.endswith("只完成一半")
    assert thing.proof == "只完成一半"
    assert thing.look_backs.count() == 1  # the corrected degree is tracked


def test_the_page_of_striking_off_takes_a_letter_or_leaves_the_units(client, people, letters):
    kept, corrected = answered(people, letters["A"]), answered(people, letters["A"])
    assert post(client, people.zhao, "close", kept.pk, proof="验收单", degree="").status_code == 302
    assert post(client, people.zhao, "close", corrected.pk, proof="x", degree="999").status_code == 422
    assert post(client, people.zhao, "close", corrected.pk, proof="x", degree=letters["C"].pk).status_code == 302
    for thing in (kept, corrected):
        thing.refresh_from_db()
    assert (kept.degree, corrected.degree) == (letters["A"], letters["C"])


def test_a_look_is_planned_by_hand_and_never_for_a_day_that_is_over(client, people):
    thing, today = answered(people), timezone.localdate()
    for bad in ("", "2026-02-30", f"{today - timedelta(days=1)}", f"{today.year + 9}-01-01"):
        assert post(client, people.zhao, "plan_look", thing.pk, due_on=bad).status_code == 422
    assert post(client, people.zhao, "plan_look", thing.pk, due_on=f"{today}").status_code == 302
    assert [look.due_on for look in LookBack.objects.due(on=today)] == [today]


def test_nothing_is_looked_back_at_before_there_is_an_answer(people, handed):
    with pytest.raises(MoveRefused):
        actions.plan_look_back(handed, due_on=date(2026, 7, 1))


def test_a_struck_off_item_found_undone_is_reopened(client, people, letters):
    thing = answered(people, letters["B"])
    actions.close(thing, by=people.zhao.person, proof="计划文件", on=ON)
    look = thing.look_backs.get()
    found = {"finding": "not", "words": "现场未见施工"}
    assert post(client, people.zhao, "look_write", look.pk, finding="not", words="").status_code == 422
    assert post(client, people.zhao, "look_write", look.pk, **found).status_code == 302
    thing.refresh_from_db()
    assert (thing.state, thing.rounds, thing.steps.last().note) == (AssignmentState.IN_HAND, 1, "现场未见施工")
    assert not Notice.objects.filter(template="notices/followups/look_due", sent_at=None).exists()
    assert post(client, people.zhao, "look_write", look.pk, **found).status_code == 302  # told that it is done
    thing.refresh_from_db()
    assert thing.rounds == 1
    assert verify.differences() == []


def test_one_that_is_only_answered_is_handled_again(people):
    thing = answered(people)
    look = actions.plan_look_back(thing, due_on=date(2026, 6, 1))
    actions.look_back(look, by=people.zhao.person, finding="not", words="未见施工", on=date(2026, 6, 1))
    thing.refresh_from_db()
    assert (thing.state, thing.steps.last().verb) == (AssignmentState.IN_HAND, "rehandle")


def test_partly_done_gets_the_next_look_and_only_one(people):
    thing = answered(people)
    first, second = (actions.plan_look_back(thing, due_on=date(2026, 6, day)) for day in (1, 2))
    actions.look_back(first, by=people.zhao.person, finding="partly", words="一半", on=date(2026, 6, 1))
    assert list(thing.look_backs.ahead()) == [second]
    actions.look_back(second, by=people.zhao.person, finding="partly", words="大半", on=date(2026, 6, 2))
    assert [look.due_on for look in thing.look_backs.ahead()] == [date(2026, 8, 31)]


def test_the_unit_reads_what_was_found_and_only_the_office_writes_it(client, people):
    thing = answered(people)
    look = actions.plan_look_back(thing, due_on=date(2026, 6, 1))
    for who, status in (("chen", 403), ("wu", 403), ("lin", 403), ("he", 403)):
        answer = post(client, getattr(people, who), "look_write", look.pk, finding="stays", words="完好")
        assert (who, answer.status_code) == (who, status)
    actions.look_back(look, by=people.zhao.person, finding="stays", words="运行完好", on=date(2026, 6, 1))
    client.force_login(people.wu.user)
    assert "运行完好" in client.get(thing.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_costs_the_same_for_one_and_for_many(client, people, letters, django_assert_num_queries, rows):
    for number in range(rows):
        thing = answered(people, letters["B"], title=f"事项{number}")
        actions.plan_look_back(thing, due_on=date(2026, 6, 1))
    client.force_login(people.zhao.user)
    client.get(reverse("followups:look_list"))
    with django_assert_num_queries(5):  # session, account, roles; rows; unread notices
        assert len(client.get(reverse("followups:look_list")).context["page"]) == rows


def test_the_list_has_its_views_and_nonsense_is_what_is_due(client, people):
    due, ahead = (answered(people, title=title) for title in ("已到期", "未到期"))
    today = timezone.localdate()
    actions.plan_look_back(due, due_on=today)
    actions.plan_look_back(ahead, due_on=today + timedelta(days=5))
    done = actions.plan_look_back(due, due_on=today)
    actions.look_back(done, by=people.zhao.person, finding="stays", words="完好", on=today)
    client.force_login(people.chen.user)

    def count(show):
        return len(client.get(reverse("followups:look_list"), {"show": show}).context["page"])

    assert {show: count(show) for show in ("due", "ahead", "done", "all", "", "x" * 99, "\x00")} == {
        "due": 1, "ahead": 1, "done": 1, "all": 3, "": 1, "x" * 99: 1, "\x00": 1,
    }  # fmt: skip


def test_the_list_is_taken_away_as_a_file_and_it_is_written_down(client, people):
    thing = answered(people, title="=1+1")
    actions.plan_look_back(thing, due_on=timezone.localdate())
    client.force_login(people.zhao.user)
    answer = client.get(reverse("followups:look_export"), {"format": "csv"})
    assert "'=1+1" in answer.content.decode("utf-8-sig")
    assert client.get(reverse("followups:look_export")).content[:2] == b"PK"
    assert [log.rows for log in ExportLog.objects.all()] == [1, 1]
    client.force_login(people.wu.user)
    assert client.get(reverse("followups:look_export")).status_code == 403
