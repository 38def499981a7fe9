"""Every address × every kind of person × own, foreign and missing object × GET and POST.

The expectation stands in `matrix.py`, written by hand; nothing of it is read from the code under test. A cell that is
denied must also have written nothing.
"""

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.security import world
from tests.security.matrix import EVERYBODY, FRAMEWORK, ROWS, roles

pytestmark = pytest.mark.django_db

ROLES = ("clerk", "leader", "member", "other_member", "keeper", "other_keeper", "officer", "other_officer")
DENIED = (403, 404, 405)
# What signing in, denying and looking may write: the session, and the record of a notice being looked at.
HARMLESS = ("django_session", "axes_")


@pytest.fixture(scope="module")
def towns(django_db_setup, django_db_blocker):
    """Two towns, built once for all rows; taken back at the end."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        transaction.get_connection()
        built = {"A": world.build("甲A"), "B": world.build("乙B"), "nobody": world.nobody()}
        built["dismissed"] = world.dismissed(built["A"])
        yield built
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


class Writes:
    """Notes every statement that changes a table of the portal."""

    def __init__(self):
        self.seen = []

    def __call__(self, execute, sql, params, many, context):
        word = sql.lstrip().split(" ", 1)[0].upper()
        if word in ("INSERT", "UPDATE", "DELETE") and not any(table in sql for table in HARMLESS):
            self.seen.append(sql[:120])
        return execute(sql, params, many, context)


def names(resolver=None, space=""):
    """Yield the full name of every URL pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry, space + (f"{entry.namespace}:" if entry.namespace else ""))
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"


def test_every_address_stands_in_the_matrix_and_nothing_else():
    found, written = set(names()), {row.name for row in ROWS} | FRAMEWORK
    assert (sorted(found - written), sorted(written - found)) == ([], [])


def ask(client, method, url):
    """Send one request inside a savepoint that is taken back; return (answer, what was written)."""
    writes = Writes()
    with transaction.atomic():
        with connection.execute_wrapper(writes):
            answer = getattr(client, method)(url, {} if method == "get" else None)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for close in answer._resource_closers:  # not answer.close(): that would close the test's database as well
            close()
        transaction.set_rollback(True)
    answer.body = body
    return answer, writes.seen


@pytest.fixture(scope="module")
def doors(towns, django_db_blocker):
    """One signed-in client for everybody who knocks."""
    with django_db_blocker.unblock():
        return clients(towns)


def clients(towns):
    """Sign everybody in."""
    people = {f"A {role}": towns["A"].people[role].user for role in ROLES}
    people |= {f"B {role}": towns["B"].people[role].user for role in ("clerk", "leader", "member", "keeper", "officer")}
    people |= {"A nobody": towns["nobody"]}
    made = {"stranger": Client(raise_request_exception=False)}
    for name, user in people.items():
        made[name] = Client(raise_request_exception=False)
        made[name].force_login(user)
    return made


def addresses(row, towns):
    """Return the row's address for an object of town A, of town B, and for one that does not exist."""

    places = {"own": towns["A"].things.__getitem__}
    if row.things:
        places |= {"foreign": towns["B"].things.__getitem__, "missing": lambda thing: 987_654_321}
    return {place: reverse(row.name, args=row.arguments(number_of)) for place, number_of in places.items()}


def judge(row, who, place, method, answer, written):
    """Return what is wrong with one cell, or nothing."""
    town, _space, role = who.partition(" ")
    allowed = role in roles(row.get if method == "get" else row.post)
    cell = f"{method.upper()} {row.name} {place} as {who}: {answer.status_code}"
    if answer.status_code >= 500:
        return cell
    if who == "stranger":
        fine = answer.status_code in (302, 401, 403) and not (
            answer.status_code == 302 and not answer.url.startswith(reverse("login"))
        )
    elif town == "A" and place == "own" and allowed:
        fine = answer.status_code in (200, 302, 400, 409, 415, 422)
        if method == "get" and answer.status_code not in (200, 302):
            fine = False
        return "" if fine else cell
    elif row.things or town == "A":
        fine = answer.status_code in DENIED
        if place != "own" and allowed and town == "A":
            fine = answer.status_code in (404, 405)
    else:  # B's people on an address without an object: their own town's page
        return ""
    if not fine:
        return cell
    return f"{cell} wrote {written}" if written else ""


def cells(row, places, doors):
    """Yield every (place, who, method) that is tried for a row; B's people at B's things are A's people at A's."""
    for place in places:
        for who in doors:
            if not who.startswith("B") or place == "own":
                yield from ((place, who, method) for method in ("get", "post"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name} {' '.join(row.things)}")
def test_the_row_is_as_written(towns, doors, row):
    places, wrong = addresses(row, towns), []
    for place, who, method in cells(row, places, doors):
        answer, written = ask(doors[who], method, places[place])
        wrong.append(judge(row, who, place, method, answer, written))
    assert [cell for cell in wrong if cell] == []


def test_how_many_cells_there_are(towns, doors, capsys):
    count = sum(1 for row in ROWS for _cell in cells(row, addresses(row, towns), doors))
    with capsys.disabled():
        print(f"\npermission matrix: {len(ROWS)} addresses, {len(doors)} kinds of people, {count} cells")  # noqa: T201
    assert count > 9_000


def test_foreign_and_missing_objects_answer_with_the_same_bytes(towns, doors):
    differing = []
    for row in (row for row in ROWS if row.things and row.get):
        places = addresses(row, towns)
        client = doors[f"A {roles(row.get)[0]}"]
        answers = {place: ask(client, "get", places[place])[0] for place in ("foreign", "missing")}
        # The page repeats the address it was asked for and carries a fresh token; all else must be the same.
        seen = {
            (answer.status_code, re.sub(rb"[A-Za-z0-9]{64}", b"", answer.body.replace(places[place].encode(), b"")))
            for place, answer in answers.items()
        }
        if len(seen) != 1:
            differing.append(row.name)
    assert differing == []


def test_no_page_of_a_town_shows_a_word_of_the_other(towns, doors):
    leaks = []
    for row in ROWS:
        for who, client in doors.items():
            if who.startswith("A") and "乙B".encode() in ask(client, "get", addresses(row, towns)["own"])[0].body:
                leaks.append(f"{row.name} as {who}")
    assert leaks == []


def test_a_dismissed_clerk_is_a_stranger(towns):
    client = Client()
    client.force_login(towns["dismissed"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("home")).status_code == 302


def test_a_role_taken_away_ends_at_the_next_request(towns):
    actor = towns["A"].people["clerk"]
    client = Client()
    client.force_login(actor.user)
    with transaction.atomic():
        assert client.get(reverse("proposals:list")).status_code == 200
        get_user_model().objects.filter(pk=actor.user.pk).update(is_active=False)
        assert client.get(reverse("proposals:list")).status_code == 302
        transaction.set_rollback(True)


def test_the_matrix_finds_a_planted_hole():
    """Negative control: an answer that should not be is called wrong, and so is a denial that wrote something."""

    class Answer:
        status_code = 200

    class Denial:
        status_code = 403

    row = next(row for row in ROWS if row.name == "proposals:file")
    assert judge(row, "A member", "own", "post", Answer, []) != ""
    assert judge(row, "B clerk", "own", "get", Answer, []) != ""
    assert judge(row, "A member", "own", "post", Denial, ["UPDATE proposals_proposal"]) != ""
    assert judge(row, "A member", "own", "post", Denial, []) == ""
    assert EVERYBODY
