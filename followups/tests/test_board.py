"""The board: every figure opens exactly the rows that make it."""

import random
import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from followups import actions, figures, reports, tallies
from followups.models import Assignment
from followups.states import Level, Result
from followups.tests.factories import make_assignment
from kit.figures import definitions
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

    def answered():
        actions.answer(assignment, by=wu, text="已办", on=on)
        if assignment.pk % 3:
            actions.rate(assignment, by=people.lin.person, result=list(Result)[assignment.pk % 5], tries=3)

    other = people.other_unit if assignment.unit_id == people.unit.pk else people.unit
    {
        "sign": lambda: actions.sign_for(assignment, by=wu, on=on),
        "contact": lambda: actions.note_contact(assignment, by=wu, way="phone", text="", on=on),
        "progress": lambda: actions.report_progress(assignment, by=wu, text="进展"),
        "pause": lambda: asked("pause"),
        "resume": lambda: actions.resume(assignment, by=zhao, on=on + timedelta(days=2)),
        "pass_on": lambda: asked("release", unit=other) if assignment.state != "in_hand" else None,
        "answer": answered,
        "send_back": lambda: (actions.rehandle if assignment.rating else actions.send_back)(
            assignment, by=zhao, reason="再办", on=on
        ),
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
            topic=dice.choice(["", "改善村居环境", "a&b=c 题"]),
            brand=dice.choice([None, people.brand]),
            group=dice.choice([None, people.group]),
            level=dice.choice(Level.values),
        )
        for _turn in range(dice.randint(0, 5)):
            verbs = open_verbs(assignment)
            if verbs:
                act(assignment, dice.choice(verbs), people, on)


def figures_of(page):
    """Return (count, address) of every figure on the board; a mean is followed by the number of its rows."""
    html = re.sub(r'(<a href="[^"]*">)[\d.–]+ / (\d+)', r"\1\2", page.content.decode())
    found = re.findall(r'<a[^>]*href="(/assignments/\?[^"]*)"[^>]*>(?:<span>[^<]*</span>\s*<b>)?(\d+)', html)
    return [(int(count), unescape(url)) for url, count in found]


def board_of(actor, *, on, year=None, by="unit", **narrowed):
    """Return the board as it is counted now."""
    options = reports.options_of(actor.committee)
    chosen = tallies.Chosen.of_year(year or on.year, **narrowed)
    return reports.board(actor.committee, chosen, on=on, options=options, by=by)


def click(client, url):
    """Return how many rows the list shows behind a figure."""
    return client.get(url).context["page"].paginator.count


def mistaken(client, page):
    """Return every figure of a page that counts otherwise than the list it opens."""
    return [(url, count) for count, url in figures_of(page) if click(client, url) != count]


@pytest.mark.parametrize("who", ["chen", "zhao"])
def test_every_figure_counts_the_rows_it_opens(client, people, who):
    some_life(people, seed=7)
    client.force_login(getattr(people, who).user)
    year = timezone.localdate().year
    for wishes in (
        {},
        {"year": year - 1},
        {"unit": people.unit.pk, "by": "month"},
        {"brand": people.brand.pk, "by": "topic"},
        {"group": people.group.pk, "by": "level"},
        {"year": f"term-{people.term.pk}", "by": "station", "brand": people.brand.pk},
    ):
        page = client.get(BOARD, wishes)
        assert len(figures_of(page)) >= len(figures.BOARD) + 15
        assert mistaken(client, page) == []


def test_every_figure_of_the_units_counts_the_rows_it_opens(client, people):
    some_life(people, seed=11)
    client.force_login(people.chen.user)
    term = f"term-{people.term.pk}"
    for wishes in ({}, {"year": term}, {"year": term, "unit": people.unit.pk}, {"brand": people.brand.pk}):
        page = client.get(f"{BOARD}units/", wishes)
        assert page.status_code == 200
        assert mistaken(client, page) == []
    assert len(figures_of(client.get(f"{BOARD}units/", {"year": term}))) == 2 * (len(figures.UNITS) + 5)


def test_the_figures_move_along_when_somebody_moves_on(client, people):
    some_life(people, seed=13)
    client.force_login(people.chen.user)
    client.get(BOARD)
    for assignment in Assignment.objects.all():
        verbs = open_verbs(assignment)
        if verbs:
            act(assignment, verbs[0], people, timezone.localdate())
    assert mistaken(client, client.get(BOARD)) == []


