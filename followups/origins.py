"""Origins: what an assignment came from, in the words that stand on its slip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from members.models import Area, Brand, Group, Person

from .states import OriginKind

if TYPE_CHECKING:
    from .models import Assignment, DueChange, Rating


@dataclass(frozen=True)
class Follower:
    """What a room above does to the thing an assignment came from when the engine moves that assignment.

    All run in the transaction of the act. `judged(assignment, rating)`: whoever raised it has said what they think;
    `again(assignment, by=, reason=, on=)`: the answer is no longer the last word, the unit has it in hand once more;
    `moved(assignment, change)`: the day its answer is due has moved, and with it what was promised for that day.
    """

    judged: Callable[[Assignment, Rating], None] | None = None
    again: Callable[..., None] | None = None
    moved: Callable[[Assignment, DueChange], None] | None = None


# By kind of origin; hung up by the rooms above when they are loaded, so that this room need not know them.
FOLLOWERS: dict[OriginKind, Follower] = {}


def follow_judged(assignment: Assignment, rating: Rating) -> None:
    """Let the thing the assignment came from follow a judgement."""
    follower = FOLLOWERS.get(OriginKind(assignment.origin_kind))
    if follower and follower.judged:
        follower.judged(assignment, rating)


def follow_again(assignment: Assignment, *, by: Person, reason: str, on: date) -> None:
    """Let the thing the assignment came from follow its being taken up again."""
    follower = FOLLOWERS.get(OriginKind(assignment.origin_kind))
    if follower and follower.again:
        follower.again(assignment, by=by, reason=reason, on=on)


def follow_moved(assignment: Assignment, change: DueChange) -> None:
    """Let the thing the assignment came from follow the day its answer is due."""
    follower = FOLLOWERS.get(OriginKind(assignment.origin_kind))
    if follower and follower.moved:
        follower.moved(assignment, change)


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
