"""Measures the board at three scales, with each filter: `python -m bench.board` from the folder of the project.

It asks 127.0.0.1 alone, on a private PostgreSQL and Redis, and stops every server it started. "Cold" empties the cache
before every request; nothing of the board is kept there, so both columns should say the same.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import django
from django.db import connection

from bench import report, servers
from bench.browser import Answer, Browser
from bench.measuring import say
from bench.timing import Pair, measure_all

RESULTS = servers.ROOT / "bench/results-board.md"
SCALES = (10_000, 100_000, 1_000_000)
TARGET, MOST_GROWTH = 4.0, 2.0
PASSWORD = "bench-only-password"  # noqa: S105 -- of a database that is thrown away after the run


def main() -> None:
    """Fill, measure, and write bench/results-board.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=8)
    parser.add_argument("--scales", default=",".join(map(str, SCALES)))
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    scales = [int(scale) for scale in options.scales.split(",")]
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        cluster = stack.enter_context(servers.postgres(folder))
        redis_url = stack.enter_context(servers.redis(folder))
        pairs: dict[int, list[Pair]] = {}
        for number, scale in enumerate(scales):
            here = _database(folder, cluster, redis_url, number, scale)
            with _served(folder, here, number) as (port, bare):
                pairs[scale] = _pairs(port, bare, here["REDIS_URL"])
                measure_all(pairs[scale], rounds=options.rounds, requests=options.requests, say=say)
    lines = ["# The board at three scales", "", *report.setting(rounds=options.rounds, requests=options.requests), ""]
    text = "\n".join([*lines, *_table(pairs)]) + "\n"
    print(text)
    options.out.write_text(text, encoding="utf-8")


def _database(folder: Path, cluster: str, redis_url: str, number: int, scale: int) -> dict[str, str]:
    """Make and fill a database; return the environment of a portal on it."""
    name = f"board{number}"
    redis_url = redis_url and f"{redis_url.rpartition('/')[0]}/{number}"
    here = servers.environment(folder, database=f"{cluster}/postgres", redis_url=redis_url)
    servers.run(here, "-m", "bench.sql", f"CREATE DATABASE {name}")
    here["DATABASE_URL"] = f"{cluster}/{name}"
    say(f"filling a database with {scale:,} assignments")
    servers.run(here, "manage.py", "migrate", "-v0")
    servers.run(here, "bench/load.py", "--scale", f"province={scale}")
    if number == 0:
        servers.run(here, "manage.py", "collectstatic", "--noinput", "-v0")
    os.environ.update(here)
    django.setup()
    connection.close()
    connection.settings_dict["NAME"] = name
    return here


@contextlib.contextmanager
def _served(folder: Path, here: dict[str, str], number: int) -> Iterator[tuple[int, int]]:
    """Serve the portal and the bare view; give their ports."""
    first = servers.FIRST_PORT + 20 + 2 * number
    bare = {**here, "DJANGO_SETTINGS_MODULE": "bench.l1_settings"}
    with (
        servers.gunicorn("cppcc_portal.wsgi:application", first, here, log=folder / f"portal{number}.log") as port,
        servers.gunicorn(
            "django.core.wsgi:get_wsgi_application()", first + 1, bare, log=folder / f"l1{number}.log"
        ) as l1,
    ):
        yield port, l1


def _pairs(port: int, bare: int, redis_url: str) -> list[Pair]:
    """Return what is measured: the board with each filter, warm and cold, beside the bare view."""
    models = importlib.import_module("members.models")
    tenancy = importlib.import_module("kit.tenancy")
    leader, province = Browser(port), Browser(port)
    leader.sign_in("leader0001", PASSWORD)
    province.sign_in("province0001", PASSWORD)
    with tenancy.every_committee(because="the bench looks up rows for addresses"):
        county = models.Committee.objects.order_by("pk").first()
        of = {"committee": county}
        unit, brand, group = (
            model.objects.filter(**of).order_by("pk").first().pk for model in (models.Unit, models.Brand, models.Group)
        )
        term = f"term-{models.Term.objects.filter(**of).first().pk}"
    connection.close()
    measure = partial(Browser(bare).get, f"/{county.pk}/")
    asked = {
        "this year": (leader, "/board/"),
        "by station": (leader, "/board/?by=station"),
        "by topic": (leader, "/board/?by=topic"),
        "by month": (leader, "/board/?by=month"),
        "of a unit": (leader, f"/board/?unit={unit}"),
        "of a brand": (leader, f"/board/?brand={brand}"),
        "of a group": (leader, f"/board/?group={group}"),
        "a whole term": (leader, f"/board/?year={term}"),
        "a term of a unit": (leader, f"/board/?year={term}&unit={unit}"),
        "a term of a brand": (leader, f"/board/?year={term}&brand={brand}"),
        "units' figures": (leader, "/board/units/"),
        "wall": (leader, "/board/wall/"),
        "sums of lower committees": (province, "/board/lower/"),
    }
    found = []
    for label, (browser, path) in asked.items():
        warm = partial(browser.get, path)
        found.append(Pair(SimpleNamespace(label=label, cold=False), warm, measure))
        found.append(Pair(SimpleNamespace(label=label, cold=True), _cold(warm, redis_url), measure))
    return found


def _cold(ask: Callable[[], Answer], redis_url: str) -> Callable[[], Answer]:
    """Return the same request with an empty cache before it."""
    client = importlib.import_module("redis").Redis.from_url(redis_url) if redis_url else None

    def asked() -> Answer:
        if client is not None:
            client.flushdb()
        return ask()

    return asked


def _table(pairs: dict[int, list[Pair]]) -> list[str]:
    """Return the table: each filter at each scale as × L1, warm and cold, and how much it grew."""
    scales = list(pairs)
    heads = [f"{scale:,}: ms" for scale in scales] + [f"{scale:,}: × L1 warm / cold" for scale in scales]
    lines = [f"| Board | {' | '.join(heads)} | grew | |", f"|---|{'--:|' * (2 * len(scales) + 1)}---|"]
    for place in range(0, len(pairs[scales[0]]), 2):
        both = [(pairs[scale][place], pairs[scale][place + 1]) for scale in scales]
        label, faults = both[0][0].page.label, [each.fault for two in both for each in two if each.fault]
        if faults:
            lines.append(f"| {label} | **{faults[0]}** |" + " |" * (2 * len(scales) + 1))
            continue
        grew = both[-1][0].ratio / both[0][0].ratio
        sound = all(each.ratio <= TARGET for two in both for each in two) and grew <= MOST_GROWTH
        cells = [f"{warm.ms:.1f}" for warm, _ in both] + [f"{warm.ratio:.2f} / {cold.ratio:.2f}" for warm, cold in both]
        lines.append(f"| {label} | {' | '.join(cells)} | {grew:.2f} | {'pass' if sound else 'over'} |")
    return lines


if __name__ == "__main__":
    main()
