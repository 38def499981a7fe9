"""Tenancy: no query without saying whose rows, and no row of another committee."""

import pytest

from kit.tenancy import ScopeMissing, committee_scope, every_committee
from members.models import Brand, Person
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db

QUERIES = {
    "all": lambda: list(Brand.objects.all()),
    "filter": lambda: list(Brand.objects.filter(name="x")),
    "values": lambda: list(Brand.objects.values("name")),
    "count": lambda: Brand.objects.count(),
    "exists": lambda: Brand.objects.exists(),
    "get": lambda: Brand.objects.get(pk=1),
    "first": lambda: Brand.objects.first(),
    "update": lambda: Brand.objects.update(name="x"),
    "filtered update": lambda: Brand.objects.filter(pk=1).update(name="x"),
    "delete": lambda: Brand.objects.all().delete(),
    "filtered delete": lambda: Brand.objects.filter(pk=1).delete(),
    "iterator": lambda: list(Brand.objects.iterator()),
    "in_bulk": lambda: Brand.objects.in_bulk([1]),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_without_a_scope_raises(db, name):
    with pytest.raises(ScopeMissing):
        QUERIES[name]()


def test_a_scope_shows_one_committees_rows_only(committee, other_committee):
    with every_committee(because="both are needed"):
        for owner in (committee, other_committee):
            Brand.objects.create(committee=owner, name="同名品牌")
    with committee_scope(other_committee.pk):
        assert [brand.committee for brand in Brand.objects.all()] == [other_committee]


def test_an_update_in_one_committee_leaves_the_other_alone(committee, other_committee):
    with every_committee(because="both are needed"):
        for owner in (committee, other_committee):
            Brand.objects.create(committee=owner, name="同名品牌")
    with committee_scope(committee.pk):
        assert Brand.objects.update(name="新名") == 1


def test_nobody_sees_a_member_of_another_committee(other_committee, zhao, as_):
    with committee_scope(other_committee.pk):
        stranger = make_member(other_committee, name="马外人")
    assert as_(zhao).get(f"/members/{stranger.pk}/").status_code == 404
    assert Person.objects.filter(pk=stranger.pk).exists() is False
