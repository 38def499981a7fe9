"""What a resident says to a matter a unit has answered, and a matter that goes back to its unit."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from followups import actions as followups
from followups import verify as followups_verify
from followups.models import Rating
from followups.states import AssignmentState
from kit.workflow import MoveRefused
from members.models import Notice
from stations import actions, verify
from stations.states import MatterState

from .factories import ON, make_matter

pytestmark = pytest.mark.django_db

WORDS = "居民说第二盏还不亮"


def answered_by_unit(people):
    """A matter that was handed to Wu's unit, answered by it, and told to the resident."""
    matter = make_matter(people.station, by=people.lin)
    actions.assign_matter(matter, by=people.kong.person, unit=people.unit, difficulty="easy", request="请修复", on=ON)
    followups.sign_for(matter.assignment, by=people.wu.person, on=ON)
    followups.answer(matter.assignment, by=people.wu.person, text="已修复", on=ON)
    actions.answer_matter(matter, by=people.kong.person, answer="路灯已修好", on=ON)
    return matter


def answered_here(people):
    """A matter the station has answered itself."""
    matter = make_matter(people.station, by=people.lin)
    actions.answer_matter(matter, by=people.kong.person, answer="已处理", on=ON)
    return matter


def post(client, actor, name, matter, **data):
    """Send a form of the ledger as an actor."""
    client.force_login(actor.user)
    return client.post(reverse(f"stations:matter_{name}", args=[matter.pk]), {"form_key": uuid4().hex, **data})


def is_well():
    """Whether the nightly checks find nothing."""
    return (verify.differences(), followups_verify.differences()) == ([], [])


def test_what_the_keeper_writes_down_for_the_resident_is_the_judgement_of_the_units_answer(client, people):
    matter = answered_by_unit(people)
    assert post(client, people.kong, "close", matter, rating="not", note=WORDS).status_code == 302
    rating = Rating.objects.get()
    assert (rating.assignment, rating.result, rating.words, rating.by) == (
        matter.assignment, "not", WORDS, people.kong.person,
    )  # fmt: skip
    matter.refresh_from_db()
    assert (matter.state, matter.rating, matter.assignment.rating) == (MatterState.CLOSED, "not", "not")
    client.force_login(people.wu.user)
    page = client.get(matter.assignment.get_absolute_url()).content.decode()
    assert WORDS not in page
    assert "不满意" not in page
    assert is_well()


def test_a_matter_answered_at_the_station_keeps_what_is_said_itself(client, people):
    matter = answered_here(people)
    assert post(client, people.kong, "close", matter, rating="basically").status_code == 302
    matter.refresh_from_db()
    assert (matter.rating, Rating.objects.count()) == ("basically", 0)


@pytest.mark.parametrize("tries", ["", "2", "0", "-1", "x", "9" * 40])
def test_nobody_counts_as_not_reached_before_three_tries(client, people, tries):
    for matter in (answered_by_unit(people), answered_here(people)):
        assert post(client, people.kong, "close", matter, rating="unreached", tries=tries).status_code == 422
        with pytest.raises(MoveRefused):
            actions.close_matter(matter, by=people.kong.person, rating="unreached", on=ON, tries=2)
        matter.refresh_from_db()
        assert matter.state == MatterState.ANSWERED


def test_how_often_it_was_tried_stands_in_the_words(client, people):
    matter = answered_by_unit(people)
    assert post(client, people.kong, "close", matter, rating="unreached", tries="4").status_code == 302
    assert "4" in Rating.objects.get().words
    assert "4" in matter.steps.last().note
    matter.refresh_from_db()
    assert (matter.rating, matter.assignment.rating) == ("unreached", "unreached")


def test_what_who_took_it_down_has_said_before_is_not_asked_again(client, people):
    matter = answered_by_unit(people)
    followups.rate(matter.assignment, by=people.lin.person, result="basically")
    client.force_login(people.kong.user)
    assert "rating" not in client.get(reverse("stations:matter_close", args=[matter.pk])).context["form"].fields
    assert post(client, people.kong, "close", matter, rating="not").status_code == 302
    matter.refresh_from_db()
    assert (matter.rating, Rating.objects.get().result) == ("basically", "basically")


