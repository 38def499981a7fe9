"""The cards on the first page: what waits for whom."""

from datetime import timedelta

import pytest

from followups import actions
from followups.dashboard import cards_for
from followups.tests.factories import ON, make_assignment

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def counts(actor, on):
    """Return how many each card of the actor says, in order."""
    return [card.count for card in cards_for(actor, on=on)]


def test_a_unit_sees_what_to_sign_for_what_is_late_and_what_is_due_soon(people, handed):
    assert counts(people.wu, ON) == [1]
    actions.sign_for(handed, by=people.wu.person, on=ON)
    assert counts(people.wu, ON) == []
    assert counts(people.wu, handed.blue_on) == [1]
    late = cards_for(people.wu, on=handed.due_on + DAY)
    assert [(card.count, card.tone, card.rows[0].light) for card in late] == [(1, "bad", "red")]
    assert counts(people.he, handed.due_on + DAY) == []


def test_the_office_sees_answers_and_the_leader_what_is_overdue(people, handed):
    late = make_assignment(unit=people.unit, by=people.zhao, title="另一件")
    actions.sign_for_all([handed, late], by=people.wu.person, on=ON)
    actions.answer(handed, by=people.wu.person, text="已办", on=ON)
    assert counts(people.zhao, late.due_on + DAY) == [1, 1]
    assert counts(people.chen, late.due_on + DAY) == [1]


def test_who_raised_it_sees_the_answer_for_two_weeks(people, handed):
    assert counts(people.lin, ON) == []
    actions.sign_for(handed, by=people.wu.person, on=ON)
    actions.answer(handed, by=people.wu.person, text="已办", on=ON)
    assert counts(people.lin, ON + 15 * DAY) == [1]  # to be judged, however long ago it was answered
    actions.rate(handed, by=people.lin.person, result="satisfied")
    assert counts(people.lin, ON + 14 * DAY) == [1]
    assert counts(people.lin, ON + 15 * DAY) == []


def test_a_card_shows_five_rows_and_counts_all(people):
    for n in range(7):
        make_assignment(unit=people.unit, by=people.zhao, title=f"建议{n}")
    card = cards_for(people.wu, on=ON)[0]
    assert (card.count, len(card.rows)) == (7, 5)
