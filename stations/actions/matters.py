"""Acts on matters: from being taken down to being struck off the ledger (为民办实事台账)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followups import actions as followups
from followups.clocks import due_day
from followups.models import Assignment
from followups.states import AssignmentState, Part
from kit import workflow
from members.models import Area, Person, Unit
from members.numbers import next_number

from .. import notices
from ..models import Matter, Station, Visit
from ..states import Channel, Difficulty, MatterState, Rating


# No savepoint: a matter just made refuses no move, so no caller would go on without it.
@transaction.atomic(savepoint=False)
def receive_matter(
    *,
    station: Station,
    by: Person,
    on: date,
    received_on: date,
    subject: str,
    channel: str = Channel.DUTY,
    text: str = "",
    area: Area | None = None,
    visit: Visit | None = None,
    answer: str = "",
) -> Matter:
    """Take a matter down and give it the next number of its year; with `answer` it was answered at once.

    Without an area it lies in the station's.
    """
    matter = Matter.objects.create(
        committee=station.committee,
        year=received_on.year,
        number=next_number(station.committee, "matter", received_on.year),
        station=station,
        area_id=area.pk if area else station.area_id,
        visit=visit,
        channel=channel,
        received_on=received_on,
        subject=subject,
        text=text,
        taken_by=by,
    )
    matter.steps.create(
        committee=station.committee, verb="receive", from_state="", to_state=matter.state, by=by, at=timezone.now()
    )
    if answer:
        workflow.apply(
            matter, "answer", by=by, note=answer, answer=answer, answered_on=received_on, is_answered_at_once=True
        )
    return matter


def clock_start(matter: Matter, *, on: date) -> date:
    """Return the day from which the promise to the resident is counted: when it was heard, or reopened, or today."""
    reopened = matter.steps.filter(verb="reopen").order_by("-pk").values_list("at", flat=True).first()
    return min(timezone.localdate(reopened) if reopened else matter.received_on, on)


@transaction.atomic
def classify_matter(matter: Matter, *, by: Person, difficulty: str, owner: Person, on: date) -> None:
    """Sort a matter by difficulty and name a person for it; the day follows from the rule of the committee.

    The clock counts from the day the resident was heard. Tells the named person. Refused once it is being handled.
    Source: domain, residents' matters (easy 7 working days, medium 30 days, hard 60 days or a session).
    """
    due = due_day(matter.committee, f"matter_{Difficulty(difficulty).value}", on=clock_start(matter, on=on))
    workflow.apply(matter, "classify", by=by, difficulty=difficulty, owner=owner, due_on=due.on)
    if owner.pk != by.pk:
        notices.matter_named(matter)


@transaction.atomic
def take_matter(matter: Matter, *, by: Person, owner: Person, due_on: date, note: str = "") -> None:
    """Handle a matter at the station: who answers, and by when. Tells the named person.

    Refused once it is handled or handed over.
    """
    workflow.apply(matter, "take", by=by, note=note, owner=owner, due_on=due_on)
    if owner.pk != by.pk:
        notices.matter_named(matter)


@transaction.atomic
def assign_matter(
    matter: Matter,
    *,
    by: Person,
    unit: Unit,
    difficulty: str,
    request: str,
    on: date,
    due_on: date | None = None,
    further: Sequence[Unit] = (),
    how: str = Part.LEAD,
) -> None:
    """Hand a matter to a unit with the clock of its difficulty; what is promised to the resident is the unit's day.

    `further` units assist it, or have shares of their own (see `hand_over_jointly`). Tells the unit's officers, who
    took it down and the named person. Refused once it is handed over or answered.
    """
    assignment = followups.hand_over_jointly(
        committee=matter.committee,
        unit=unit,
        further=further,
        how=how,
        title=matter.subject,
        request=request,
        rule=f"matter_{Difficulty(difficulty).value}",
        origin=matter.as_origin(),
        by=by,
        on=on,
        due_on=due_on,
    )
    workflow.apply(
        matter,
        "assign",
        by=by,
        note="、".join(named.name for named in (unit, *further)),
        assignment=assignment,
        difficulty=difficulty,
        due_on=assignment.due_on,
        owner=matter.owner or by,
    )
    notices.matter_assigned(matter, by=by)


@transaction.atomic
def answer_matter(matter: Matter, *, by: Person, answer: str, on: date) -> None:
    """Write down what the resident was told. Tells who took the matter down.

    Refused while a unit it was handed to still owes its answer or its share: a receipt is no answer.
    """
    if matter.assignment:
        owing = Assignment.objects.shares_of(matter.assignment).open().select_related("unit").first()
        if owing:
            raise workflow.MoveRefused(
                _("“%(unit)s” has not answered yet; its answer comes first.") % {"unit": owing.unit}
            )
    workflow.apply(matter, "answer", by=by, note=answer, answer=answer, answered_on=on)
    notices.matter_answered(matter, by=by)


def is_the_units(matter: Matter) -> bool:
    """Whether the answer is the unit's: it was handed over, and the station has not taken it back to itself since."""
    if matter.assignment_id is None:
        return False
    turns = matter.steps.filter(verb__in=["assign", "again", "reopen"]).order_by("-pk")
    return turns.values_list("verb", flat=True).first() != "reopen"


