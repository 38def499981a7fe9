"""Questions written once answer as their querysets would, for everybody and for nobody else."""

import pytest

from members.states import Role
from members.tests.factories import make_actor, make_committee
from stations import actions, questions
from stations.models import Matter, Station

from .factories import make_matter, make_station

pytestmark = pytest.mark.django_db


def test_a_matter_is_found_by_those_who_see_it_and_by_nobody_else(people):
    matter = make_matter(people.station, by=people.lin)
    found = {
        name: questions.MATTER.one(getattr(people, name), matter.pk) == matter
        for name in vars(people)
        if len(name) < 5 and hasattr(getattr(people, name), "roles")
    }
    seen = {name: Matter.objects.visible_to(getattr(people, name)).filter(pk=matter.pk).exists() for name in found}
    assert found == seen
    assert sorted(name for name in seen if seen[name]) == ["chen", "kong", "lin", "zhao"]


def test_a_matter_comes_with_all_its_page_reads(people, django_assert_num_queries):
    matter = make_matter(people.station, by=people.lin)
    with django_assert_num_queries(1):
        found = questions.MATTER.one(people.kong, matter.pk)
        assert (found.committee, found.station.name, found.area.name, found.taken_by.name, found.owner) == (
            people.committee,
            "晨光站",
            "晨光社区",
            "林小测",
            None,
        )
        assert people.kong.person.pk in found.station.keeper_ids


def test_a_station_to_choose_is_in_use_and_for_a_keeper_a_kept_one(people):
    closed = make_station(people.committee, head=people.kong.person)
    Station.objects.filter(pk=closed.pk).update(closed_on="2026-01-01")
    rows = (people.station, people.elsewhere, closed)

    def chosen(question, actor):
        return [question.one(actor, station.pk) == station for station in rows]

    assert chosen(questions.KEPT_STATION, people.kong) == [True, False, False]
    assert chosen(questions.KEPT_STATION, people.zhao) == chosen(questions.STATION, people.kong) == [True, True, False]


@pytest.mark.parametrize("question", [questions.MATTER, questions.STATION, questions.AREA, questions.ASSIGNMENT])
def test_no_key_is_too_odd_to_be_asked_for(people, question):
    assert [question.one(people.zhao, pk) for pk in (0, -1, 2**31, 2**63, 10**17)] == [None] * 5


def test_nothing_of_another_committee_is_found(people):
    stranger = make_actor(make_committee(), Role.CLERK, name="外县")
    matter = make_matter(people.station, by=people.lin)
    asked = [
        questions.MATTER.one(stranger, matter.pk),
        questions.STATION.one(stranger, people.station.pk),
        questions.AREA.one(stranger, people.area.pk),
    ]
    assert asked == [None] * 3


def test_what_the_unit_did_is_read_as_it_was_written(people):
    matter = make_matter(people.station, by=people.lin)
    actions.assign_matter(
        matter, by=people.zhao.person, unit=people.unit, difficulty="easy", request="请办理", on=matter.received_on
    )
    found = questions.ASSIGNMENT.one(people.zhao, matter.assignment_id)
    assert (found, found.unit, hasattr(found, "receipt")) == (matter.assignment, people.unit, False)
    assert questions.PROGRESS.all(people.zhao, found.pk) == questions.REPLIES.all(people.zhao, found.pk) == []
