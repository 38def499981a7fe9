"""Degrees of solution: the shipped sets, and the one that committees without any are given."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from followups.degrees import DEGREE_VARIANTS, install_degrees
from followups.models import Degree, DegreeSet

pytestmark = pytest.mark.django_db
FROM = date(2020, 1, 1)


@pytest.mark.parametrize(("variant", "letters"), [("a", "ABC"), ("b", "ABC"), ("c", "ABCD"), ("d", "ABCD")])
def test_each_shipped_set_can_be_installed_once(committee, variant, letters):
    Degree.objects.all().delete()
    DegreeSet.objects.all().delete()
    install_degrees(committee, on=FROM, variant=variant)
    install_degrees(committee, on=FROM)
    installed = Degree.objects.in_force(on=FROM)
    assert "".join(degree.letter for degree in installed) == letters
    assert [degree.kind for degree in installed] == [letter.kind for letter in DEGREE_VARIANTS[variant].letters]
    assert (installed[0].kind, installed[0].is_tracked) == ("solved", False)


def test_a_new_committee_starts_with_four_letters(committee):
    assert [str(degree) for degree in Degree.objects.in_force(on=FROM)] == [
        "A 已解决",
        "B 正在解决",
        "C 列入计划解决",
        "D 解释说明",
    ]


def test_committees_without_a_set_are_given_the_usual_one(committee):
    before = [(degree.letter, degree.label, degree.kind, degree.is_tracked) for degree in Degree.objects.all()]
    Degree.objects.all().delete()
    DegreeSet.objects.all().delete()
    migration = import_module("followups.migrations.0012_working")
    for _turn in range(2):
        migration.add_degrees(apps, None)
    after = [(degree.letter, degree.label, degree.kind, degree.is_tracked) for degree in Degree.objects.all()]
    assert (after, DegreeSet.objects.get().valid_from) == (before, FROM)
