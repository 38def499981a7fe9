"""One run from the first client to the verdicts: load, kills, quiet, and the invariants."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from typing import Any

from django.db import OperationalError, connection
from django.utils import timezone

from . import invariants, load, promises, town
from .invariants import Evidence, Verdict
from .journal import Journal
from .killer import Killer
from .phone import GaveUp, Weather
from .processes import ROOT, Supervisor, wait_for
from .report import Outcome
from .sink import Sink
from .topology import Topology, answers

LAST_POSTS = 25.0  # seconds the clients have for what they had begun
QUIET = 150.0  # seconds the portal has to deliver what is owed, by itself
RECOVERY = 10.0  # seconds until a form is taken again

CHECKS = (
    invariants.accepted_is_there,
    invariants.nothing_twice,
    invariants.states_follow_steps,
    invariants.numbers_have_no_gaps,
    promises.notices_end_delivered,
    promises.recorded_means_sent,
    promises.reminders_are_as_planned,
    invariants.keys_and_effects_agree,
    invariants.database_is_whole,
    invariants.nightly_check_finds_nothing,
)


def fight(options: Any, place: Topology, sink: Sink) -> Outcome:
    """Let the clients work while the killer kills, wait for quiet, and look at what is left."""
    today = timezone.localdate()
    crews = town.found(options.clients)
    connection.close()
    journal = Journal()
    killer = Killer(place, sink, pulse=lambda: len(journal.accepted) + len(sink.mails), seed=options.seed)
    weather = Weather(until=float("inf"))
    with Supervisor(place.services):
        wait_for(lambda: answers(place.port), seconds=60, what="the portal answering")
        begun = time.monotonic()
        clients = load.start(crews, port=place.port, journal=journal, weather=weather, on=today, seed=options.seed)
        killer.spree(options.kills, until=begun + options.minutes * 60)
        seconds = time.monotonic() - begun
        load.finish(clients, weather, until=time.monotonic() + LAST_POSTS)
        recovery = _recovers(clients[0], weather, place)
        restarts = {service.name: service.starts for service in [*place.database, *place.services]}
    evidence = Evidence(journal, list(sink.mails), today)
    verdicts = [*invariants.check(evidence, CHECKS), recovery, *invariants.NOT_HERE]
    connection.close()
    return Outcome(
        title=options.mode + (f", planted fault: {options.plant}" if options.plant else ""),
        seed=options.seed,
        seconds=seconds,
        kills=killer.kills,
        restarts=restarts,
        troubles=weather.troubles,
        strange=weather.strange,
        journal=journal,
        verdicts=sorted(verdicts, key=_order),
    )


def _recovers(client: load.Client, weather: Weather, place: Topology) -> Verdict:
    """Walk the chain once more, wait until nothing is owed; only then help with a tick, so that the rest is seen."""
    weather.until, trouble = time.monotonic() + RECOVERY, ""
    try:
        client.walk_once_more()
    except GaveUp as given_up:
        trouble = str(given_up)
    with contextlib.suppress(TimeoutError):
        wait_for(_nothing_owed, seconds=QUIET, what="delivery of everything owed")
    left = invariants.owed()
    if left:
        command = [sys.executable, "manage.py", "tick"]
        subprocess.run(command, cwd=ROOT, env=place.env, check=True, capture_output=True, timeout=120)
    return invariants.recovered(trouble=trouble, owed=left)


def _nothing_owed() -> bool:
    try:
        return invariants.owed() == 0
    except OperationalError:  # the database was killed last
        return False
    finally:
        connection.close()


def _order(verdict: Verdict) -> tuple[int, str]:
    digits = "".join(char for char in verdict.name if char.isdigit())
    return (int(digits) if digits else 99, verdict.name)
