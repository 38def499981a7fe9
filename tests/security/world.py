"""A small world for access tests: two committees with everything in them, and everybody who might knock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from consultations.models import ConsultationForm, Outcome, Paper, Participant, Plan, Session, Speech, Topic
from followups import actions as followups
from followups.actions.task_lists import Point
from followups.models import DeadlineRule, LadderRung
from followups.origins import Origin
from followups.states import OriginKind
from followups.tests.factories import make_assignment, make_equipped_committee
from kit import workflow
from kit.tenancy import committee_scope
from members.access import Actor
from members.importing import Reading
from members.models import (
    Area,
    Brand,
    CalendarDay,
    Delivery,
    Gateway,
    GroupSeat,
    ImportRun,
    Notice,
    RoleGrant,
    Sector,
    Term,
    User,
)
from members.numbers import next_number
from members.states import Role
from members.tests.factories import make_actor, make_area, make_group, make_person, make_unit
from proposals import actions as proposals
from proposals.models import Proposal
from stations.models import DutyPlace, DutyRule, DutySlot, DutyTurn, Matter, Station, Visit

TODAY = date(2026, 3, 18)
ZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class Town:
    """One committee: its people by what they are, its things by their names in the matrix."""

    mark: str
    people: dict[str, Actor] = field(default_factory=dict)
    things: dict[str, int] = field(default_factory=dict)


def build(mark: str) -> Town:
    """Fill a committee; `mark` stands in every text of it, so that a leak can be seen."""
    committee = make_equipped_committee(name=f"政协{mark}委员会", code=f"town{mark.lower()}")
    with committee_scope(committee.pk):
        town = Town(mark)
        _people(town, committee)
        _directory(town, committee)
        _front_door(town, committee)
        _consultation(town, committee)
        _proposal(town, committee)
        _task_lists(town, committee)
    return town


def _people(town: Town, committee) -> None:
    """Lin is the member whose things these are; the others are like people with other things, or nothing."""
    mark = town.mark
    unit, other_unit = make_unit(committee, name=f"{mark}住建局"), make_unit(committee, name=f"{mark}民政局")
    town.people = {
        "clerk": make_actor(committee, Role.CLERK, name=f"{mark}赵"),
        "leader": make_actor(committee, Role.LEADER, name=f"{mark}陈"),
        "member": make_actor(committee, Role.MEMBER, name=f"{mark}林"),
        "other_member": make_actor(committee, Role.MEMBER, name=f"{mark}马"),
        "keeper": make_actor(committee, Role.KEEPER, name=f"{mark}孔"),
        "other_keeper": make_actor(committee, Role.KEEPER, name=f"{mark}曹"),
        "officer": make_actor(committee, Role.OFFICER, name=f"{mark}吴", unit=unit),
        "other_officer": make_actor(committee, Role.OFFICER, name=f"{mark}严", unit=other_unit),
    }
    town.things |= {"unit": unit.pk}


def _directory(town: Town, committee) -> None:
    mark, clerk, member = town.mark, town.people["clerk"].person, town.people["member"].person
    group = make_group(committee, name=f"{mark}第一组")
    area = make_area(committee, name=f"{mark}社区")
    notice = Notice.objects.create(
        committee=committee, to=member, key="welcome", template="x", due_at=datetime.now(ZONE),
        sent_at=datetime.now(ZONE), subject=f"{mark}通知", body=f"{mark}正文", url="/",
    )  # fmt: skip
    stuck = Notice.objects.create(
        committee=committee, to=member, key="stuck", template="x", due_at=datetime.now(ZONE), attempts=5, subject=mark
    )
    delivery = Delivery.objects.create(
        committee=committee, notice=notice, channel="email", not_before=datetime.now(ZONE), state="dead", fault=mark
    )  # fmt: skip
    # A host that is not allowed: a test of it is refused before anything leaves the machine.
    gateway = Gateway.objects.create(committee=committee, channel="sms", address=f"jsons://{{mobile}}.example/{mark}")
    run = ImportRun.objects.create(
        committee=committee,
        kind="roster",
        filename=f"{mark}.xlsx",
        content=b"",
        digest="0" * 64,
        by=clerk,
        report=Reading().report(),
    )
    stranger = make_person(committee, name=f"{mark}施")
    town.things |= {
        "committee": committee.pk,
        "term": Term.objects.get(committee=committee).pk,
        "person": member.pk,
        "plain_person": stranger.pk,
        "group": group.pk,
        "area": area.pk,
        "sector": Sector.objects.filter(committee=committee).first().pk,
        "brand": Brand.objects.create(committee=committee, name=f"{mark}有商量").pk,
        "calendar_day": CalendarDay.objects.create(
            committee=committee, day=date(2026, 8, 8), is_workday=False, label=f"{mark}节"
        ).pk,
        "notice": notice.pk,
        "stuck_notice": stuck.pk,
        "delivery": delivery.pk,
        "gateway": gateway.pk,
        "import": run.pk,
        "account": town.people["other_member"].person.pk,
        "user": town.people["other_member"].user.pk,
        "seat": GroupSeat.objects.create(committee=committee, group=group, membership=member.memberships.first()).pk,
        "grant": RoleGrant.objects.filter(person=town.people["other_member"].person).first().pk,
        "deadline_rule": DeadlineRule.objects.filter(committee=committee, key="outcome").first().pk,
    }


def _front_door(town: Town, committee) -> None:
    mark, people = town.mark, town.people
    member, keeper = people["member"].person, people["keeper"].person
    area = Area.objects.get(pk=town.things["area"])
    station = Station.objects.create(
        committee=committee, name=f"{mark}联络站", kind="work_station", layer="village", area=area, head=keeper
    )
    elsewhere = Station.objects.create(
        committee=committee, name=f"{mark}别处站", kind="studio", layer="village", head=people["other_keeper"].person
    )
    rule = DutyRule.objects.create(
        committee=committee, station=station, name=f"{mark}周五值日", kind="weekly", weekday=4, starts_at=time(15),
        ends_at=time(17), valid_from=TODAY,
    )  # fmt: skip
    DutyPlace.objects.create(committee=committee, rule=rule, person=member)
    slots = []
    for week in (0, 1, 2):
        day = date(2026, 3, 20) + timedelta(days=7 * week)
        slot = DutySlot.objects.create(
            committee=committee, station=station, rule=rule, day=day, rule_day=day, starts_at=time(15), ends_at=time(17)
        )
        DutyTurn.objects.create(committee=committee, slot=slot, person=member)
        slots.append(slot)
    asked = slots[1]
    DutySlot.objects.filter(pk=asked.pk).update(has_question=True)
    visit = Visit.objects.create(
        committee=committee, station=station, day=TODAY, person_times=3, note=f"{mark}走访", logged_by=member
    )
    visit.people.add(member)
    matter = Matter.objects.create(
        committee=committee, year=2026, number=next_number(committee, "matter", 2026), station=station, area=area,
        visit=visit, received_on=TODAY,
        subject=f"{mark}路灯不亮", text=f"{mark}内容", taken_by=member,
    )  # fmt: skip
    returned = Visit.objects.create(
        committee=committee, station=station, day=TODAY, person_times=1, note=f"{mark}退回", logged_by=member
    )
    returned.people.add(member)
    workflow.apply(returned, "return", by=keeper, note=f"{mark}请补充")
    answered = Matter.objects.create(
        committee=committee, year=2026, number=next_number(committee, "matter", 2026), station=station, area=area,
        received_on=TODAY, taken_by=member,
        subject=f"{mark}已答复的事",
    )  # fmt: skip
    workflow.apply(answered, "answer", by=keeper, answer=f"{mark}已修好", answered_on=TODAY)
    town.things |= {
        "asked_slot": asked.pk,
        "returned_visit": returned.pk,
        "answered_matter": answered.pk,
        "station": station.pk,
        "other_station": elsewhere.pk,
        "duty_rule": rule.pk,
        "slot": slots[0].pk,
        "visit": visit.pk,
        "matter": matter.pk,
    }


def _consultation(town: Town, committee) -> None:
    mark, people, things = town.mark, town.people, town.things
    clerk, member = people["clerk"].person, people["member"].person
    form = ConsultationForm.objects.create(committee=committee, name=f"{mark}微协商", is_light=True)
    plan = Plan.objects.create(committee=committee, year=2026)
    topic = Topic.objects.create(
        committee=committee, plan=plan, line=1, title=f"{mark}加装电梯", source="residents", matter_id=things["matter"]
    )
    start = datetime.combine(TODAY + timedelta(days=10), time(9), ZONE)
    session = Session.objects.create(
        committee=committee, topic=topic, title=f"{mark}协商会", form=form, station_id=things["station"],
        starts_at=start, ends_at=start + timedelta(hours=2), convener=clerk, chair=people["leader"].person,
    )  # fmt: skip
    seat = Participant.objects.create(committee=committee, session=session, kind="member", person=member)
    officer = people["officer"]
    Participant.objects.create(
        committee=committee, session=session, kind="officer", person=officer.person, unit_id=things["unit"]
    )
    speech = Speech.objects.create(committee=committee, session=session, participant=seat, order=1, text=f"{mark}发言")
    assignment = followups.hand_over(
        committee=committee, unit=officer.person.grants.first().unit, title=f"{mark}交办事项", request=f"{mark}请办理",
        rule="outcome", by=clerk, on=TODAY,
        origin=Origin(OriginKind.OUTCOME, f"{mark}协商会", place=f"{mark}联络站", raised_by=clerk),
    )  # fmt: skip
    signed, answered, closed = (_further(assignment, people, steps) for steps in (1, 2, 3))
    look = followups.plan_look_back(closed, due_on=TODAY + timedelta(days=90))
    town.things |= _at_work(assignment, people)
    paper = Paper.objects.create(
        committee=committee, session=session, title=f"{mark}材料", added_by=clerk, size=8,
        file=ContentFile(f"%PDF-{mark}".encode(), name="paper.pdf"),
    )  # fmt: skip
    held = Session.objects.create(
        committee=committee, topic=topic, title=f"{mark}已开的会", form=form, station_id=things["station"],
        starts_at=start - timedelta(days=20), ends_at=start - timedelta(days=19, hours=22), convener=clerk,
        minutes=f"{mark}过程",
    )  # fmt: skip
    workflow.apply(held, "open", by=clerk)
    workflow.apply(held, "issue", by=clerk, minutes_year=2026, minutes_number=1, minutes_on=TODAY)
    outcome = Outcome.objects.create(
        committee=committee, session=held, number=1, kind="todo", text=f"{mark}成果", unit=assignment.unit,
        due_on=assignment.due_on, assignment=assignment,
    )  # fmt: skip
    town.things |= {
        "consultation_form": form.pk,
        "plan": plan.pk,
        "topic": topic.pk,
        "session": session.pk,
        "held_session": held.pk,
        "participant": seat.pk,
        "speech": speech.pk,
        "outcome": outcome.pk,
        "paper": paper.pk,
        "assignment": assignment.pk,
        "bulletin": followups.freeze_bulletin(committee, year=TODAY.year, month=TODAY.month, by=clerk, on=TODAY).pk,
        "signed_assignment": signed.pk,
        "answered_assignment": answered.pk,
        "closed_assignment": closed.pk,
        "look": look.pk,
        "supervision": followups.press_by_hand(signed, by=clerk, rung="urge", words=f"{mark}请抓紧", on=TODAY).pk,
        "rung": LadderRung.objects.filter(committee=committee).first().pk,
    }


def _task_lists(town: Town, committee) -> None:
    """A list that is being written, one handed over, and one reported back."""
    clerk, unit = town.people["clerk"].person, town.people["officer"].person.grants.first().unit
    for name in ("task_list", "issued_list", "reported_list"):
        made = followups.start_list(
            committee=committee, by=clerk, kind="issues", title=f"{town.mark}问题清单", given_on=TODAY
        )
        followups.write_points(made, by=clerk, points=[Point(f"{town.mark}一项", unit)], mark="")
        if name != "task_list":
            followups.issue_list(made, by=clerk, on=TODAY)
        town.things[name] = made.pk
    task = made.tasks.get()
    followups.sign_for(task, by=clerk, on=TODAY)
    followups.answer(task, by=clerk, text=f"{town.mark}已办", on=TODAY)
    followups.report_back(made, by=clerk, text=f"{town.mark}已办", on=TODAY)


def _further(assignment, people: dict[str, Actor], steps: int):
    """Return another assignment of the same unit that is one, two or three moves further."""
    clerk, officer = people["clerk"], people["officer"]
    further = make_assignment(unit=assignment.unit, by=clerk, title=assignment.title, on=TODAY, raised_by=clerk.person)
    followups.sign_for(further, by=officer.person, on=TODAY)
    if steps > 1:
        followups.answer(further, by=officer.person, text=assignment.title, on=TODAY)
    if steps > 2:
        followups.close(further, by=clerk.person, proof=assignment.title, on=TODAY)
    return further


def _at_work(assignment, people: dict[str, Actor]) -> dict[str, int]:
    """Return what a unit does on the way: something paused, a request, a milestone, an answer still inside the unit."""
    clerk, officer, mark = people["clerk"].person, people["officer"].person, assignment.title
    paused, drafted = (_further(assignment, people, 1) for _each in range(2))
    wish = {"by": officer, "kind": "pause", "reason": mark, "on": TODAY}
    followups.grant(followups.ask(paused, **wish), by=clerk, on=TODAY)
    followups.save_draft(drafted, by=officer, text=mark, is_ready=True)
    milestone = followups.add_milestone(drafted, by=officer, title=mark[:40], due_on=drafted.due_on)
    request = followups.ask(drafted, **wish)
    return {
        "paused_assignment": paused.pk,
        "drafted_assignment": drafted.pk,
        "milestone": milestone.pk,
        "unit_request": request.pk,
    }


def _proposal(town: Town, committee) -> None:
    member = town.people["member"].person
    proposal = Proposal.objects.create(
        committee=committee, term_id=town.things["term"], category="society", title=f"{town.mark}提案", situation="x",
        suggestion="x", first_proposer=member, matter_id=town.things["matter"],
    )  # fmt: skip
    proposals.submit_proposal(proposal, by=member, on=TODAY)
    town.things["proposal"] = proposal.pk


def nobody() -> User:
    """An account without any role."""
    return User.objects.create_user("nobody-at-all", "x")


def dismissed(town: Town) -> User:
    """Somebody who worked in the office and may no longer sign in."""
    with committee_scope(town.things["committee"]):
        committee = town.people["clerk"].committee
        actor = make_actor(committee, Role.CLERK, name=f"{town.mark}前")
    actor.user.is_active = False
    actor.user.save(update_fields=["is_active"])
    return actor.user
