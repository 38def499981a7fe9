"""The pages of a proposal: who gets in, what bad input is told, what a repeated post does."""

from uuid import uuid4

import pytest
from django.urls import reverse

from followups import actions as followups
from kit.paging import PER_PAGE
from kit.tenancy import committee_scope
from members.states import Role
from members.tests.factories import make_actor
from proposals import actions
from proposals.models import Proposal

from .factories import ON, make_handed_over, make_proposal

pytestmark = pytest.mark.django_db

WORDS = {"title": "关于路灯的提案", "category": "society", "situation": "路灯不亮", "suggestion": "请修"}


def post(client, actor, url, **data):
    """Send a form as an actor."""
    client.force_login(actor.user)
    return client.post(url, {"form_key": uuid4().hex, **data})


def test_a_draft_sent_twice_is_one_proposal(client, cast):
    client.force_login(cast.lin.user)
    form = {**WORDS, "form_key": uuid4().hex}
    first = client.post(reverse("proposals:create"), form)
    second = client.post(reverse("proposals:create"), form)
    assert (first.status_code, second.url) == (302, first.url)
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"title": ""},
        {"title": "长" * 81},
        {"title": "空\x00字"},
        {"category": "no such"},
        {"situation": "x" * 1501},
        {"title": "反\u202e转"},
    ],
)
def test_a_bad_draft_is_explained_and_keeps_what_was_typed(client, cast, bad):
    answer = post(client, cast.lin, reverse("proposals:create"), **{**WORDS, **bad})
    assert answer.status_code == 422
    assert "请修" in answer.content.decode()
    assert Proposal.objects.count() == 0


def test_an_origin_of_another_committee_does_not_exist(client, cast):
    client.force_login(cast.lin.user)
    for nonsense in ("999999", "1" * 40, "x", "-1", "１"):
        assert client.get(reverse("proposals:create"), {"matter": nonsense}).status_code == 404


VERBS = {
    "submit": {"lin"},
    "withdraw": {"lin"},
    "file": {"zhao"},
    "return": {"zhao"},
    "decline": {"zhao"},
    "hand_over": {"zhao"},
}


@pytest.mark.parametrize("who", ["lin", "zhao", "wu", "ma", "chen"])
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_open_to_whom_it_is_meant_for(client, cast, verb, who):
    proposal = make_proposal(by=cast.lin)
    if verb != "submit":
        actions.submit_proposal(proposal, by=cast.lin.person, on=ON)
    answer = post(client, getattr(cast, who), reverse(f"proposals:{verb}", args=[proposal.pk]))
    if who in VERBS[verb]:
        assert answer.status_code in (302, 422)
    else:
        assert answer.status_code in (403, 404)
        assert proposal.steps.count() == (0 if verb == "submit" else 1)


def test_another_committee_gets_404_for_everything(client, cast, other_committee):
    proposal = make_proposal(by=cast.lin)
    with committee_scope(other_committee.pk):
        strangers = [make_actor(other_committee, role) for role in (Role.CLERK, Role.LEADER, Role.MEMBER)]
    for stranger in strangers:
        client.force_login(stranger.user)
        assert client.get(proposal.get_absolute_url()).status_code == 404
        assert proposal.title not in client.get(reverse("proposals:list")).content.decode()


def test_the_unit_never_reads_who_was_not_satisfied(client, cast):
    proposal = make_handed_over(author=cast.lin, clerk=cast.zhao, unit=cast.unit)
    followups.sign_for(proposal.assignment, by=cast.wu.person, on=ON)
    followups.answer(proposal.assignment, by=cast.wu.person, text="已出台办法", on=ON)
    rate = reverse("followups:rate", args=[proposal.assignment_id])
    said = {"result": "not", "attitude": "satisfied", "words": "没有回应第二点"}
    assert post(client, cast.lin, rate, **said).status_code == 302
    pages = {}
    for who in ("lin", "zhao", "wu"):
        client.force_login(getattr(cast, who).user)
        text = client.get(proposal.get_absolute_url()).content.decode()
        pages[who] = ("没有回应第二点" in text, "不满意" in text, "评价答复" in text)
    assert pages["lin"][:2] == pages["zhao"][:2] == (True, True)
    assert pages["wu"] == (False, False, False)  # nor that Lin has judged at all


def test_judging_waits_for_an_answer(client, cast):
    proposal = make_handed_over(author=cast.lin, clerk=cast.zhao, unit=cast.unit)
    rate = reverse("followups:rate", args=[proposal.assignment_id])
    assert rate not in client.get(proposal.get_absolute_url()).content.decode()
    answer = post(client, cast.lin, rate, result="satisfied", attitude="satisfied")
    assert (answer.status_code, proposal.assignment.ratings.count()) == (302, 0)  # told, and sent back to the page
    assert proposal.steps.last().verb == "hand_over"


@pytest.mark.parametrize("rows", [1, 50])
def test_the_register_costs_the_same_for_one_and_for_many(client, cast, django_assert_num_queries, rows):
    proposal = make_handed_over(author=cast.lin, clerk=cast.zhao, unit=cast.unit)
    more = {"committee": cast.committee, "term": proposal.term, "first_proposer": cast.lin.person}
    Proposal.objects.bulk_create(Proposal(**WORDS, **more, state="submitted") for _row in range(rows - 1))
    client.force_login(cast.zhao.user)
    pages = rows > PER_PAGE  # a long list asks for the number of its pages too
    with django_assert_num_queries(5 + pages):  # session, account, roles; rows; unread notices
        assert client.get(reverse("proposals:list")).status_code == 200
