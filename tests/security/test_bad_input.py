"""Hostile and clumsy input on every address: a clear answer, nothing half-written, never a 500."""

import json
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.security import world
from tests.security.matrix import ROWS, roles

pytestmark = pytest.mark.django_db

NASTY = {
    "nul": "甲\x00乙",
    "direction": "甲\u202e乙",
    "invisible": "\u200b\u200b",
    "long": "长" * 60_000,
    "february": "2026-02-30",
    "number": "9" * 40,
    "negative": "-1",
    "markup": "<svg onload=alert(1)><script>alert(1)</script>",
    "formula": "=cmd|'/c calc'!A1",
    "emoji": "👨‍👩‍👧‍👦𠮷",
    "empty": "",
    "id of nobody": "987654321",
}
QUERIES = [
    "page=100000000000000000000",
    "page=-1",
    "page=x",
    "page=%00",
    "q=%00",
    "q=" + "%25" * 500,
    "q='%20OR%201=1--",
    "state=%00&unit=x&station=%F0%9F%98%80&month=2026-13&date=2026-02-30&year=99999999999999999999&view=x",
    "date=9999-12-31&view=month",
    "date=0001-01-01&view=week",
    "sector=" + "9" * 40 + "&group=-5&area=1.5&from=x&until=2026-02-30&light=purple&owner=%00",
    "start=x&end=y",
    "start=2026-02-30T09:00&end=2026-02-30T08:00",
    "start=9999-12-31T23:00&end=9999-12-31T23:59",
    "matter=987654321&outcome=" + "9" * 30,
    "_connector=OR&pk__gt=0&order_by=password",
]


class Fields(HTMLParser):
    """Collects the fields of the forms on a page that post, with what is in them."""

    def __init__(self, html):
        super().__init__()
        self.values, self.inside = {}, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = attrs.get("method", "get").lower() == "post" and "language" not in attrs.get("action", "")
        if self.inside and tag in ("input", "textarea", "select") and attrs.get("name"):
            self.values.setdefault(attrs["name"], attrs.get("value") or "")


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """One town for all tests of this file."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        yield world.build("甲A")
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def client_for(town, role):
    """A signed-in client that answers 500 instead of raising."""
    client = Client(raise_request_exception=False)
    client.force_login(town.people[role].user)
    return client


def address(row, town):
    """The row's own address."""
    return reverse(row.name, args=row.arguments(town.things.__getitem__))


def within_savepoint(act):
    """Run a request and take back what it did."""
    with transaction.atomic():
        answer = act()
        transaction.set_rollback(True)
    return answer


def readable(row):
    """Rows that somebody may look at."""
    return bool(roles(row.get)) and "nobody" not in roles(row.get)[:1]


@pytest.mark.parametrize("row", [row for row in ROWS if readable(row)], ids=lambda row: row.name)
def test_nonsense_in_the_address_is_never_an_error(town, row):
    client = client_for(town, roles(row.get)[0])
    failed = [
        query
        for query in QUERIES
        if within_savepoint(lambda query=query: client.get(f"{address(row, town)}?{query}")).status_code >= 500
    ]
    assert failed == []


@pytest.mark.parametrize("row", [row for row in ROWS if roles(row.post)], ids=lambda row: row.name)
def test_nonsense_in_a_form_is_never_an_error(town, row):
    client = client_for(town, roles(row.post)[0])
    page = within_savepoint(lambda: client.get(address(row, town)))
    fields = Fields(page.content.decode()).values if page.status_code == 200 and not page.streaming else {}
    fields.pop("csrfmiddlewaretoken", None)
    failed = []
    for what, value in NASTY.items():
        everything = {name: value for name in fields if name != "form_key"} | {"form_key": "a" * 32}
        each = [{**fields, name: value} for name in fields]
        for data in [everything, *each, {"x": value}]:
            answer = within_savepoint(lambda data=data: client.post(address(row, town), data))
            if answer.status_code >= 500:
                failed.append((what, sorted(name for name in data if data[name] == value)[:3]))
    assert failed == []


@pytest.mark.parametrize("row", [row for row in ROWS if roles(row.post)], ids=lambda row: row.name)
def test_other_content_types_are_never_an_error(town, row):
    client = client_for(town, roles(row.post)[0])
    bodies = [
        ("application/json", json.dumps({"x": "\x00"})),
        ("application/json", "{"),
        ("text/plain", "\ud7ff"),
        ("multipart/form-data; boundary=x", "--x"),
    ]
    failed = [
        kind
        for kind, body in bodies
        if within_savepoint(
            lambda kind=kind, body=body: client.post(address(row, town), body, content_type=kind)
        ).status_code
        >= 500
    ]
    assert failed == []


@pytest.mark.parametrize("row", [row for row in ROWS if row.things], ids=lambda row: row.name)
def test_an_impossible_number_is_not_found(town, row):
    role = next(iter([*roles(row.get), *roles(row.post)]), "clerk")
    client = client_for(town, role)
    for number in (10**30, 2**63, 0):
        try:
            url = reverse(row.name, args=row.arguments(lambda thing, number=number: number))
        except NoReverseMatch:  # the API does not even have an address for it
            continue
        method = client.get if roles(row.get) else client.post
        assert within_savepoint(lambda url=url, method=method: method(url)).status_code in (403, 404, 405)
