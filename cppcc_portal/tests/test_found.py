"""Opening a committee on a new portal."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from members.models import Committee

pytestmark = pytest.mark.django_db

WORDS = [
    "政协测试县委员会",
    "ceshi",
    "--term=10",
    "--from=2022-01-10",
    "--to=2027-01-09",
    "--clerk=赵小测",
    "--account=zhao",
]


def test_a_new_committee_has_a_clerk_who_can_sign_in_and_work(client):
    out = StringIO()
    call_command("found", *WORDS, stdout=out)
    password = re.search(r"zhao  (\S+)", out.getvalue())[1]
    assert client.post("/sign-in/", {"username": "zhao", "password": password}).status_code == 302
    assert client.get("/setup/").status_code == 200
    assert client.get("/assignments/clocks/").status_code == 200


def test_a_second_committee_of_the_same_code_is_refused():
    call_command("found", *WORDS, stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("found", *WORDS[:-1], "--account=other", stdout=StringIO())
    assert Committee.objects.count() == 1
