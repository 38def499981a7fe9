"""How much of everything: the scales a database is filled at."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Scale:
    """Numbers of rows of one committee; what is counted over time is counted over `years` years."""

    years: int
    members: int
    clerks: int
    leaders: int
    keepers: int
    officers: int
    units: int
    stations: int
    visits: int
    matters: int
    sessions: int
    proposals: int
    assigned: float  # share of old matters handed to a unit
    handed: float  # share of proposals handed to a unit
    todo: float  # outcomes with a clock per session
    notices: int  # in the inbox of the account that is measured; everybody else has 20


# Domain, benchmark scales: the county where every room and group is as active as the policy promises, for two years.
# 360 members, 700 other accounts; a year has 2,000 duty days and visits, 1,500 matters, 380 sessions, 400 proposals
# and 2,500 follow-up items.
COUNTY_STRESS = Scale(
    years=2,
    members=360,
    clerks=20,
    leaders=8,
    keepers=296,
    officers=376,
    units=60,
    stations=296,
    visits=4000,
    matters=3000,
    sessions=760,
    proposals=800,
    assigned=0.5,
    handed=0.8,
    todo=4.1,
    notices=400,
)

# The neighbour whose rows nobody of the first committee may see.
NEIGHBOUR = Scale(
    years=1,
    members=30,
    clerks=2,
    leaders=1,
    keepers=8,
    officers=12,
    units=12,
    stations=8,
    visits=80,
    matters=60,
    sessions=15,
    proposals=20,
    assigned=0.5,
    handed=0.8,
    todo=2.0,
    notices=20,
)

# The start of the growth measure: about 2,000 rows of each kind, to be multiplied.
FEW = 2000
EVEN = replace(
    COUNTY_STRESS,
    members=FEW,
    keepers=40,
    officers=60,
    stations=40,
    visits=FEW,
    matters=FEW,
    sessions=FEW,
    proposals=FEW,
    assigned=0.35,
    handed=0.35,
    todo=0.35,
    notices=FEW,
)


def scale_of(word: str) -> tuple[Scale, int]:
    """Return the scale named `county-stress` or `rows=N`, and how many times over its history is to be had."""
    if word == "county-stress":
        return COUNTY_STRESS, 1
    rows = int(word.removeprefix("rows="))
    if rows < FEW or rows % FEW:
        raise SystemExit(f"rows must be a multiple of {FEW}")
    return EVEN, rows // FEW