def test_what_is_said_when_it_is_closed_takes_the_place_of_silence(people):
    matter = answered_by_unit(people)
    followups.note_silence(people.committee, on=date(2027, 1, 1))
    matter = type(matter).objects.get(pk=matter.pk)
    actions.close_matter(matter, by=people.kong.person, rating="satisfied", on=ON)
    assert [(rating.result, rating.by) for rating in Rating.objects.all()] == [("satisfied", people.kong.person)]
    assert is_well()


def test_the_keeper_gives_it_back_to_the_unit_and_the_promise_is_the_units_new_day(client, people):
    matter = answered_by_unit(people)
    assert post(client, people.kong, "reopen", matter, reason="又坏了", by_unit="1").status_code == 302
    matter = type(matter).objects.get(pk=matter.pk)
    assert (matter.state, matter.answer, matter.assignment.state) == (
        MatterState.ASSIGNED, "", AssignmentState.IN_HAND,
    )  # fmt: skip
    assert matter.due_on == matter.assignment.due_on
    assert (matter.steps.last().verb, matter.assignment.steps.last().verb) == ("again", "rehandle")
    assert Notice.objects.filter(to=people.lin.person, key__startswith=f"matter:{matter.pk}:again").count() == 1
    assert is_well()


def test_a_closed_matter_follows_its_struck_off_assignment_back(people):
    matter = answered_by_unit(people)
    actions.close_matter(matter, by=people.kong.person, rating="satisfied", on=ON)
    followups.close(matter.assignment, by=people.zhao.person, proof="现场查看", on=ON)
    look = followups.plan_look_back(matter.assignment, due_on=date(2026, 6, 1))
    followups.look_back(look, by=people.zhao.person, finding="not", words="又不亮了", on=date(2026, 6, 1))
    matter = type(matter).objects.get(pk=matter.pk)
    assert (matter.state, matter.rating, matter.closed_on) == (MatterState.ASSIGNED, "", None)
    assert is_well()


def test_an_answer_sent_back_by_the_office_takes_the_matter_along(people):
    matter = answered_by_unit(people)
    followups.send_back(matter.assignment, by=people.zhao.person, reason="请写明时间", on=ON)
    matter = type(matter).objects.get(pk=matter.pk)
    assert matter.state == MatterState.ASSIGNED
    assert is_well()


def test_what_the_station_took_back_to_itself_is_its_own_and_no_judgement_of_the_unit(client, people):
    matter = answered_by_unit(people)
    followups.rate(matter.assignment, by=people.lin.person, result="not", words="x")
    assert post(client, people.kong, "reopen", matter, reason="站室处理", by_unit="").status_code == 302
    matter = type(matter).objects.get(pk=matter.pk)
    assert (matter.state, matter.assignment.state) == (MatterState.CLASSIFIED, AssignmentState.ANSWERED)
    actions.answer_matter(matter, by=people.kong.person, answer="站室已修", on=ON)
    actions.close_matter(matter, by=people.kong.person, rating="satisfied", on=ON)
    assert (matter.rating, Rating.objects.get().result) == ("satisfied", "not")
    followups.rehandle(matter.assignment, by=people.zhao.person, reason="请重办", on=ON)
    matter.refresh_from_db()
    assert matter.state == MatterState.CLOSED  # not the unit's any more


def test_a_matter_without_a_unit_cannot_be_given_back_to_one(client, people):
    matter = answered_here(people)
    client.force_login(people.kong.user)
    assert "by_unit" not in client.get(reverse("stations:matter_reopen", args=[matter.pk])).context["form"].fields
    with pytest.raises(MoveRefused):
        actions.reopen_matter(matter, by=people.kong.person, reason="又坏了", on=ON, by_unit=True)
