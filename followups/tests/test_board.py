"""The board: every figure opens exactly the rows that make it."""

import random
import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from followups import actions, reports, tallies
from followups.models import Assignment
from followups.tests.factories import make_assignment
from kit.tenancy import committee_scope
from kit.workflow import open_verbs
from members.states import Role
from members.tests.factories import make_actor, make_unit

pytestmark = pytest.mark.django_db

BOARD = "/board/"


def act(assignment, verb, people, on):
    """Do one verb as whoever may."""
    wu, zhao = people.wu.person, people.zhao.person

    def asked(kind, **more):
        request = actions.ask(assignment, by=wu, kind=kind, reason="说明", on=assignment.handed_over_on)
        actions.grant(request, by=zhao, on=on, **more)

    other = people.other_unit if assignment.unit_id == people.unit.pk else people.unit
    {
        "sign": lambda: actions.sign_for(assignment, by=wu, on=on),
        "contact": lambda: actions.note_contact(assignment, by=wu, way="phone", text="", on=on),
        "progress": lambda: actions.report_progress(assignment, by=wu, text="进展"),
        "pause": lambda: asked("pause"),
        "resume": lambda: actions.resume(assignment, by=zhao, on=on + timedelta(days=2)),
        "pass_on": lambda: asked("release", unit=other) if assignment.state != "in_hand" else None,
        "answer": lambda: actions.answer(assignment, by=wu, text="已办", on=on),
        "send_back": lambda: actions.send_back(assignment, by=zhao, reason="再办", on=on),
        "rehandle": lambda: actions.rehandle(assignment, by=zhao, reason="再办", on=on),
        "close": lambda: actions.close(assignment, by=zhao, proof="验收", on=on),
        "reopen": lambda: actions.reopen(assignment, by=zhao, reason="复发", on=on),
    }[verb]()


def some_life(people, *, seed, count=14):
    """Hand over assignments in this year and the last, and move them at random."""
    dice, today = random.Random(seed), timezone.localdate()
    for n in range(count):
        on = today - timedelta(days=dice.choice([0, 3, 20, 45, 80, 200, 400]))
        assignment = make_assignment(
            unit=dice.choice([people.unit, people.other_unit]),
            by=people.zhao,
            title=f"事项{n}",
            on=on,
            origin_place=dice.choice(["", "东门站", "东门站二室", "a&b=c 站"]),
        )
        for _turn in range(dice.randint(0, 5)):
            verbs = open_verbs(assignment)
            if verbs:
                act(assignment, dice.choice(verbs), people, on)


def figures_of(page):
    """Return (count, address) of every figure on the board."""
    html = page.content.decode()
    found = re.findall(r'<a[^>]*href="(/assignments/\?[^"]*)"[^>]*>(?:<span>[^<]*</span>\s*<b>)?(\d+)', html)
    return [(int(count), unescape(url)) for url, count in found]


def board_of(actor, *, on, year=None):
    """Return the board as it is counted now."""
    year = year or on.year
    numbers = tallies.count(on=on, year=year, since=reports.week_before(on))
    return reports.board(numbers, on=on, year=year, units=reports.units_of(actor))


def click(client, url):
    """Return how many rows the list shows behind a figure."""
    return client.get(url).context["page"].paginator.count


@pytest.mark.parametrize("who", ["chen", "zhao"])
def test_every_figure_counts_the_rows_it_opens(client, people, who):
    some_life(people, seed=7)
    client.force_login(getattr(people, who).user)
    for turn in range(2):
        year = timezone.localdate().year
        for wishes in ({}, {"year": year - 1}, {"unit": people.unit.pk}):
            figures = figures_of(client.get(BOARD, wishes))
            assert len(figures) >= len(reports.COLUMNS) + 2
            assert [(url, count) for count, url in figures if click(client, url) != count] == []
        if turn == 0:  # after somebody moved on, the figures move along
            for assignment in Assignment.objects.all():
                verbs = open_verbs(assignment)
                if verbs:
                    act(assignment, verbs[0], people, timezone.localdate())


def test_the_states_of_a_year_add_up_to_what_was_handed_over(people):
    some_life(people, seed=3)
    on = timezone.localdate()
    for year in (on.year, on.year - 1):
        board = board_of(people.chen, on=on, year=year)
        for line in [*board.units, *board.stations, *board.months]:
            counts = line.counts
            states = ("handed_over", "signed", "in_hand", "paused", "answered", "closed")
            assert counts["total"] == sum(counts[state] for state in states)


def test_the_tables_by_unit_station_and_month_hold_the_same_rows(people):
    some_life(people, seed=5)
    on = timezone.localdate()
    board = board_of(people.chen, on=on)
    for column in reports.COLUMNS:
        sums = {sum(line.counts[column] for line in lines) for lines in (board.units, board.stations, board.months)}
        assert len(sums) == 1


def test_the_reddest_five_are_the_longest_overdue(people):
    on = timezone.localdate()
    for n in range(8):
        due_on = on - timedelta(days=10 + n)
        make_assignment(unit=people.unit, by=people.zhao, title=f"事项{n}", on=on - timedelta(days=99), due_on=due_on)
    board = board_of(people.chen, on=on)
    assert [thing.title for thing in board.reddest] == ["事项7", "事项6", "事项5", "事项4", "事项3"]
    assert {thing.light for thing in board.reddest} == {"red"}


def test_the_board_costs_the_same_for_one_and_for_many(client, people, django_assert_num_queries):
    client.force_login(people.chen.user)
    make_assignment(unit=people.unit, by=people.zhao, on=timezone.localdate())
    # session, account, roles; units; the last step; by unit and month, by station, earlier years, moves; the reddest;
    # unread notices
    with django_assert_num_queries(11):
        client.get(BOARD)
    some_life(people, seed=1, count=6)
    with django_assert_num_queries(11):
        client.get(BOARD)
    with django_assert_num_queries(7):  # nobody has moved anything since
        client.get(BOARD)


@pytest.mark.parametrize(
    "nonsense", [{"year": "x"}, {"year": "1066"}, {"unit": "9" * 30}, {"unit": "\x00"}, {"all": "x"}]
)
def test_a_wish_that_makes_no_sense_shows_the_year(client, people, nonsense):
    client.force_login(people.chen.user)
    page = client.get(BOARD, nonsense)
    assert (page.status_code, page.context["board"].year) == (200, timezone.localdate().year)


def test_another_committees_rows_are_not_counted(client, people, other_committee):
    some_life(people, seed=2, count=3)
    with committee_scope(other_committee.pk):
        stranger = make_actor(other_committee, Role.LEADER)
        make_unit(other_committee)
    client.force_login(stranger.user)
    assert {count for count, _url in figures_of(client.get(BOARD))} == {0}


def test_an_empty_board_says_so(client, people):
    client.force_login(people.chen.user)
    page = client.get(BOARD)
    assert (page.status_code, page.context["board"].units) == (200, [])
    assert reverse("followups:list") in page.content.decode()
