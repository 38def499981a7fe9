"""Origins: what an assignment came from, in the words that stand on its slip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from members.models import Area, Brand, Group, Person

from .states import OriginKind


@dataclass(frozen=True)
class Origin:
    """What was handed over and where it was heard; frozen at hand-over, so lists and board read one table.

    `title` names the thing, `place` its station, `topic` what was talked over; `raised_by` is told what becomes of it.
    """

    kind: OriginKind
    title: str
    place: str = ""
    topic: str = ""
    area: Area | None = None
    brand: Brand | None = None
    group: Group | None = None
    raised_by: Person | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """The columns of an assignment that hold it, cut to their lengths."""
        return {
            "origin_kind": self.kind,
            "origin_title": self.title[:200],
            "origin_place": self.place[:60],
            "origin_topic": self.topic[:120],
            "area": self.area,
            "brand": self.brand,
            "group": self.group,
            "raised_by": self.raised_by,
        }
