"""The report of fault runs: a table on the screen, and one section per kind of run in report.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .invariants import Verdict
from .journal import Journal

REPORT = Path(__file__).with_name("report.md")
HEAD = "# Fault runs\n\nWritten by `python -m tests.faults.run`; `docs/faults.md` says what the words mean.\n"
SHOWN = 5  # broken places printed per invariant


@dataclass
class Outcome:
    """Everything a run has to say."""

    title: str
    seed: int
    seconds: float
    kills: Counter
    restarts: dict[str, int]
    troubles: Counter
    strange: list[str]
    journal: Journal
    verdicts: Sequence[Verdict]

    @property
    def violated(self) -> list[str]:
        """The names of the invariants that do not hold."""
        return [verdict.name for verdict in self.verdicts if verdict.broken]


def _figures(outcome: Outcome) -> dict[str, int | str]:
    """Return the figures of the load and of the delivery, by name."""
    posts = outcome.journal.posts
    by_name = {verdict.name: verdict for verdict in outcome.verdicts}
    notices = {name: number for verdict in outcome.verdicts for name, number in verdict.figures.items()}
    return {
        "kills": outcome.kills.total(),
        "posts accepted": len(outcome.journal.accepted),
        "posts without an answer at the end": len(posts) - len(outcome.journal.accepted),
        "posts sent again after their answer": sum(post.repeats for post in posts),
        "posts sent twice at once": sum(len(post.answers) - post.repeats > 1 for post in posts),
        "tries without an answer, or answered 5xx": sum(outcome.troubles.values()),
        "posts lost or altered": len(by_name["I1"].broken),
        "posts doubled": len(by_name["I2"].broken),
        **notices,
        "marked as sent and never at the mail server": sum("never at" in line for line in by_name["I5"].broken),
        "answers nobody expected": len(outcome.strange),
    }


def text_of(outcome: Outcome) -> str:
    """Return a run's section: figures, kills by kind, the invariants."""
    lines = [f"## {outcome.title}", ""]
    word = f"violated: {', '.join(outcome.violated)}" if outcome.violated else "all invariants hold"
    lines += [f"Seed {outcome.seed}, {outcome.seconds:.0f} s under fire. **{word}**", ""]
    lines += _table("figure", "number", _figures(outcome).items())
    lines += _table("killed (SIGKILL)", "times", sorted(outcome.kills.items()))
    lines += _table("started", "times", sorted(outcome.restarts.items()))
    lines += _table("trouble the clients met", "times", sorted(outcome.troubles.items()))
    lines += ["| invariant | says | looked at | broken | verdict |", "|---|---|---:|---:|---|"]
    for verdict in outcome.verdicts:
        says = f"{verdict.says} ({verdict.why_not})" if verdict.why_not else verdict.says
        lines.append(f"| {verdict.name} | {says} | {verdict.checked} | {len(verdict.broken)} | {verdict.word} |")
    lines.append("")
    for verdict in outcome.verdicts:
        lines += [f"- {verdict.name}: {line}" for line in verdict.broken[:SHOWN]]
    lines += [f"- not expected: {line} ({count}×)" for line, count in _alike(outcome.strange).most_common(SHOWN)]
    return "\n".join(lines).rstrip() + "\n"


def _alike(strange: Sequence[str]) -> Counter:
    """Count answers nobody expected by what was asked, whatever the number in the address."""
    return Counter(re.sub(r"\d+/", "…/", line) for line in strange)


def _table(name: str, number: str, rows) -> list[str]:
    rows = list(rows)
    if not rows:
        return []
    return [f"| {name} | {number} |", "|---|---:|", *(f"| {word} | {count} |" for word, count in rows), ""]


def keep(outcome: Outcome, *, path: Path = REPORT) -> None:
    """Put a run's section into the report in place of the last one with the same title."""
    kept = path.read_text(encoding="utf-8") if path.exists() else HEAD
    head, *sections = kept.split("\n## ")
    by_title = {section.partition("\n")[0].strip(): section.rstrip() + "\n" for section in sections}
    by_title[outcome.title] = text_of(outcome).removeprefix("## ")
    whole = [head.rstrip() + "\n", *(by_title[title] for title in sorted(by_title))]
    path.write_text("\n## ".join(whole), encoding="utf-8")
