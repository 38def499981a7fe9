"""The list, its filters, signing for many at once, and the list as a file."""

import csv
import io
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from followups import actions
from followups.models import Assignment, Receipt
from followups.tests.factories import ON, make_assignment
from members.models import ExportLog, NumberSeries

pytestmark = pytest.mark.django_db

LIST = "/assignments/"


def titles(client, actor, **wishes):
    """Return what the list shows the actor, in its order."""
    client.force_login(actor.user)
    answer = client.get(LIST, wishes)
    assert answer.status_code == 200
    return [thing.title for thing in answer.context["page"]]


@pytest.fixture
def five(people):
    """Five assignments, one in each state, handed over on five days."""
    made = [
        make_assignment(
            unit=people.unit, by=people.zhao, title=f"事项{n}", on=ON + timedelta(days=n), origin_place=f"{n % 2}号站"
        )
        for n in range(5)
    ]
    for thing in made[1:]:
        actions.sign_for(thing, by=people.wu.person, on=ON)
    for thing in made[2:]:
        actions.report_progress(thing, by=people.wu.person, text="正在办理")
    for thing in made[3:]:
        actions.answer(thing, by=people.wu.person, text="已办", on=ON)
    actions.close(made[4], by=people.zhao.person, proof="验收单", on=ON)
    return made


def test_who_works_with_the_list_first_sees_what_is_open_the_reddest_first(client, people, five):
    assert titles(client, people.zhao) == ["事项0", "事项1", "事项2"]
    assert titles(client, people.wu) == ["事项0", "事项1", "事项2"]
    assert titles(client, people.he) == []


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({"show": "all"}, "43210"),
        ({"show": "unsigned"}, "0"),
        ({"show": "unsigned_late"}, "0"),
        ({"show": "no_answer"}, "12"),
        ({"show": "answered"}, "3"),
        ({"show": "overdue"}, "012"),
        ({"show": "due_soon"}, ""),
        ({"state": "closed"}, "4"),
        ({"light": "done"}, "43"),
        ({"light": "red"}, "210"),
        ({"show": "all", "station": "1号站"}, "31"),
        ({"show": "all", "station": "-"}, ""),
        ({"show": "all", "kind": "matter"}, ""),
        ({"show": "all", "q": "事项3"}, "3"),
        ({"show": "all", "month": "2026-03"}, "43210"),
        ({"show": "all", "month": "2026-04"}, ""),
        ({"year": "2025"}, ""),
        ({"before": "2026-03-20"}, "10"),
        ({"since": "2026-01-01", "moved": "close"}, "4"),
        ({"moved": "sign"}, "4321"),
    ],
)
def test_each_filter_shows_what_it_says(client, people, five, wishes, expected):
    assert titles(client, people.chen, **wishes) == [f"事项{n}" for n in expected]


@pytest.mark.parametrize(
    "nonsense",
    [
        {"page": "9" * 30},
        {"page": "-1"},
        {"unit": "9" * 30},
        {"unit": "x"},
        {"year": "9" * 30},
        {"year": "0"},
        {"month": "2026-13"},
        {"since": "0001-01-01"},
        {"since": "9999-12-31"},
        {"before": "0001-01-01"},
        {"q": "空\x00字"},
        {"q": "长" * 5000},
        {"station": "\x00"},
        {"state": "no such", "light": "pink", "show": "nothing", "moved": "x", "kind": "y"},
    ],
)
def test_a_wish_that_makes_no_sense_is_no_wish(client, people, five, nonsense):
    client.force_login(people.zhao.user)
    for path in (LIST, LIST + "export/", "/board/"):
        assert client.get(path, nonsense).status_code == 200


def test_the_list_costs_the_same_for_one_and_for_three(client, people, django_assert_num_queries):
    client.force_login(people.zhao.user)
    make_assignment(unit=people.unit, by=people.zhao)
    client.get(LIST)  # the names of stations are looked up once in ten minutes
    # session, account, roles; units for the filter; the rows; unread notices
    with django_assert_num_queries(6):
        client.get(LIST)
    for _turn in range(2):
        make_assignment(unit=people.unit, by=people.zhao)
    with django_assert_num_queries(6):
        client.get(LIST)


def test_the_queue_of_a_unit_costs_the_same_for_one_and_for_three(client, people, django_assert_num_queries):
    client.force_login(people.wu.user)
    make_assignment(unit=people.unit, by=people.zhao)
    # session, account, roles; the rows; how many wait for a signature; unread notices
    with django_assert_num_queries(6):
        client.get(LIST)
    for _turn in range(2):
        make_assignment(unit=people.unit, by=people.zhao)
    with django_assert_num_queries(6):
        client.get(LIST)


def test_an_htmx_request_gets_the_rows_alone(client, people, five):
    client.force_login(people.zhao.user)
    part = client.get(LIST, headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in part, "事项0" in part) == (False, True)


