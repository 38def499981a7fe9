"""The cast of the follow-up room."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache

from followups.models import Degree
from members.models import Brand, Group, Term
from members.states import GroupKind, Role
from members.tests.factories import make_actor, make_unit

from .factories import ON, make_assignment


@pytest.fixture(autouse=True)
def _fresh_cache():
    """Names of stations are kept for minutes; each test starts without."""
    cache.clear()


@pytest.fixture
def people(committee):
    """Zhao keeps the office, Wu answers for a unit, He for another, Lin raised it, Ma is a member, Chen leads."""
    unit, other_unit = make_unit(committee, name="住建局"), make_unit(committee, name="民政局")
    return SimpleNamespace(
        committee=committee,
        unit=unit,
        other_unit=other_unit,
        brand=Brand.objects.create(committee=committee, name="有事好商量"),
        group=Group.objects.create(committee=committee, kind=GroupKind.DUTY_GROUP, name="东门履职小组"),
        term=Term.objects.get(committee=committee),
        zhao=make_actor(committee, Role.CLERK, name="赵小测"),
        wu=make_actor(committee, Role.OFFICER, name="吴小测", unit=unit),
        he=make_actor(committee, Role.OFFICER, name="何小测", unit=other_unit),
        lin=make_actor(committee, Role.MEMBER, name="林小测"),
        ma=make_actor(committee, Role.KEEPER, name="马小测"),
        chen=make_actor(committee, Role.LEADER, name="陈小测"),
    )


@pytest.fixture
def degree(people):
    """The letter that says it is solved."""
    return Degree.objects.in_force(on=ON).get(letter="A")


@pytest.fixture
def handed(people):
    """Something Zhao handed to Wu's unit, raised by Lin."""
    return make_assignment(unit=people.unit, by=people.zhao, raised_by=people.lin.person)
