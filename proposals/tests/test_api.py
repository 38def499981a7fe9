"""The API of proposals: the same people, forms and moves as the pages."""

import pytest

from kit.tenancy import committee_scope
from members.states import Role
from members.tests.factories import make_actor
from proposals import actions

from .factories import ON, make_proposal

pytestmark = pytest.mark.django_db


def post(client, actor, proposal, verb, **data):
    """Ask the API for a move as an actor."""
    client.force_login(actor.user)
    return client.post(f"/api/proposals/{proposal.pk}/{verb}/", data, content_type="application/json")


def test_a_move_answers_with_the_new_state_and_a_second_one_with_409(client, cast):
    proposal = make_proposal(by=cast.lin)
    first, second = (post(client, cast.lin, proposal, "submit") for _time in range(2))
    assert (first.status_code, first.json()["state"], second.status_code) == (200, "submitted", 409)


def test_a_bad_form_names_the_field(client, cast):
    proposal = make_proposal(by=cast.lin)
    actions.submit_proposal(proposal, by=cast.lin.person, on=ON)
    answer = post(client, cast.zhao, proposal, "return", reason="")
    assert (answer.status_code, list(answer.json())) == (400, ["reason"])


def test_a_filed_proposal_is_handed_to_a_unit(client, cast):
    proposal = make_proposal(by=cast.lin)
    actions.submit_proposal(proposal, by=cast.lin.person, on=ON)
    actions.file_proposal(proposal, by=cast.zhao.person, on=ON)
    answer = post(client, cast.zhao, proposal, "hand_over", unit=cast.unit.pk)
    assert (answer.status_code, answer.json()["state"]) == (200, "handed_over")


def test_what_is_not_yours_does_not_exist_and_what_you_only_see_is_refused(client, cast, other_committee):
    proposal = make_proposal(by=cast.lin)
    actions.submit_proposal(proposal, by=cast.lin.person, on=ON)

    with committee_scope(other_committee.pk):
        stranger = make_actor(other_committee, Role.CLERK)
    answers = [post(client, who, proposal, "file").status_code for who in (stranger, cast.ma, cast.chen)]
    assert answers == [404, 404, 403]


def test_a_stranger_gets_nothing(client, cast):
    assert client.get("/api/proposals/").status_code == 403
