"""Timing: a page and what it is held against, asked in turn, round after round, so that both see the same weather."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from bench.browser import Answer

Ask = Callable[[], Answer]
WARM_UP = 6  # requests that are not counted; both workers of a server have then done the page


@dataclass
class Pair:
    """A page, what it is held against, and the medians of each round as (page, measure) in milliseconds."""

    page: Any
    own: Ask
    measure: Ask
    expected: int = 200
    rounds: list[tuple[float, float]] = field(default_factory=list)
    fault: str = ""

    @property
    def ms(self) -> float:
        """The page's median in milliseconds."""
        return median(own for own, _ in self.rounds)

    @property
    def measure_ms(self) -> float:
        """The median of what it is held against, in milliseconds."""
        return median(measure for _, measure in self.rounds)

    @property
    def ratio(self) -> float:
        """The median over the rounds of page / measure."""
        return median(self._ratios)

    @property
    def spread(self) -> tuple[float, float]:
        """The middle half of the rounds' ratios."""
        parts = quantiles(self._ratios, n=4, method="inclusive") if len(self.rounds) > 1 else [self.ratio] * 3
        return parts[0], parts[2]

    @property
    def _ratios(self) -> list[float]:
        return [own / measure for own, measure in self.rounds]


def measure_all(pairs: Sequence[Pair], *, rounds: int, requests: int, say: Callable[[str], None]) -> None:
    """Warm every page up, then measure all of them `rounds` times; a page with a wrong answer is left out."""
    for pair in pairs:
        for _ in range(WARM_UP):
            _check(pair, pair.own())
            pair.measure()
            if pair.fault:
                break
    sound = [pair for pair in pairs if not pair.fault]
    for number in range(1, rounds + 1):
        for pair in sound:
            measure = median(pair.measure().ms for _ in range(requests))
            answers = [pair.own() for _ in range(requests)]
            for answer in answers:
                _check(pair, answer)
            pair.rounds.append((median(answer.ms for answer in answers), measure))
        say(f"round {number} of {rounds}")


def _check(pair: Pair, answer: Answer) -> None:
    if answer.status != pair.expected:
        pair.fault = f"answered {answer.status} instead of {pair.expected}"
