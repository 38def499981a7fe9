"""The cast of the proposals room."""

from types import SimpleNamespace

import pytest

from members.states import Role
from members.tests.factories import make_actor, make_unit


@pytest.fixture
def cast(committee):
    """Lin proposes, Zhao keeps the office, Wu answers for a unit, Ma is another member, Chen leads."""
    unit = make_unit(committee)
    return SimpleNamespace(
        committee=committee,
        unit=unit,
        lin=make_actor(committee, Role.MEMBER, name="林小测"),
        zhao=make_actor(committee, Role.CLERK, name="赵小测"),
        wu=make_actor(committee, Role.OFFICER, name="吴小测", unit=unit),
        ma=make_actor(committee, Role.MEMBER, name="马小测"),
        chen=make_actor(committee, Role.LEADER, name="陈小测"),
    )
