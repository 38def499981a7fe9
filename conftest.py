"""Fixtures of every test: two committees, and whose rows may be read."""

import pytest

from kit.tenancy import committee_scope, every_committee


@pytest.fixture
def everywhere():
    """Let the test itself read every committee; requests still open their own scope."""
    with every_committee(because="a test looks on from outside"):
        yield


def _make_committee():
    from followups.tests.factories import make_equipped_committee  # noqa: PLC0415 -- models load after Django is set up

    with every_committee(because="the scope is opened for what is made here"):
        return make_equipped_committee()


@pytest.fixture
def committee(db):
    """A committee with its term and clocks; its scope is open."""
    made = _make_committee()
    with committee_scope(made.pk):
        yield made


@pytest.fixture
def other_committee(db):
    """A second committee that nothing may leak to or from; open its scope to put something there."""
    return _make_committee()