def said_of(matter: Matter) -> str:
    """Return what was said already to the unit's answer; "" when nothing was or the station gave the answer itself."""
    assignment = matter.assignment
    if assignment is None or assignment.rating not in Rating.values or not is_the_units(matter):
        return ""
    return assignment.rating


@transaction.atomic
def close_matter(
    matter: Matter, *, by: Person, rating: str = "", on: date, note: str = "", tries: int | None = None
) -> None:
    """Strike a matter off the ledger with what the resident says; not reached, after three tries, is not satisfied.

    What is said to a unit's answer is its judgement and is kept with the assignment, where the unit does not read it;
    what was said there before counts. Of an answer of the station's own the matter itself keeps it.
    Refused unless it is answered, and “could not be reached” before three tries.
    """
    before = said_of(matter)
    is_unreached = rating == Rating.UNREACHED and not before
    words = followups.words_of_tries(tries, note) if is_unreached else note
    workflow.apply(matter, "close", by=by, note=words, rating=Rating(before or rating), closed_on=on)
    if matter.assignment and not before and is_the_units(matter):
        followups.rate(matter.assignment, by=by, result=rating, words=note, tries=tries)


@transaction.atomic
def reopen_matter(matter: Matter, *, by: Person, reason: str, on: date, by_unit: bool = False) -> None:
    """Take a matter up again; its clock starts anew. What was answered before stays in the history.

    `by_unit`: the unit it was handed to does it again, under the clock of handling something a second time; otherwise
    the station does. Refused unless it is answered or closed. Source: domain, residents' matters (重办).
    """
    if by_unit:
        _give_back(matter, by=by, reason=reason, on=on)
        return
    due_on = due_day(matter.committee, f"matter_{matter.difficulty}", on=on).on if matter.difficulty else None
    workflow.apply(
        matter,
        "reopen",
        by=by,
        note=reason,
        answer="",
        answered_on=None,
        is_answered_at_once=False,
        rating="",
        closed_on=None,
        due_on=due_on,
    )


def _give_back(matter: Matter, *, by: Person, reason: str, on: date) -> None:
    """Have the unit do it again; the matter follows its assignment."""
    assignment = matter.assignment
    if assignment is None or matter.state not in (MatterState.ANSWERED, MatterState.CLOSED):
        raise workflow.MoveRefused(workflow.refusal(matter))
    act = followups.reopen if assignment.state == AssignmentState.CLOSED else followups.rehandle
    act(assignment, by=by, reason=reason, on=on)
    matter.refresh_from_db()


def follow_again(assignment: Assignment, *, by: Person, reason: str, on: date) -> None:
    """Let a matter that was answered follow its assignment back to the unit; what is promised is the unit's new day.

    Tells who took it down and the named person. One that is still with the unit stays there, its day has followed
    by itself; one the station has taken back to itself stays with the station.
    """
    matter = Matter.objects.filter(assignment=assignment).first()
    if matter is None or not is_the_units(matter):
        return
    if matter.state in (MatterState.ANSWERED, MatterState.CLOSED):
        workflow.apply(
            matter,
            "again",
            by=by,
            note=reason,
            answer="",
            answered_on=None,
            is_answered_at_once=False,
            rating="",
            closed_on=None,
            due_on=assignment.due_on,
        )
        notices.matter_again(matter, by=by, reason=reason)


def escalate(matter: Matter, *, by: Person, note: str = "") -> None:
    """Mark a matter as made into a topic; the consultation room makes the topic. Refused once it is handed over."""
    workflow.apply(matter, "escalate", by=by, note=note)
