"""Tests of what is read from the environment: a live portal with something missing or unsafe does not start."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from cppcc_portal import env

LIVE = {
    "PORTAL_ENV": "live",
    "SECRET_KEY": "k" * 50,
    "DATABASE_URL": "postgres://portal:p%40ss@db:5432/portal",
    "ALLOWED_HOSTS": "portal.example.org",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "SITE_URL": "https://portal.example.org",
}


def start(tmp_path, **variables):
    """Load the settings in a process of their own and return (exit code, last line it said)."""
    kept = {"PATH": os.environ["PATH"], "PORTAL_VAR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", "from cppcc_portal import settings; print(settings.DATABASES['default']['NAME'])"],
        cwd=settings.BASE_DIR,
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, (done.stdout or done.stderr).strip().splitlines()[-1]


def test_development_needs_nothing_and_uses_a_file(tmp_path):
    assert start(tmp_path) == (0, str(tmp_path / "portal.sqlite3"))


def test_a_complete_live_environment_starts(tmp_path):
    assert start(tmp_path, **LIVE) == (0, "portal")


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "REDIS_URL"])
def test_live_refuses_to_start_without(tmp_path, name):
    given = {key: value for key, value in LIVE.items() if key != name}

    code, said = start(tmp_path, **given)

    assert code == 1
    assert said == f"django.core.exceptions.ImproperlyConfigured: {name} must be set when PORTAL_ENV=live"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "dev-only-" + "0" * 50),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "portal.example.org,"),
        ("PORTAL_DEBUG", "True"),
        ("PORTAL_DEBUG", "yes"),
        ("DATABASE_URL", "mysql://portal@db/portal"),
        ("PORTAL_ENV", "production"),
    ],
)
def test_live_refuses_to_start_with_an_unsafe_value(tmp_path, name, value):
    code, said = start(tmp_path, **LIVE | {name: value})

    assert code == 1
    assert said.startswith(f"django.core.exceptions.ImproperlyConfigured: {name} must")


def test_a_secret_may_lie_in_a_file(tmp_path, monkeypatch):
    (tmp_path / "key").write_text("from-a-file\n", encoding="utf-8")
    monkeypatch.delenv("SOME_KEY", raising=False)
    monkeypatch.setenv("SOME_KEY_FILE", str(tmp_path / "key"))

    assert env.secret("SOME_KEY", dev="") == "from-a-file"


def test_a_number_must_be_one(monkeypatch):
    monkeypatch.setenv("SOME_NUMBER", "ten")

    with pytest.raises(ImproperlyConfigured, match="must be a whole number"):
        env.number("SOME_NUMBER", 1)


@pytest.mark.parametrize(
    ("url", "name"),
    [("sqlite:////srv/portal/p.sqlite3", "/srv/portal/p.sqlite3"), ("sqlite:///p.sqlite3", "p.sqlite3")],
)
def test_a_sqlite_url_names_a_file(url, name):
    assert env.database(url)["NAME"] == name


def test_a_postgres_url_may_hold_signs_in_its_password():
    found = env.database("postgres://portal:p%40ss%2F@db:5433/portal")

    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("portal", "p@ss/", "db", "5433")
