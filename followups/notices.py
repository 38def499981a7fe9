"""Notices of the follow-up floor: what units, the office and those who raised something are told, and when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from members.calendars import calendar_for
from members.models import Person, RoleGrant, Unit
from members.notices import office_of, promise, withdraw
from members.states import NoticeKind, Role

from . import ladder
from .models import Assignment, Draft, DueChange, Receipt, Reply, SupervisionSlip, UnitPass, UnitRequest
from .states import OPEN, RUNNING, Anchor, AssignmentState, Part, Rung, Told

MORNING = time(8, 30)
LOW = ("due-reminder", "sign-reminder")  # left to the digest of the morning


def officers_of(unit: Unit) -> list[Person]:
    """Return the people who answer for a unit and can sign in."""
    grants = RoleGrant.objects.filter(unit=unit, role=Role.OFFICER).select_related("person")
    return [grant.person for grant in grants]


def leaders_of(committee_pk: int) -> list[Person]:
    """Return the people who lead a committee."""
    grants = RoleGrant.objects.filter(committee=committee_pk, role=Role.LEADER).select_related("person")
    return [grant.person for grant in grants]


def morning_of(day: date) -> datetime:
    """Return when in the morning of a day people are reminded."""
    return timezone.make_aware(datetime.combine(day, MORNING))


def handed_over(assignment: Assignment) -> None:
    """Tell the unit, and owe the reminders of the clock: to sign for it, before it is due, and when it is overdue."""
    _tell(officers_of(assignment.unit), "handed-over", assignment)
    _owe(assignment, anchor=Anchor.SIGN_DUE, after=None)
    _owe(assignment, anchor=Anchor.DUE, after=assignment.handed_over_on)


def taken_over(assignment: Assignment, *, on: date) -> None:
    """Owe what still lies ahead on the clock of an old record; what is past is told to nobody."""
    if assignment.state == AssignmentState.HANDED_OVER:
        _owe(assignment, anchor=Anchor.SIGN_DUE, after=on)
    if assignment.state in OPEN:
        _owe(assignment, anchor=Anchor.DUE, after=on)


def _owe(assignment: Assignment, *, anchor: Anchor, after: date | None, turn: str = "") -> None:
    """Owe the reminders of the ladder that count from one day and lie after another (all of them when None).

    Only the word that it is overdue is not lost when its day is past: it is said the next morning.
    Source: domain, reminders and escalation.
    """
    calendar, committee = calendar_for(assignment.committee), assignment.committee
    kind = "sign-reminder" if anchor == Anchor.SIGN_DUE else "due-reminder"
    for rung in ladder.rungs_of(committee, on=assignment.handed_over_on):
        if rung.rung != Rung.REMIND or rung.anchor != anchor:
            continue
        day = ladder.day_of(rung, assignment, calendar=calendar)
        is_overdue = anchor == Anchor.DUE and rung.days > 0
        if after is not None and day <= after:
            if not is_overdue:
                continue
            day = after + timedelta(days=1)
        occasion, template = ("overdue", "overdue") if is_overdue else (kind, kind.replace("-", "_"))
        _tell(
            told_by(rung.told, assignment),
            f"{occasion}:{rung.key}{turn}",
            assignment,
            template=template,
            at=morning_of(day),
        )


def told_by(told: Told | str, assignment: Assignment) -> list[Person]:
    """Return the people a rung tells about an assignment."""
    people = officers_of(assignment.unit)
    if told != Told.UNIT:
        people += office_of(assignment.committee_id)
    if told == Told.UNIT_OFFICE_AND_LEADERS:
        people += leaders_of(assignment.committee_id)
    return people


def pressed(slip: SupervisionSlip, *, told: Told) -> None:
    """Tell the unit, and whom the rung names, that a slip was given out."""
    assignment = slip.assignment
    _tell(
        told_by(told, assignment),
        f"pressed:{slip.pk}",
        assignment,
        template="pressed",
        url=slip.get_absolute_url(),
        slip=str(slip),
        reply_by=f"{slip.reply_by:%Y-%m-%d}",
        words=slip.words,
    )


def slip_replied(slip: SupervisionSlip) -> None:
    """Tell the office that a unit replied to a slip."""
    _tell(
        office_of(slip.committee_id),
        f"slip-replied:{slip.pk}",
        slip.assignment,
        template="slip_replied",
        url=slip.get_absolute_url(),
        slip=str(slip),
        reply=slip.reply[:200],
    )


def signed_again(assignment: Assignment) -> None:
    """Take back the reminders to sign; whoever raised it has had the receipt's number."""
    withdraw(key_prefix=f"assignment:{assignment.pk}:sign-reminder")


def signed_for(assignment: Assignment, receipt: Receipt) -> None:
    """Give whoever raised it the receipt's number, and take back the reminders to sign."""
    withdraw(key_prefix=f"assignment:{assignment.pk}:sign-reminder")
    if assignment.raised_by:
        _tell([assignment.raised_by], "signed", assignment, receipt=receipt)


def answered(assignment: Assignment, reply: Reply) -> None:
    """Tell the office, and take back what is owed about the clock; whoever raised it is asked for feedback."""
    withdraw(key_prefix=f"assignment:{assignment.pk}:due-reminder")
    withdraw(key_prefix=f"assignment:{assignment.pk}:overdue")
    asked = None if assignment.part == Part.ASSIST else assignment.raised_by_id
    office = [person for person in office_of(assignment.committee_id) if person.pk != asked]
    _tell(office, f"answered:{reply.pk}", assignment, template="answered", answer=reply.text[:200])


