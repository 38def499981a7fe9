"""Fills an empty database with two committees of invented people and their work. Started by bench/load.py."""

from __future__ import annotations

import argparse
import random
import time
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from bench import front_door, growing, province, tables
from bench.people import World, found_committee
from bench.promises import Promises
from bench.scales import EVEN, NEIGHBOUR, Scale, scale_of
from kit.tenancy import every_committee
from members.models import Committee

SEED = 20
PROVINCE = "province="


def fill(code: str, scale: Scale, *, today: date) -> World:
    """Found a committee and let it work for the years of the scale; the same day gives the same rows."""
    world = found_committee(code, scale, today=today, rng=random.Random(f"{SEED}{code}"))
    promises = Promises(world)
    stations = front_door.open_stations(world)
    visits = front_door.serve_duty(world, stations)
    heard = front_door.hear_matters(world, stations, visits, promises)
    topics = tables.plan_topics(world)
    outcomes = tables.hold_sessions(world, topics, stations, promises)
    written = tables.write_proposals(world, [matter for matter, _ in heard], promises)
    promises.write_all()
    front_door.write_matters(world, heard)
    tables.write_outcomes(outcomes)
    tables.save_proposals(world, written)
    return world


def load(word: str, *, today: date) -> None:
    """Fill the database at the scale named by `word` and let it gather its statistics."""
    scale, times = (EVEN, 1) if word.startswith(PROVINCE) else scale_of(word)
    with every_committee(because="the bench founds the committees itself"):
        if Committee.objects.exists():
            raise SystemExit("This database is in use; the bench fills only an empty one.")
        if word.startswith("rows="):
            growing.begin_high()
        with transaction.atomic():
            if word.startswith(PROVINCE):
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL statement_timeout = 0")
                province.fill(int(word.removeprefix(PROVINCE)), today=today)
            else:
                world = fill("甲", scale, today=today)
                fill("乙", NEIGHBOUR, today=today)
        if times > 1:
            growing.multiply(times, committee_id=world.committee.pk)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def main() -> None:
    """Read the command line and load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--scale", default="county-stress", help="county-stress, rows=2000 … rows=200000, or province=10000 …"
    )
    parser.add_argument("--today", type=date.fromisoformat, default=timezone.localdate())
    options = parser.parse_args()
    begun = time.monotonic()
    load(options.scale, today=options.today)
    print(f"filled at {options.scale} in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
