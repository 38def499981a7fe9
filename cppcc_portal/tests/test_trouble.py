"""Trouble: what a person is told when the portal itself fails."""

import pytest
from django.db import InterfaceError, OperationalError

import members.middleware
from members.states import Role
from members.tests.factories import make_actor


@pytest.fixture
def broken(client, committee, monkeypatch):
    """A browser of somebody signed in, to whom the portal fails with the given fault."""
    client.force_login(make_actor(committee, Role.CLERK).user)
    client.raise_request_exception = False

    def with_fault(fault):
        def fail(_user):
            raise fault

        monkeypatch.setattr(members.middleware, "actors_of", fail)
        return client

    return with_fault


@pytest.mark.parametrize("fault", [OperationalError("server closed the connection"), InterfaceError("closed")])
def test_while_the_database_is_away_people_are_told_that_nothing_was_received(broken, fault):
    for answer in (broken(fault).get("/"), broken(fault).post("/assignments/sign/", {})):
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert "没有收到" in answer.content.decode()


def test_any_other_fault_is_ours(broken):
    answer = broken(RuntimeError("planted")).get("/")
    assert answer.status_code == 500
    assert "planted" not in answer.content.decode()
