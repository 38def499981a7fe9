"""The quarter report: figures of one committee, the rows behind them, and the sum over several."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from consultations import quarters
from consultations.models import Session, Speech
from followups import actions as followups
from followups.models import Assignment
from followups.tests.factories import make_assignment, make_equipped_committee
from kit.tenancy import committee_scope, every_committee
from members.models import ExportLog
from stations.models import Matter

from .factories import make_cast, make_form, make_station

pytestmark = pytest.mark.django_db
SPRING = date(2026, 2, 10)


def fill(committee, cast, *, solved, hard, speeches, closed, day=SPRING):
    """Put so many matters solved (so many of them hard), speeches and struck off assignments into a quarter."""
    station = make_station(committee)
    Matter.objects.bulk_create(
        Matter(
            committee=committee,
            year=day.year,
            number=n + 1 + Matter.objects.filter(committee=committee).count(),
            station=station,
            received_on=day,
            subject=f"诉求{n}",
            difficulty="hard" if n < hard else "easy",
            answer="已办",
            answered_on=day,
            closed_on=day,
            rating="satisfied",
            state="closed",
        )
        for n in range(solved)
    )
    start = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    session = Session.objects.create(
        committee=committee,
        title="协商会",
        form=make_form(committee),
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        state="in_session",
        place="社区",
    )
    Speech.objects.bulk_create(
        Speech(committee=committee, session=session, order=n + 1, text="意见") for n in range(speeches)
    )
    for n in range(closed):
        thing = make_assignment(unit=cast.unit, by=cast.zhao, title=f"事项{n}", on=day)
        followups.sign_for(thing, by=cast.wu.person, on=day)
        followups.answer(thing, by=cast.wu.person, text="已办", on=day)
        followups.close(thing, by=cast.zhao.person, proof="照片", on=day)


@pytest.mark.scenario("E15")
def test_the_first_quarters_numbers_are_those_of_the_rows_of_several_counties():
    """130 difficult matters solved and 213 opinions collected, in two counties."""
    counties = []
    for name, hard, speeches, closed in (("甲", 80, 40, 2), ("乙", 50, 43, 1)):
        committee = make_equipped_committee(name=f"政协{name}县委员会", code=f"county-{len(counties)}")
        with committee_scope(committee.pk):
            cast = make_cast(committee)
            fill(committee, cast, solved=hard, hard=hard, speeches=speeches, closed=closed)
            fill(committee, cast, solved=3, hard=1, speeches=2, closed=0, day=date(2026, 4, 1))
        counties.append(committee)
    with every_committee(because="the report adds several committees up"):
        each = [quarters.quarters_of(committee, 2026) for committee in counties]
    first, second, *_later = quarters.added(each)
    assert (first.counts["hard"], first.collected, first.counts["closed"]) == (130, 213, 3)
    assert (second.counts["hard"], second.collected, second.counts["closed"]) == (2, 10, 0)
    assert [one[0].counts["hard"] for one in each] == [80, 50]


@pytest.fixture
def filled(committee, cast):
    """A committee with a little in the first quarter."""
    fill(committee, cast, solved=4, hard=3, speeches=2, closed=1)
    return committee


@pytest.mark.parametrize(
    ("figure", "number"),
    [("taken", 4), ("solved", 4), ("hard", 3), ("sessions", 1), ("speeches", 2), ("outcomes", 0), ("handed", 1),
     ("closed", 1), ("collected", 6)],
)  # fmt: skip
def test_every_figure_opens_exactly_its_rows(get, cast, filled, figure, number):
    page = get(cast.chen, reverse("consultations:quarter_report"), year=2026, quarter=1, figure=figure)
    numbers = {key: counts for key, _label, counts, _total in page.context["lines"]}
    assert (numbers[figure], len(page.context["rows"])) == ([number, 0, 0, 0], number)
    assert page.status_code == 200


def test_the_last_day_of_a_quarter_counts_and_the_first_of_the_next_does_not(cast, filled):
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2025, 12, 31)):
        make_assignment(unit=cast.unit, by=cast.zhao, on=day)
    assert [one.counts["handed"] for one in quarters.quarters_of(cast.committee, 2026)] == [2, 1, 0, 0]


def test_the_report_costs_the_same_for_few_and_many_rows(client, cast, filled, django_assert_num_queries):
    client.force_login(cast.zhao.user)
    for _turn in range(2):
        with django_assert_num_queries(12):  # session, account, roles; eight figures; unread notices
            client.get(reverse("consultations:quarter_report"), {"year": 2026})
        fill(cast.committee, cast, solved=2, hard=1, speeches=2, closed=1)


def test_the_report_leaves_as_a_file_and_is_written_down(get, cast, filled):
    for ending, start in (("xlsx", b"PK"), ("csv", b"\xef\xbb")):
        answer = get(cast.chen, reverse("consultations:quarter_export"), year=2026, format=ending)
        assert answer.content[:2] == start
    assert list(ExportLog.objects.values_list("rows", flat=True)) == [9, 9]


@pytest.mark.parametrize(
    "query", [{"year": "x"}, {"year": "0"}, {"year": "9" * 30}, {"quarter": "5", "figure": "taken"}, {"figure": "\x00"}]
)
def test_a_wish_that_makes_no_sense_is_no_wish(get, cast, filled, query):
    page = get(cast.chen, reverse("consultations:quarter_report"), **query)
    assert (page.status_code, page.context["rows"]) == (200, None)
    assert Assignment.objects.count() == 1
