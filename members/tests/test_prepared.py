"""Prepared questions answer as their queryset would, and never with somebody else's rows."""

import pytest

from kit.prepared import Prepared
from kit.tenancy import ScopeMissing, committee_scope
from members.models import Person

from .factories import make_committee, make_person

pytestmark = pytest.mark.django_db


def _named(committee_pk, person_pk):
    with committee_scope(committee_pk):
        return Person.objects.filter(pk=person_pk).select_related("committee")


def test_a_prepared_question_answers_anew_for_every_key(django_assert_num_queries):
    people = [make_person(make_committee(), name=name) for name in ("甲", "乙")]
    question = Prepared(_named, keys=2)
    with django_assert_num_queries(2):
        found = [question.rows(person.committee_id, person.pk)[0] for person in people]
        assert [(one.name, one.committee.pk) for one in found] == [(one.name, one.committee_id) for one in people]


def test_a_prepared_question_counts_what_is_there_now():
    person = make_person(make_committee(), name="甲")
    question = Prepared(_named, keys=2)
    assert question.count(person.committee_id, person.pk) == 1
    with committee_scope(person.committee_id):
        Person.objects.filter(pk=person.pk).delete()
    assert question.count(person.committee_id, person.pk) == 0


def test_a_prepared_question_finds_nothing_of_another_committee():
    person, other = make_person(make_committee(), name="甲"), make_committee()
    assert Prepared(_named, keys=2).rows(other.pk, person.pk) == []


def test_a_prepared_question_without_a_scope_of_its_own_is_refused_inside_an_open_one():
    committee = make_committee()
    with committee_scope(committee.pk), pytest.raises(ScopeMissing):
        Prepared(lambda pk: Person.objects.filter(pk=pk), keys=1).rows(1)
