"""The killer: SIGKILL at random, and aimed at the moments between claiming, sending and noting a notice."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable

from .processes import kill_all
from .sink import AFTER, BEFORE, Sink
from .topology import Topology

PAUSE = (0.3, 0.8)  # seconds between two kills
AIMED = 0.3  # how many kills wait for a sender held by the sink
PATIENCE = 1.0
LONGEST_PULSE = 6.0
MOST_SKIPPED = 25  # mails let through before one is hit, so that kills fall anywhere in a batch
# What comes back quickly is killed more often, so that the portal is up between the kills.
WEIGHTS = {"web worker": 6, "clock": 5, "Celery worker": 3, "PostgreSQL backend": 3}


class Killer:
    """Kills one kind after the other and counts; every kill hit a process that was at work."""

    def __init__(self, topology: Topology, sink: Sink, *, pulse: Callable[[], int], seed: int):
        self.topology, self.sink, self.pulse = topology, sink, pulse
        self.chance = random.Random(seed)
        self.kills: Counter = Counter()

    def spree(self, count: int, *, until: float) -> None:
        """Kill until `count` kills are done or the clock stands at `until` (monotonic)."""
        for moment in (BEFORE, AFTER):  # each run has both at least once
            self._aimed(moment, patience=until - time.monotonic())
        while self.kills.total() < count and time.monotonic() < until:
            self._wait_for_a_pulse()
            is_aimed = self.chance.random() < AIMED and self.topology.dispatchers()
            aim = {"moment": self.chance.choice((BEFORE, AFTER)), "skip": self.chance.randrange(MOST_SKIPPED)}
            if self._aimed(**aim) if is_aimed else self._anything():
                time.sleep(self.chance.uniform(*PAUSE))
            else:
                time.sleep(0.05)  # everything is dead or just starting

    def _wait_for_a_pulse(self) -> None:
        """Wait until the portal has taken something since the last kill: on a slow machine only that is a hit."""
        before, end = self.pulse(), time.monotonic() + LONGEST_PULSE
        while self.pulse() == before and time.monotonic() < end:
            time.sleep(0.02)

    def _anything(self) -> bool:
        """Kill a kind chosen at random among those at work; False when there was none."""
        there = {name: pids for name, find in self.topology.kinds.items() if (pids := find())}
        if not there:
            return False
        name = self.chance.choices(list(there), [WEIGHTS.get(name, 1) for name in there])[0]
        is_hit = kill_all(there[name]) > 0
        self.kills[name] += is_hit
        return is_hit

    def _aimed(self, moment: str, *, patience: float = PATIENCE, skip: int = 0) -> bool:
        """Wait for a sender, kill the dispatcher while it is held, and let the sink go on; False when none came."""
        is_caught = self.sink.catch(moment, seconds=patience, skip=skip)
        is_hit = is_caught and kill_all(self.topology.dispatchers()) > 0
        self.sink.release()
        if is_hit:
            self.kills[f"dispatcher, {'claimed and not sent' if moment == BEFORE else 'sent and not marked'}"] += 1
        return is_hit
