"""The cast of the consultations room, and how it knocks."""

from uuid import uuid4

import pytest

from .factories import make_cast


@pytest.fixture
def cast(committee):
    """Everybody of one committee."""
    return make_cast(committee)


@pytest.fixture
def post(client):
    """Send a form as an actor; a field that is None is left out."""

    def send(actor, url, **data):
        client.force_login(actor.user)
        fields = {"form_key": uuid4().hex, **data}
        return client.post(url, {name: value for name, value in fields.items() if value is not None})

    return send


@pytest.fixture
def get(client):
    """Open a page as an actor."""

    def look(actor, url, **query):
        client.force_login(actor.user)
        return client.get(url, query)

    return look