@pytest.mark.scenario("A23")
def test_one_click_issues_thirteen_numbered_receipts_and_four_stay_without_an_answer(client, people):
    speakers = [people.lin, people.ma]
    things = [
        make_assignment(unit=people.unit, by=people.zhao, title=f"建议{n}", raised_by=speakers[n % 2].person)
        for n in range(13)
    ]
    client.force_login(people.wu.user)
    assert "13" in client.get(LIST).content.decode()
    client.post(reverse("followups:sign_all"), {"form_key": uuid4().hex, "everything": "1"})
    assert sorted(Receipt.objects.values_list("number", flat=True)) == list(range(1, 14))
    assert NumberSeries.objects.get(kind="receipt").last == 13

    client.force_login(people.lin.user)
    own = client.get(reverse("followups:receipt", args=[things[0].pk]))
    assert (own.status_code, "建议0" in own.content.decode()) == (200, True)
    assert client.get(reverse("followups:receipt", args=[things[1].pk])).status_code == 403

    for thing in Assignment.objects.order_by("pk")[:9]:
        actions.answer(thing, by=people.wu.person, text="已办理", on=ON + timedelta(days=30))
    sixty_days_on = ON + timedelta(days=62)
    silent = Assignment.objects.matching(on=sixty_days_on, show="no_answer")
    assert [thing.title for thing in silent.order_by("pk")] == ["建议9", "建议10", "建议11", "建议12"]
    assert titles(client, people.zhao, show="no_answer") == ["建议9", "建议10", "建议11", "建议12"]
    assert Assignment.objects.overdue(on=sixty_days_on).count() == 4


@pytest.mark.scenario("D05")
def test_of_four_points_one_late_turns_red_and_stands_in_the_offices_list(client, people):
    points = [
        make_assignment(unit=people.unit, by=people.zhao, title=f"专报第{n}条", due_on=ON + timedelta(days=40))
        for n in range(1, 5)
    ]
    actions.sign_for_all(points, by=people.wu.person, on=ON)
    for point in points[:3]:
        actions.answer(point, by=people.wu.person, text="已办", on=ON)
    late = ON + timedelta(days=41)
    assert [thing.light for thing in Assignment.objects.with_light(on=late).order_by("pk")] == ["done"] * 3 + ["red"]
    assert titles(client, people.zhao, show="overdue") == ["专报第4条"]
    assert titles(client, people.chen, light="red") == ["专报第4条"]
    owed = people.zhao.person.notices.filter(key__startswith=f"assignment:{points[3].pk}:overdue")
    assert [timezone.localdate(notice.due_at) for notice in owed] == [late]


def test_only_the_ticked_ones_are_signed_for(client, people, five):
    more = make_assignment(unit=people.unit, by=people.zhao, title="另一件")
    client.force_login(people.wu.user)
    client.post(reverse("followups:sign_all"), {"form_key": uuid4().hex, "assignment": [str(more.pk)]})
    assert titles(client, people.wu, show="unsigned") == ["事项0"]


def test_signing_for_many_sent_twice_signs_once(client, people):
    for n in range(3):
        make_assignment(unit=people.unit, by=people.zhao, title=f"建议{n}")
    client.force_login(people.wu.user)
    form = {"form_key": uuid4().hex, "everything": "1"}
    answers = [client.post(reverse("followups:sign_all"), form) for _turn in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Receipt.objects.count() == 3


def test_one_that_was_signed_already_refuses_the_whole_lot(client, people, five):
    client.force_login(people.wu.user)
    ticked = [str(five[0].pk), str(five[1].pk)]
    client.post(reverse("followups:sign_all"), {"form_key": uuid4().hex, "assignment": ticked})
    five[0].refresh_from_db()
    assert (five[0].state, Receipt.objects.count()) == ("handed_over", 4)


@pytest.mark.parametrize("ticked", [[], ["x"], ["9" * 30], ["-1"], ["\x00"], ["１"]])
def test_nothing_sensible_ticked_signs_nothing(client, people, five, ticked):
    client.force_login(people.wu.user)
    answer = client.post(reverse("followups:sign_all"), {"form_key": uuid4().hex, "assignment": ticked})
    assert (answer.status_code, Receipt.objects.count()) == (302, 4)


def test_another_units_assignment_cannot_be_ticked(client, people, five):
    client.force_login(people.he.user)
    client.post(reverse("followups:sign_all"), {"form_key": uuid4().hex, "assignment": [str(five[0].pk)]})
    five[0].refresh_from_db()
    assert five[0].state == "handed_over"


def test_the_file_holds_what_the_list_shows_defuses_formulas_and_is_written_down(client, people):
    make_assignment(unit=people.unit, by=people.zhao, title='=HYPERLINK("x","y")', on=date(2026, 3, 18))
    client.force_login(people.chen.user)
    sheet = client.get(LIST + "export/", {"show": "all", "format": "csv"})
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert (len(rows), rows[1][0]) == (2, '\'=HYPERLINK("x","y")')
    book = zipfile.ZipFile(io.BytesIO(client.get(LIST + "export/", {"show": "all"}).content))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert [(log.by_id, log.rows) for log in ExportLog.objects.all()] == [(people.chen.person.pk, 1)] * 2


def test_the_file_of_a_unit_holds_its_own_alone(client, people, five):
    make_assignment(unit=people.other_unit, by=people.zhao, title="别的单位")
    client.force_login(people.he.user)
    sheet = client.get(LIST + "export/", {"show": "all", "format": "csv"}).content.decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(sheet))][1:] == ["别的单位"]
