"""Invented assignments: handed over, signed for with a receipt, answered, closed — by their age."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from bench.people import World
from bench.ways import BATCH, Way, at_noon, numbered, way, write_steps
from followups.clocks import Clock, set_clock
from followups.models import Assignment, AssignmentStep, Receipt, Reply
from followups.origins import Origin
from followups.states import ASSIGNMENT_MOVES, AssignmentState, OriginKind
from members.models import NumberSeries, Person


class Promises:
    """Collects what is to be handed over, and writes it all at once."""

    def __init__(self, world: World):
        self.world = world
        self.made: list[tuple[Assignment, Way, Person]] = []
        # The days of a rule are worked out once for each day; the real clock is slow when asked thousands of times.
        self._clock = cache(lambda rule, on: set_clock(world.committee, rule, on=on))

    def hand_over(
        self, *, rule: str, kind: OriginKind, title: str, raised_by: Person, on: date, place: str = ""
    ) -> Assignment:
        """Return an assignment made `on`, as far along as its age allows; it is written by `write_all`."""
        world = self.world
        unit = world.rng.choice(world.units)
        officer = world.rng.choice(world.officers[unit.pk])
        clock: Clock = self._clock(rule, on)
        walked, days = self._live(on, clock, officer)
        assignment = Assignment(
            committee=world.committee,
            unit=unit,
            title=title,
            request="请研究办理，并在期限内答复。",
            **Origin(
                kind=kind, title=title, place=place, area=world.rng.choice(world.towns), raised_by=raised_by
            ).fields,
            state=walked.state,
            handed_over_on=on,
            **clock.fields,
            handler="经办人" if "sign" in days else "",
            signed_on=days.get("sign"),
            answered_on=days.get("answer"),
            closed_on=days.get("close"),
            late_days=max((days["answer"] - clock.due_on).days, 0) if "answer" in days else None,
            proof="已现场核实。" if "close" in days else "",
        )
        self.made.append((assignment, walked, officer))
        return assignment

    def _live(self, on: date, clock: Clock, officer: Person) -> tuple[Way, dict[str, date]]:
        """Return the way of an assignment and the day of each act: most are answered in time, some late, some never."""
        world, rng = self.world, self.world.rng
        length = (clock.due_on - on).days
        answering = on + timedelta(days=round(length * rng.uniform(0.3, 1.15)))
        plan = [
            ("sign", on + timedelta(days=rng.randint(0, 4)), ""),
            ("progress", answering - timedelta(days=2), "进展"),
        ]
        if rng.random() < 0.95:
            plan += [
                ("answer", answering, ""),
                ("close", answering + timedelta(days=rng.randint(5, 40)), "已现场核实。"),
            ]
        acts, days, last = [], {}, on
        for verb, day, note in plan:
            if day > world.today:
                break
            last = max(last, day)
            days[verb] = last
            acts.append((verb, world.clerks[0] if verb == "close" else officer, at_noon(last), note))
        walked = way(ASSIGNMENT_MOVES, AssignmentState.HANDED_OVER, *acts)
        walked.steps.insert(0, ("hand_over", "", "handed_over", world.clerks[0], at_noon(on), ""))
        return walked, days

    def write_all(self) -> None:
        """Write the assignments with steps, receipts and replies. What points at them is written after."""
        owner = self.world.committee
        Assignment.objects.bulk_create([assignment for assignment, _, _ in self.made], BATCH)
        write_steps(AssignmentStep, owner, ((assignment, walked) for assignment, walked, _ in self.made))
        receipts = [
            Receipt(committee=owner, assignment=assignment, issued_on=assignment.signed_on, signed_by=officer)
            for assignment, _, officer in self.made
            if assignment.signed_on
        ]
        count(self.world, "receipt", numbered(receipts, day="issued_on"))
        Receipt.objects.bulk_create(receipts, BATCH)
        Reply.objects.bulk_create(
            [
                Reply(
                    committee=owner,
                    assignment=assignment,
                    text="经研究，现答复如下：已列入计划，按期完成。",
                    by=officer,
                    at=at_noon(assignment.answered_on),
                )
                for assignment, _, officer in self.made
                if assignment.answered_on
            ],
            BATCH,
        )


def count(world: World, kind: str, last: dict[int, int]) -> None:
    """Write down the last number of each year's series."""
    NumberSeries.objects.bulk_create(
        NumberSeries(committee=world.committee, kind=kind, year=year, last=number) for year, number in last.items()
    )
