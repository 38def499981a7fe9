"""The report: tables for the eye and for bench/results.md."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from bench.timing import Pair

MOST_GROWTH = 4 / 3  # a hundred times the rows may cost a third more


def setting(*, rounds: int, requests: int) -> list[str]:
    """Return the lines that say where, when and with what was measured."""
    try:
        memory = next(line for line in Path("/proc/meminfo").read_text().splitlines() if "MemTotal" in line)
        gib = f"{int(memory.split()[1]) / 2**20:.0f} GiB"
        cores = Path("/proc/cpuinfo").read_text().count("processor\t")
    except OSError:
        gib, cores = "?", 0
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "gunicorn", "redis"))
    postgres = subprocess.run(["psql", "--version"], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S607
    when = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
    return [
        f"- {when}, {cores} cores, {gib}, Python {platform.python_version()}, {packages}",
        f"- {postgres}; a private server that does not wait for the disk",
        f"- two sync workers each for portal and bare view; {rounds} rounds of {requests} requests, one at a time",
        "- “×” is the median over the rounds of page ÷ measure; the range is the middle half of the rounds",
    ]


def against_l1(pairs: Iterable[Pair]) -> list[str]:
    """Return the table of the pages beside the bare view."""
    lines = ["| Page | ms | × L1 | range | target | |", "|---|--:|--:|--:|--:|---|"]
    for pair in pairs:
        if pair.fault:
            lines.append(f"| {pair.page.label} | | | | | **{pair.fault}** |")
            continue
        low, high = pair.spread
        verdict = "pass" if pair.ratio <= pair.page.target else "over"
        lines.append(
            f"| {pair.page.label} | {pair.ms:.1f} | {pair.ratio:.2f} | {low:.2f}–{high:.2f} "
            f"| {pair.page.target:g} | {verdict} |"
        )
    return lines


def growth(pairs: Iterable[Pair], *, few: int, many: int) -> list[str]:
    """Return the table of the pages at few and at many rows."""
    lines = [
        f"| Page | rows of | ms at {few:,} | ms at {many:,} | × | range | target | |",
        "|---|---|--:|--:|--:|--:|--:|---|",
    ]
    for pair in pairs:
        if pair.fault:
            lines.append(f"| {pair.page.label} | {pair.page.family} | | | | | | **{pair.fault}** |")
            continue
        low, high = pair.spread
        verdict = "pass" if pair.ratio <= MOST_GROWTH else "over"
        lines.append(
            f"| {pair.page.label} | {pair.page.family} | {pair.measure_ms:.1f} | {pair.ms:.1f} | {pair.ratio:.2f} "
            f"| {low:.2f}–{high:.2f} | {MOST_GROWTH:.2f} | {verdict} |"
        )
    return lines