def test_more_time_and_a_judgement_change_the_figures_at_once(client, people):
    on = timezone.localdate()
    thing = make_assignment(unit=people.unit, by=people.zhao, on=on - timedelta(days=30), due_on=on)
    actions.sign_for(thing, by=people.wu.person, on=on)
    tomorrow = on + timedelta(days=1)
    assert board_of(people.chen, on=tomorrow, year=thing.handed_over_on.year).leading[2].count == 1
    asked = actions.ask(
        thing, by=people.wu.person, kind="extension", reason="说明", on=on, wished_on=on + timedelta(days=9)
    )
    actions.grant(asked, by=people.zhao.person, on=on)
    board = board_of(people.chen, on=tomorrow, year=thing.handed_over_on.year)
    assert board.leading[2].count == 0
    client.force_login(people.chen.user)
    assert mistaken(client, client.get(f"{BOARD}units/")) == []


def plainly(things, definition, on):
    """Count a figure by hand, without the database."""
    answered = [thing for thing in things if thing.state in ("answered", "closed")]
    known = {
        "total": things,
        "overdue": [t for t in things if t.state in ("handed_over", "signed", "in_hand") and t.due_on < on],
        "open": [t for t in things if t not in answered],
        "no_answer": [t for t in things if t.state in ("signed", "in_hand", "paused")],
        "unsatisfied": [t for t in answered if t.rating == "not"],
        "given": answered,
        "on_time": [t for t in answered if t.late_days == 0],
        "late": [t for t in answered if t.late_days],
        "extended": [t for t in things if t.extensions],
        "again": [t for t in things if t.rounds],
        "contacted": [t for t in things if t.contacted_on],
        "unrated": [t for t in answered if not t.rating],
    }
    if definition.key.startswith("is_"):
        return sum(thing.state == definition.key.removeprefix("is_") for thing in things)
    if definition.key.startswith("rated_"):
        return sum(thing.rating == definition.key.removeprefix("rated_") for thing in answered)
    return len(known[definition.key])


@pytest.mark.parametrize("seed", range(6))
def test_after_any_moves_every_figure_is_what_is_counted_by_hand(people, seed):
    dice, today = random.Random(seed), timezone.localdate()
    some_life(people, seed=seed, count=10)
    options = reports.options_of(people.committee)
    for _turn in range(6):
        assignment = dice.choice(list(Assignment.objects.all()))
        verbs = open_verbs(assignment)
        if verbs:
            act(assignment, dice.choice(verbs), people, today)
        for chosen in (tallies.Chosen.of_year(today.year), tallies.Chosen.of_year(today.year, unit=people.unit.pk)):
            things = [
                thing
                for thing in Assignment.objects.all()
                if thing.handed_over_on.year == today.year and chosen.unit in (None, thing.unit_id)
            ]
            board = reports.board(people.committee, chosen, on=today, options=options, by="level")
            heads = [figure for figure in (*board.leading, *board.figures) if figure.of.key != "open_before"]
            for figure in heads:
                assert (figure.of.key, figure.count) == (figure.of.key, plainly(things, figure.of, today))
            lines = tallies.units(people.committee, chosen, on=today)
            for definition in figures.UNITS:
                assert sum(counts[definition.key] for _pk, counts, _stages in lines) == plainly(
                    things, definition, today
                )


def test_the_mean_of_a_stage_leaves_out_what_has_not_come_so_far(people):
    on = timezone.localdate()
    first, second = (make_assignment(unit=people.unit, by=people.zhao, on=on) for _n in range(2))
    actions.sign_for(first, by=people.wu.person, on=on + timedelta(days=3))
    board = board_of(people.chen, on=on)
    assert [(stage.days.count, stage.rows.count) for stage in board.stages] == [(3.0, 1), *[("–", 0)] * 4]
    actions.sign_for(second, by=people.wu.person, on=on + timedelta(days=4))
    assert board_of(people.chen, on=on).stages[0].days.count == 3.5


def test_not_reached_and_no_feedback_are_no_satisfaction(people):
    on = timezone.localdate()
    for result in Result:
        thing = make_assignment(unit=people.unit, by=people.zhao, on=on)
        actions.sign_for(thing, by=people.wu.person, on=on)
        actions.answer(thing, by=people.wu.person, text="已办", on=on)
        actions.rate(thing, by=people.lin.person, result=result, tries=3)
    (_unit, counts, _stages), *_others = tallies.units(people.committee, tallies.Chosen.of_year(on.year), on=on)
    assert {key: counts[key] for key in counts if key.startswith("rated_")} == {
        f"rated_{result}": 1 for result in Result
    }
    unsatisfied = next(each for each in board_of(people.chen, on=on).figures if each.of is figures.UNSATISFIED)
    assert unsatisfied.count == 1


