"""Coverage: of what there is, what has what it should have, and where the holes are (三个全覆盖).

Each room has a `coverage.py` with `coverages_for(actor, on=…)` and, where something comes in and goes out,
`funnel_for(actor, on=…)`; the portal puts them on one page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .figures import Definition


@dataclass(frozen=True)
class Hole:
    """What lacks something: its name, why it is a hole, and its address ("" where the reader cannot open it)."""

    name: str
    reason: Any
    url: str = ""


@dataclass(frozen=True)
class Coverage:
    """One coverage: its definition, how many there are, and the holes among them."""

    of: Definition
    whole: int
    holes: list[Hole] = field(default_factory=list)

    @property
    def covered(self) -> int:
        """How many are no hole."""
        return self.whole - len(self.holes)
