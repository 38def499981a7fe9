"""Pressing: slips by the ladder and by hand, the unit's reply to them, and the lights written down."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import workflow
from members.calendars import calendar_for
from members.models import Committee, Person
from members.numbers import next_number

from .. import notices
from ..clocks import due_day
from ..ladder import highest, rungs_of
from ..models import Assignment, AssignmentStep, LadderRung, LightChange, SupervisionSlip
from ..models.querysets import start_of
from ..states import RUNNING, Anchor, Rung, Told

SLIPS = (Rung.URGE, Rung.SUPERVISE, Rung.BULLETIN)
REACTIONS = ("sign", "contact", "progress", "answer")  # what a unit does that stops the pressing for a while


def press(committee: Committee, *, on: date) -> list[SupervisionSlip]:
    """Climb the ladder for everything overdue: give out the slip of the highest rung reached, each once.

    Nothing happens on a day off, and not while the unit has reacted since the last rung: a unit that reports is left
    in peace until the next one. Source: domain, reminders and escalation.
    """
    calendar = calendar_for(committee)
    rungs = [rung for rung in rungs_of(committee, on=on) if rung.rung in SLIPS and rung.anchor == Anchor.DUE]
    if not rungs or not calendar.is_workday(on):
        return []
    given = []
    late = Assignment.objects.filter(committee=committee).overdue(on=on).select_related("unit", "committee")
    for assignment in late.reddest_first():
        rung, reached_on = highest(rungs, assignment, on=on, calendar=calendar)
        if rung is None or _has_reacted(assignment, since=_last_pressed(assignment, reached_on)):
            continue
        slip = _give(assignment, rung, on=on)
        given += [slip] if slip else []
    return given


def _last_pressed(assignment: Assignment, reached_on: date) -> date:
    """Return the day from which a reaction counts: that of the last slip, or the day the answer was due."""
    last = assignment.slips.filter(issued_on__gte=assignment.due_on, issued_on__lt=reached_on).first()
    return last.issued_on if last else assignment.due_on


def _has_reacted(assignment: Assignment, *, since: date) -> bool:
    steps = AssignmentStep.objects.filter(thing=assignment, verb__in=REACTIONS, at__gte=start_of(since))
    return (
        steps.exists()
        or assignment.requests.filter(asked_on__gte=since).exists()
        or assignment.slips.filter(replied_on__gte=since).exists()
    )


def _give(assignment: Assignment, rung: LadderRung, *, on: date) -> SupervisionSlip | None:
    """Give out the slip of a rung; None when it was given for this day before, by whoever was faster."""
    occasion = f"{rung.key}:{assignment.due_on:%Y%m%d}"
    if SupervisionSlip.objects.filter(assignment=assignment, occasion=occasion).exists():
        return None
    try:
        return _issue(assignment, rung=Rung(rung.rung), told=Told(rung.told), occasion=occasion, on=on, by=None)
    except IntegrityError:
        return None


@transaction.atomic
def press_by_hand(assignment: Assignment, *, by: Person, rung: Rung | str, words: str, on: date) -> SupervisionSlip:
    """Give out a slip now, with the office's own words. Refused once it is answered or while it is paused."""
    if assignment.state not in RUNNING:
        raise workflow.MoveRefused(workflow.refusal(assignment))
    rung = Rung(rung)
    told = Told.UNIT_AND_OFFICE if rung == Rung.URGE else Told.UNIT_OFFICE_AND_LEADERS
    occasion = f"by-hand:{assignment.slips.count() + 1}"  # two who press at once give out one slip
    try:
        return _issue(assignment, rung=rung, told=told, occasion=occasion, on=on, by=by, words=words)
    except IntegrityError as faster:
        raise workflow.MoveRefused(_("Somebody else has just given out a slip about this.")) from faster


@transaction.atomic
def _issue(
    assignment: Assignment, *, rung: Rung, told: Told, occasion: str, on: date, by: Person | None, words: str = ""
) -> SupervisionSlip:
    slip = SupervisionSlip.objects.create(
        committee=assignment.committee,
        assignment=assignment,
        rung=rung,
        occasion=occasion,
        year=on.year,
        number=next_number(assignment.committee, f"slip-{rung}", on.year),
        issued_on=on,
        reply_by=due_day(assignment.committee, "slip", on=on).on,
        words=words,
        by=by,
    )
    Assignment.objects.filter(pk=assignment.pk).update(pressed=F("pressed") + 1)
    notices.pressed(slip, told=told)
    return slip


@transaction.atomic
def reply_to_slip(slip: SupervisionSlip, *, by: Person, text: str, on: date) -> None:
    """Write down the unit's reply to a slip. Tells the office. Refused a second time."""
    changed = SupervisionSlip.objects.filter(pk=slip.pk, replied_on=None).update(
        reply=text, replied_on=on, replied_by=by
    )
    if changed != 1:
        raise workflow.MoveRefused(_("This slip has been replied to already."))
    slip.refresh_from_db()
    notices.slip_replied(slip)


def note_lights(committee: Committee, *, on: date, at: datetime | None = None) -> int:
    """Write down every light that changed since it was last looked at: one row for each crossing; returns how many.

    Lights are read from the days at any time; these rows only say since when. Two clocks at once write one row.
    """
    at = at or timezone.now()
    changed = Assignment.objects.filter(committee=committee).open().with_light(on=on).exclude(light=F("light_seen"))
    noted = 0
    for pk, light, seen, due_on in list(changed.order_by("pk").values_list("pk", "light", "light_seen", "due_on")):
        with transaction.atomic():
            mine = Assignment.objects.filter(pk=pk, light_seen=seen).update(light_seen=light)
            if mine:
                LightChange.objects.create(
                    committee=committee, assignment_id=pk, old_light=seen, light=light, due_on=due_on, on=on, at=at
                )
                noted += 1
    return noted


def change_rung(rung: LadderRung, *, is_active: bool, days: int, unit: str, told: str, source: str, valid_from: date):
    """Write the next version of a rung; reminders already owed keep their days, slips follow it from its day on.

    Raises MoveRefused when somebody else wrote the next version first.
    """
    try:
        with transaction.atomic():
            return LadderRung.objects.create(
                committee=rung.committee,
                key=rung.key,
                version=rung.version + 1,
                rung=rung.rung,
                anchor=rung.anchor,
                days=days,
                unit=unit,
                told=told,
                is_active=is_active,
                source=source,
                valid_from=valid_from,
            )
    except IntegrityError as taken:
        raise workflow.MoveRefused(_("Somebody else has changed this rung in the meantime.")) from taken
