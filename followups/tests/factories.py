"""Makes follow-up rows for tests."""

from __future__ import annotations

from datetime import date

from followups import actions
from followups.defaults import install_rules
from followups.ladder import install_ladder
from followups.models import Assignment
from followups.origins import Origin
from followups.states import OriginKind
from members.access import Actor
from members.models import Brand, Committee, Group, Person, Unit
from members.tests.factories import make_committee

ON = date(2026, 3, 18)


def make_equipped_committee(*, name: str = "", code: str = "") -> Committee:
    """A committee with its term and its clocks."""
    committee = make_committee(name=name, code=code)
    install_rules(committee, on=date(2020, 1, 1))
    install_ladder(committee, on=date(2020, 1, 1))
    return committee


def make_assignment(
    *,
    unit: Unit,
    by: Actor,
    title: str = "老旧小区加装电梯",
    on: date = ON,
    due_on: date | None = None,
    raised_by: Person | None = None,
    origin_place: str = "",
    origin_kind: OriginKind = OriginKind.OUTCOME,
    topic: str = "",
    brand: Brand | None = None,
    group: Group | None = None,
    level: str = "",
) -> Assignment:
    """Something handed to a unit."""
    return actions.hand_over(
        committee=by.committee,
        unit=unit,
        title=title,
        request="请研究办理",
        rule="outcome",
        origin=Origin(
            origin_kind, "协商会", place=origin_place, raised_by=raised_by, topic=topic, brand=brand, group=group
        ),
        by=by.person,
        on=on,
        due_on=due_on,
        level=level,
    )
