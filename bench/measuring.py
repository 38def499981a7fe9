"""One run of the bench: load, serve, sign in, measure, report. Started by bench/run.py.

It asks 127.0.0.1 alone, keeps its data in a temporary folder, and stops every server it started.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import ModuleType

import django
from django.db import connection

from bench import report, servers
from bench.browser import Answer, Browser, filled, form_of
from bench.timing import Pair, measure_all

RESULTS = servers.ROOT / "bench/results.md"
FEW, MANY = 2_000, 200_000


def say(text: str) -> None:
    """Tell on standard error how far it has come; the tables go to standard output."""
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    """Read the command line, measure, and write bench/results.md; ends with 1 when a page did not answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", default="county-stress", help="county-stress, or rows=2000 … rows=200000")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--only", default="", help="measure only pages whose name holds this text")
    parser.add_argument("--no-growth", action="store_true", help="leave out 2,000 against 200,000 rows")
    parser.add_argument("--no-scale", action="store_true", help="leave out the pages beside the bare view")
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        cluster = stack.enter_context(servers.postgres(folder))
        redis_url = stack.enter_context(servers.redis(folder))
        bench = Bench(folder, cluster, redis_url, options)
        lines = ["# Results", "", *report.setting(rounds=options.rounds, requests=options.requests), ""]
        pairs: list[Pair] = []
        if not options.no_scale:
            lines += [f"## Beside the bare view, at {options.scale}", "", *bench.beside_l1(pairs)]
        if not options.no_growth:
            lines += ["", "## With a longer history", "", *bench.growth(pairs)]
    text = "\n".join(lines) + "\n"
    print(text)
    options.out.write_text(text, encoding="utf-8")
    sys.exit(1 if any(pair.fault for pair in pairs) else 0)


class Bench:
    """The servers' addresses and the options of this run."""

    def __init__(self, folder: Path, cluster: str, redis_url: str, options: argparse.Namespace):
        self.folder, self.cluster, self.redis_url, self.options = folder, cluster, redis_url, options
        self._databases = 0
        self._ports = iter(range(servers.FIRST_PORT, servers.FIRST_PORT + 10))

    def beside_l1(self, pairs: list[Pair]) -> list[str]:
        """Measure every page beside the bare view, add its pairs, and return the lines of the report."""
        environment = self.database("scale", self.options.scale)
        pages = self.pages("scale", environment)
        bare = {**environment, "DJANGO_SETTINGS_MODULE": "bench.l1_settings"}
        with (
            self.portal("scale", environment) as port,
            self.serve("l1", "django.core.wsgi:get_wsgi_application()", bare) as l1,
        ):
            browsers = self.signed_in(pages, port)
            committee = pages.measured_committee().pk
            measure = partial(Browser(l1).get, f"/{committee}/")
            half = partial(Browser(l1, dict(browsers["clerk"].cookies)).get, f"/{committee}/signed-in/")
            mine = [Pair(pages.Page("L1½: the bare view, signed in", "", ""), half, measure)]
            chosen, missing = self.chosen(pages)
            mine += [self.pair(page, path, browsers[page.role], measure) for page, path in chosen]
            measure_all(mine, rounds=self.options.rounds, requests=self.options.requests, say=say)
        pairs += mine
        sound = [pair.measure_ms for pair in mine if pair.rounds]
        lines = [f"L1 itself: {sorted(sound)[len(sound) // 2]:.1f} ms", ""] if sound else []
        lines += report.against_l1(mine)
        if missing:
            lines += ["", "Not in this portal: " + ", ".join(missing)]
        forgotten = pages.pages_nobody_measures()
        return lines + (["", "Not measured: " + ", ".join(forgotten)] if forgotten else [])

    def growth(self, pairs: list[Pair]) -> list[str]:
        """Measure the pages of the families that grow at few and at many rows, and return the lines of the report."""
        ways = {}
        with contextlib.ExitStack() as stack:
            for name, rows in (("few", FEW), ("many", MANY)):
                environment = self.database(name, f"rows={rows}")
                pages = self.pages(name, environment)
                chosen, _ = self.chosen(pages)
                browsers = self.signed_in(pages, stack.enter_context(self.portal(name, environment)))
                ways[name] = {
                    page: partial(browsers[page.role].get, path)
                    for page, path in chosen
                    if page.family and page.kind != pages.CREATE
                }
            mine = [Pair(page, ask, ways["few"][page]) for page, ask in ways["many"].items() if page in ways["few"]]
            measure_all(mine, rounds=self.options.rounds, requests=self.options.requests, say=say)
        pairs += mine
        return report.growth(mine, few=FEW, many=MANY)

    def database(self, name: str, scale: str) -> dict[str, str]:
        """Make a database, fill it, and return the environment of a portal on it, with a Redis database of its own."""
        number, self._databases = self._databases, self._databases + 1
        redis_url = self.redis_url and f"{self.redis_url.rpartition('/')[0]}/{number}"
        here = servers.environment(self.folder, database=f"{self.cluster}/postgres", redis_url=redis_url)
        servers.run(here, "-m", "bench.sql", f"CREATE DATABASE {name}")
        here["DATABASE_URL"] = f"{self.cluster}/{name}"
        say(f"filling a database at {scale}")
        servers.run(here, "manage.py", "migrate", "-v0")
        servers.run(here, "bench/load.py", "--scale", scale)
        if number == 0:
            servers.run(here, "manage.py", "collectstatic", "--noinput", "-v0")
        return here

    def pages(self, name: str, environment: dict[str, str]) -> ModuleType:
        """Return the table of pages, looking at the database `name`."""
        os.environ.update(environment)
        django.setup()
        connection.close()
        connection.settings_dict["NAME"] = name
        return importlib.import_module("bench.pages")

    def chosen(self, pages: ModuleType) -> tuple[list[tuple], list[str]]:
        """Return the pages to be measured with their addresses, and the labels of those the portal does not have."""
        wanted = [page for page in pages.PAGES if self.options.only in page.label]
        paths = pages.paths_of(wanted)
        found = [(page, path) for page, path in zip(wanted, paths, strict=True) if path]
        return found, [page.label for page, path in zip(wanted, paths, strict=True) if not path]

    def pair(self, page, path: str, browser: Browser, measure) -> Pair:
        """Return what is to be measured: a page that is asked for, or a form that is sent."""
        if page.words is None:
            return Pair(page, partial(browser.get, path), measure)
        try:
            fields = form_of(browser.get(path).text, "form_key")
        except LookupError as missing:
            return Pair(page, lambda: Answer(0, "", "", 0.0), measure, fault=str(missing))
        return Pair(page, lambda: browser.post(path, filled(fields, **page.words())), measure, expected=302)

    def signed_in(self, pages: ModuleType, port: int) -> dict[str, Browser]:
        """Return a signed-in browser for each role."""
        browsers = {role: Browser(port) for role in pages.ACCOUNTS}
        for role, browser in browsers.items():
            browser.sign_in(pages.ACCOUNTS[role], pages.PASSWORD)
        return browsers

    def portal(self, name: str, environment: dict[str, str]) -> contextlib.AbstractContextManager[int]:
        """Serve the portal."""
        return self.serve(name, "cppcc_portal.wsgi:application", environment)

    @contextlib.contextmanager
    def serve(self, name: str, application: str, environment: dict[str, str]) -> Iterator[int]:
        """Serve an application on the next port."""
        log = self.folder / f"{name}.log"
        with servers.gunicorn(application, next(self._ports), environment, log=log) as port:
            yield port


if __name__ == "__main__":
    main()
