"""The first start on an empty machine: what is compiled is used at once."""

import os
import shutil
import sqlite3
import subprocess
import sys

from django.conf import settings


def test_the_first_demo_speaks_chinese(tmp_path):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    place = tmp_path / "portal"
    for name in listed.stdout.splitlines():
        source = settings.BASE_DIR / name
        if source.is_file() and not name.startswith(("bench/", "docs/", "tests/")):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, place / name)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL", "PYTEST", "DATABASE"))}
    command = [sys.executable, "manage.py", "setup", "--demo", "--only", "translations", "database", "demo"]
    subprocess.run(
        command,
        cwd=place,
        env=env | {"DJANGO_SETTINGS_MODULE": "cppcc_portal.settings"},
        check=True,
        capture_output=True,
    )
    with sqlite3.connect(place / "var" / "portal.sqlite3") as database:
        names = database.execute("SELECT DISTINCT name FROM followups_deadlinerule WHERE key = 'sign'").fetchall()
    database.close()
    assert names == [("交办事项签收",)]