def sent_back(assignment: Assignment, reason: str, *, on: date) -> None:
    """Tell the unit why its answer came back, and owe what still lies ahead on its clock again."""
    turn = assignment.replies.count()
    _tell(officers_of(assignment.unit), f"sent-back:{turn}", assignment, template="sent_back", reason=reason)
    _owe(assignment, anchor=Anchor.DUE, after=on, turn=f":{turn}")


def day_moved(assignment: Assignment, change: DueChange, *, on: date) -> None:
    """Tell the unit the new day, and owe the reminders of the new clock instead of the old one's."""
    withdraw(key_prefix=f"assignment:{assignment.pk}:due-reminder")
    withdraw(key_prefix=f"assignment:{assignment.pk}:overdue")
    _tell(
        officers_of(assignment.unit),
        f"day-moved:{change.pk}",
        assignment,
        template="day_moved",
        old_due=f"{change.old_due:%Y-%m-%d}",
        cause=change.get_cause_display(),
    )
    if assignment.state in RUNNING:
        _owe(assignment, anchor=Anchor.DUE, after=on, turn=f":day-{change.pk}")


def requested(request: UnitRequest) -> None:
    """Tell the office that a unit asks for something."""
    _tell(
        office_of(request.committee_id),
        f"requested:{request.pk}",
        request.assignment,
        template="requested",
        wish=request.get_kind_display(),
        reason=request.reason,
        decide_by=f"{request.decide_by:%Y-%m-%d}",
    )


def decided(request: UnitRequest) -> None:
    """Tell who asked what was decided."""
    if request.by:
        _tell(
            [request.by],
            f"decided:{request.pk}",
            request.assignment,
            template="decided",
            wish=request.get_kind_display(),
            decision=request.get_state_display(),
            reason=request.decision,
        )


def opinion_given(opinion: Assignment, reply: Reply) -> None:
    """Tell the leading unit that an assisting one has given its opinion."""
    lead = opinion.part_of
    if lead:
        words: dict[str, Any] = {"other": opinion.unit, "answer": reply.text[:200]}
        _tell(officers_of(lead.unit), f"opinion:{reply.pk}", lead, template="opinion", **words)


def draft_waits(draft: Draft) -> None:
    """Tell the unit's other officers that a draft waits to be cleared; nobody outside the unit hears of it."""
    others = [officer for officer in officers_of(draft.assignment.unit) if officer.pk != draft.by_id]
    _tell(others, f"draft:{draft.pk}:{draft.version}", draft.assignment, template="draft_waits", author=draft.by)


def draft_returned(draft: Draft, *, by: Person) -> None:
    """Tell whoever wrote a draft why it came back."""
    if draft.by:
        words: dict[str, Any] = {"reason": draft.words, "reader": by}
        _tell([draft.by], f"draft:{draft.pk}:{draft.version}", draft.assignment, template="draft_returned", **words)


def paused(assignment: Assignment) -> None:
    """Take back what is owed about a clock that stands still."""
    withdraw(key_prefix=f"assignment:{assignment.pk}:due-reminder")
    withdraw(key_prefix=f"assignment:{assignment.pk}:overdue")


def taken_from(assignment: Assignment) -> None:
    """Take back what is owed to a unit that was released."""
    paused(assignment)
    withdraw(key_prefix=f"assignment:{assignment.pk}:sign-reminder")


def passed_on(assignment: Assignment, *, on: date) -> None:
    """Tell the unit that took it over, and owe it the reminders to sign; those of the answer went with the day."""
    turn = f":{assignment.unit_id}"
    _tell(officers_of(assignment.unit), f"handed-over{turn}", assignment, template="handed_over")
    _owe(assignment, anchor=Anchor.SIGN_DUE, after=None, turn=turn)


def taken_up_again(assignment: Assignment, reason: str) -> None:
    """Tell the unit that it is to be handled again, and why."""
    turn = f":again-{assignment.rounds}"
    _tell(officers_of(assignment.unit), f"again{turn}", assignment, template="again", reason=reason)


def signing_moved(assignment: Assignment, *, on: date) -> None:
    """Owe the reminders to sign by the day it was moved to, as far as they lie after a day."""
    withdraw(key_prefix=f"assignment:{assignment.pk}:sign-reminder")
    _owe(assignment, anchor=Anchor.SIGN_DUE, after=on)


def pass_made(unit_pass: UnitPass, token: str) -> None:
    """Mail the link of a pass; the code that belongs to it is told by telephone, so the letter alone opens nothing."""
    assignment = unit_pass.assignment
    promise(
        [unit_pass.person],
        key=f"assignment:{assignment.pk}:pass:{unit_pass.pk}",
        template="notices/followups/pass_made",
        context={
            "title": assignment.title,
            "unit": assignment.unit,
            "due_on": f"{assignment.due_on:%Y-%m-%d}",
            "ends_on": f"{timezone.localtime(unit_pass.ends_at):%Y-%m-%d}",
        },
        url=reverse("followups:pass_open", args=[token]),
        kind=NoticeKind.PASS,
        is_urgent=True,
    )


def _tell(
    people: list[Person],
    occasion: str,
    assignment: Assignment,
    *,
    template: str = "",
    at: datetime | None = None,
    url: str = "",
    **words: Any,
) -> None:
    """Promise one notice about an assignment; the occasion names it once per person."""
    promise(
        people,
        key=f"assignment:{assignment.pk}:{occasion}",
        kind=NoticeKind.REMINDER if occasion.startswith(LOW) else NoticeKind.WORK,
        template=f"notices/followups/{template or occasion.replace('-', '_')}",
        context={
            "title": assignment.title,
            "unit": assignment.unit,
            "due_on": f"{assignment.due_on:%Y-%m-%d}",
            "sign_due": f"{assignment.sign_due:%Y-%m-%d}",
            **words,
        },
        url=url or assignment.get_absolute_url(),
        at=at,
    )