def test_the_states_of_a_year_add_up_to_what_was_handed_over(people):
    some_life(people, seed=3)
    on = timezone.localdate()
    for year in (on.year, on.year - 1):
        for by in tallies.DIMENSIONS:
            for line in board_of(people.chen, on=on, year=year, by=by).lines:
                assert line.counts["total"] == sum(line.counts[each.key] for each in figures.STATES)


def test_all_tables_hold_the_same_rows(people):
    some_life(people, seed=5)
    on = timezone.localdate()
    boards = [board_of(people.chen, on=on, by=by) for by in tallies.DIMENSIONS]
    for each in figures.BOARD:
        assert len({sum(line.counts[each.key] for line in board.lines) for board in boards}) == 1


def test_the_reddest_five_are_the_longest_overdue(people):
    on = timezone.localdate()
    for n in range(8):
        due_on = on - timedelta(days=10 + n)
        make_assignment(unit=people.unit, by=people.zhao, title=f"事项{n}", on=on - timedelta(days=99), due_on=due_on)
    board = board_of(people.chen, on=on)
    assert [thing.title for thing in board.reddest] == ["事项7", "事项6", "事项5", "事项4", "事项3"]
    assert {thing.light for thing in board.reddest} == {"red"}


@pytest.mark.parametrize("wishes", [{}, {"by": "station"}, {"year": "term"}])
def test_the_board_costs_the_same_for_one_and_for_many(client, people, wishes, django_assert_num_queries):
    client.force_login(people.chen.user)
    wishes = {"year": f"term-{people.term.pk}"} if "year" in wishes else wishes
    make_assignment(unit=people.unit, by=people.zhao, on=timezone.localdate())
    # session, account, roles; names to choose from; by month, by line, struck off, earlier years, moves, stages; the
    # reddest; unread notices
    with django_assert_num_queries(12):
        client.get(BOARD, wishes)
    some_life(people, seed=1, count=6)
    with django_assert_num_queries(12):
        client.get(BOARD, wishes)


def test_the_units_figures_cost_the_same_for_one_and_for_many(client, people, django_assert_num_queries):
    client.force_login(people.chen.user)
    with django_assert_num_queries(6):  # session, account, roles; names; units; unread notices
        client.get(f"{BOARD}units/")
    some_life(people, seed=1, count=6)
    with django_assert_num_queries(6):
        client.get(f"{BOARD}units/")


@pytest.mark.parametrize("address", [BOARD, f"{BOARD}units/"])
def test_every_figure_on_a_page_names_a_definition_and_leads_to_it(client, people, address):
    some_life(people, seed=4, count=5)
    client.force_login(people.chen.user)
    html = client.get(address).content.decode()
    named = re.findall(r'data-figure="([^"]*)"', html)
    assert set(named) <= {each.key for each in definitions()}
    anchors = set(re.findall(r'id="(figure-[^"]*)"', client.get(f"{BOARD}definitions/").content.decode()))
    assert {f"figure-{key}" for key in named} <= anchors
    for table in re.findall(r"<table.*?</table>", html, re.S):  # each column of numbers is headed by its definition
        heads = re.findall(r"<th[^>]*class=\"num\"[^>]*>", table)
        assert heads
        assert [head for head in heads if "data-figure" not in head] == []
    alone = re.sub(r"<table.*?</table>", "", html, flags=re.S)
    bare = [link for link in re.findall(r'<a[^>]*href="/assignments/\?[^>]*>', alone) if "data-figure" not in link]
    assert bare == []


@pytest.mark.parametrize(
    "nonsense",
    [
        {"year": "x"},
        {"year": "1066"},
        {"year": "term-9"},
        {"unit": "9" * 30},
        {"unit": "\x00"},
        {"all": "x"},
        {"brand": "x"},
        {"by": "x"},
    ],
)
def test_a_wish_that_makes_no_sense_shows_the_year(client, people, nonsense):
    client.force_login(people.chen.user)
    page = client.get(BOARD, nonsense)
    assert (page.status_code, page.context["board"].chosen.year) == (200, timezone.localdate().year)


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
    assert (page.status_code, page.context["board"].lines) == (200, [])
    assert reverse("followups:list") in page.content.decode()
