"""Prepared questions answer as their queryset would, and never with somebody else's rows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Count

from kit.cards import Row
from kit.prepared import Prepared
from kit.tenancy import ScopeMissing, committee_scope
from members.models import Committee, Notice, Person, Unit
from members.states import Role
from members.waiting import Waiting

from .factories import make_actor, make_committee, make_person, make_unit

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


NOON = datetime(2026, 3, 18, 4, 0, tzinfo=UTC)


def _told(person, *, key, sent_at=NOON):
    return Notice.objects.create(
        committee=person.committee, to=person, key=key, template="x", due_at=NOON, sent_at=sent_at
    )


def test_a_prepared_question_takes_days_and_moments_and_tells_what_was_annotated(committee):
    def since(pk, day, moment):
        with committee_scope(pk):
            found = Notice.objects.filter(due_at__date__gte=day, sent_at__lte=moment)
            return found.annotate(told=Count("to")).order_by("pk").only("subject", "sent_at")

    question, person = Prepared(since, keys=1, days=1, moments=1), make_person(committee)
    _told(person, key="a"), _told(person, key="b", sent_at=NOON + timedelta(hours=1))
    found = question.rows(committee.pk, NOON.date(), NOON)
    assert [(notice.sent_at, notice.told) for notice in found] == [(NOON, 1)]
    assert question.count(committee.pk, NOON.date(), NOON + timedelta(hours=1)) == 2
    assert question.rows(committee.pk, NOON.date() + timedelta(days=1), NOON) == []


def test_a_prepared_question_that_cannot_find_anything_finds_nothing():
    question = Prepared(lambda pk: Committee.objects.filter(pk=pk, pk__in=[]), keys=1)
    assert (question.rows(1), question.count(1)) == ([], 0)


@pytest.mark.parametrize(
    "build",
    [
        lambda pk, day: Committee.objects.filter(pk=pk + 1),
        lambda pk, day: Committee.objects.filter(pk=pk, name=str(day.year + day.toordinal())),
        lambda pk, day: Committee.objects.filter(pk=pk) if day.toordinal() % 2 else Committee.objects.filter(name=""),
    ],
)
def test_a_question_that_reckons_with_its_arguments_is_refused(build):
    with pytest.raises(ValueError, match="as they are"):
        Prepared(build, keys=1, days=1).rows(1, NOON.date())


def test_what_waits_is_found_for_each_with_the_same_roles(committee, other_committee):
    waiting = Waiting(lambda actor: Notice.objects.visible_to(actor).order_by("pk").select_related("to"))
    lin, he = make_actor(committee, Role.MEMBER, name="林小测"), make_actor(committee, Role.MEMBER, name="何小测")
    with committee_scope(other_committee.pk):
        ma = make_actor(other_committee, Role.MEMBER, name="马小测")
    for number in range(7):
        _told(lin.person, key=str(number))
    _told(he.person, key="he")
    rows, count = waiting.find(lin)
    assert ([notice.key for notice in rows], count) == (["0", "1", "2", "3", "4"], 7)
    assert [(notice.key, notice.to.name) for notice in waiting.all(he)] == [("he", "何小测")]
    assert waiting.find(ma) == ([], 0)


def test_what_waits_is_written_for_each_number_of_units(committee):
    waiting = Waiting(lambda actor: Unit.objects.filter(pk__in=actor.unit_ids).order_by("pk"))
    units = [make_unit(committee, name=f"单位{number}") for number in range(3)]
    officer = make_actor(committee, Role.OFFICER, unit=units[0])
    two = replace(officer, unit_ids=frozenset(unit.pk for unit in units[1:]))
    nobody = replace(officer, unit_ids=frozenset())
    assert [waiting.find(actor) for actor in (officer, two, nobody)] == [(units[:1], 1), (units[1:], 2), ([], 0)]


def test_a_line_of_a_card_says_words_and_never_markup():
    line = Row("<b>", '/x/?a="&b=1', "<i>", light="red").html
    assert line == (
        '<li><a href="/x/?a=&quot;&amp;b=1">&lt;b&gt;</a><span class="light light-red">&lt;i&gt;</span></li>'
    )
    assert Row("甲", "/x/").html == '<li><a href="/x/">甲</a></li>'
