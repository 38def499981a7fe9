"""Fixtures of the people's floor: the cast, and a browser signed in as one of them."""

import pytest
from django.test import Client

from members.states import Role
from members.tests.factories import make_actor, make_unit


@pytest.fixture
def zhao(committee):
    """Zhao works in the office."""
    return make_actor(committee, Role.CLERK, name="赵小测")


@pytest.fixture
def lin(committee):
    """Lin is a member."""
    return make_actor(committee, Role.MEMBER, name="林小测")


@pytest.fixture
def wu(committee):
    """Wu answers for a unit."""
    return make_actor(committee, Role.OFFICER, name="吴小测", unit=make_unit(committee))


@pytest.fixture
def ma(other_committee):
    """Ma is a stranger: the office of another committee."""
    return make_actor(other_committee, Role.CLERK, name="马小测")


@pytest.fixture
def as_():
    """Return a client signed in as somebody: `as_(zhao).get(…)`."""

    def signed_in(actor):
        client = Client()
        client.force_login(actor.user)
        return client

    return signed_in
