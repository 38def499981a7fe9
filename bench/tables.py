"""Invented plans, topics, consultation sessions with all that is said in them, and proposals."""

from __future__ import annotations

from datetime import date, timedelta

from bench.people import World
from bench.promises import Promises, count
from bench.ways import BATCH, Way, after, at_noon, numbered, way, write_steps
from consultations.models import (
    Consensus,
    ConsultationForm,
    Outcome,
    Participant,
    ParticipantStep,
    Plan,
    Session,
    SessionStep,
    Speech,
    Topic,
    TopicStep,
)
from consultations.states import (
    RSVP_MOVES,
    SESSION_MOVES,
    TOPIC_MOVES,
    OutcomeKind,
    ParticipantKind,
    Presence,
    RsvpState,
    SessionState,
    TopicSource,
    TopicState,
)
from followups.states import OriginKind
from proposals.models import Proposal, ProposalStep
from proposals.states import PROPOSAL_MOVES, Category, ProposalState
from stations.models import Matter, Station

PLANNED = 20  # lines of a year's plan


def plan_topics(world: World) -> list[Topic]:
    """Make a plan of twenty lines for each year, and one topic for four sessions; most are raised in between."""
    owner, rng = world.committee, world.rng
    years = sorted({world.begin.year, world.today.year})
    plans = Plan.objects.bulk_create(Plan(committee=owner, year=year) for year in years)
    forms = ConsultationForm.objects.bulk_create(
        ConsultationForm(committee=owner, name=name, is_light=light)
        for name, light in (("专题协商会", False), ("协商议事会", True), ("对口协商会", False))
    )
    made = []
    for number in range(max(1, world.scale.sessions // 4)):
        walked = way(
            TOPIC_MOVES,
            TopicState.DRAFTED,
            ("confirm", world.clerks[0], at_noon(world.begin + timedelta(number % 60)), ""),
        )
        plan = plans[number % len(plans)] if number < PLANNED * len(plans) else None
        topic = Topic(
            committee=owner,
            plan=plan,
            year=plan.year if plan else None,
            line=number // len(plans) + 1 if number < PLANNED * len(plans) else None,
            title=f"第{number + 1}号议题：改善村居环境",
            goal="听取意见，形成共识。",
            form=rng.choice(forms),
            source=rng.choice(TopicSource.values),
            lead_group=rng.choice(world.groups[:6]),
            quarter=number % 4 + 1,
            state=walked.state,
        )
        made.append((topic, walked))
    topics = Topic.objects.bulk_create([topic for topic, _ in made], BATCH)
    write_steps(TopicStep, owner, made)
    return topics


def hold_sessions(world: World, topics: list[Topic], stations: list[Station], promises: Promises) -> list[Outcome]:
    """Hold the sessions, a twentieth of them still ahead, and return their outcomes; those are written later."""
    owner, scale = world.committee, world.scale
    span = (world.today - world.begin).days * 20 // 19
    held = []
    for number in range(scale.sessions):
        day = world.begin + timedelta(days=span * number // scale.sessions)
        held.append(_session(world, topics[number % len(topics)], stations[number % len(stations)], day))
    issued = [session for session, _ in held if session.minutes_on]
    count(world, "minutes", numbered(issued, day="minutes_on", year="minutes_year", number="minutes_number"))
    Session.objects.bulk_create([session for session, _ in held], BATCH)
    write_steps(SessionStep, owner, held)
    _seats(world, [session for session, _ in held])
    _words(world, issued)
    return [outcome for session in issued for outcome in _outcomes(world, session, promises)]


def _session(world: World, topic: Topic, station: Station, day: date) -> tuple[Session, Way]:
    today, clerk, begins = world.today, world.clerks[0], at_noon(day)
    early = at_noon(day - timedelta(days=5))
    acts, minutes_on = [], None
    if (day - today).days < 5:
        acts.append(("notify", clerk, early, ""))
    if day < today:
        minutes_on = after(day, 3, today=today)
        acts += [("open", clerk, begins, ""), ("issue", clerk, at_noon(minutes_on), "")]
        if (today - day).days > 60:
            acts.append(("close", clerk, at_noon(day + timedelta(days=60)), ""))
    walked = way(SESSION_MOVES, SessionState.PLANNED, *acts)
    session = Session(
        committee=world.committee,
        topic=topic,
        title=f"“{topic.title[:30]}”协商议事会",
        form=topic.form,
        brand=world.brand,
        station=station,
        area=station.area,
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        chair=world.leaders[0],
        convener=clerk,
        minutes="会议听取了情况介绍，与会人员依次发言。" * 5 if minutes_on else "",
        minutes_on=minutes_on,
        state=walked.state,
    )
    return session, walked


def _seats(world: World, sessions: list[Session]) -> None:
    """Invite to each session six members, two officers, three residents and an expert."""
    owner, rng = world.committee, world.rng
    seats = []
    for session in sessions:
        was_held = session.minutes_on is not None
        came = Presence.PRESENT if was_held else ""
        for person in rng.sample(world.members, 6):
            acts = [("attend", person, session.starts_at - timedelta(days=3), "")] if was_held else []
            walked = way(RSVP_MOVES, RsvpState.INVITED, *acts)
            kind = ParticipantKind.MEMBER
            seats.append((_seat(owner, session, kind, walked, person=person, presence=came), walked))
        for unit in rng.sample(world.units, 2):
            person, walked = world.officers[unit.pk][0], way(RSVP_MOVES, RsvpState.INVITED)
            seat = _seat(owner, session, ParticipantKind.OFFICER, walked, person=person, unit=unit, presence=came)
            seats.append((seat, walked))
        others = [(ParticipantKind.RESIDENT, f"居民{letter}") for letter in "甲乙丙"] + [
            (ParticipantKind.EXPERT, "专家甲")
        ]
        for kind, name in others:
            walked = way(RSVP_MOVES, RsvpState.INVITED)
            seats.append((_seat(owner, session, kind, walked, name=name, presence=came), walked))
    Participant.objects.bulk_create([seat for seat, _ in seats], BATCH)
    write_steps(ParticipantStep, owner, seats)


def _seat(owner, session: Session, kind: ParticipantKind, walked: Way, **fields) -> Participant:
    return Participant(committee=owner, session=session, kind=kind, state=walked.state, **fields)


def _words(world: World, sessions: list[Session]) -> None:
    """Write down four speeches and two points of consensus for each session that was held."""
    owner = world.committee
    spoke: dict[int, list[Participant]] = {}
    for seat in Participant.objects.filter(committee=owner, session__in=sessions).order_by("pk"):
        spoke.setdefault(seat.session_id, []).append(seat)
    Speech.objects.bulk_create(
        [
            Speech(
                committee=owner,
                session=session,
                participant=seat,
                order=order,
                text="建议尽快完善设施。",
                reply="好的。",
            )
            for session in sessions
            for order, seat in enumerate(spoke[session.pk][:4], 1)
        ],
        BATCH,
    )
    Consensus.objects.bulk_create(
        [
            Consensus(committee=owner, session=session, number=number, text="各方同意分期实施。")
            for session in sessions
            for number in (1, 2)
        ],
        BATCH,
    )


def _outcomes(world: World, session: Session, promises: Promises) -> list[Outcome]:
    todo = int(world.scale.todo) + (world.rng.random() < world.scale.todo % 1)
    outcomes = [
        Outcome(committee=world.committee, session=session, number=1, kind=OutcomeKind.SOLVED, text="当场解决。")
    ]
    for number in range(2, todo + 2):
        assignment = promises.hand_over(
            rule="outcome",
            kind=OriginKind.OUTCOME,
            title=f"{session.area.name}环境整治第{number}项",
            raised_by=world.clerks[0],
            place=session.station.name,
            on=session.minutes_on,
        )
        outcome = Outcome(
            committee=world.committee,
            session=session,
            number=number,
            kind=OutcomeKind.TODO,
            text=assignment.title,
            unit=assignment.unit,
            due_on=assignment.due_on,
            assignment=assignment,
        )
        outcomes.append(outcome)
    return outcomes


def write_outcomes(outcomes: list[Outcome]) -> None:
    """Write the outcomes once their assignments are written."""
    Outcome.objects.bulk_create(outcomes, BATCH)


def write_proposals(world: World, matters: list[Matter], promises: Promises) -> list:
    """Return the proposals with their ways, a tenth of them still drafts; they are written once the assignments are."""
    scale = world.scale
    span = (world.today - world.begin).days
    made = []
    for number in range(scale.proposals):
        day = world.begin + timedelta(days=span * number // scale.proposals)
        matter = matters[number * len(matters) // scale.proposals] if number % 4 == 0 else None
        made.append(_proposal(world, matter, promises, day))
    filed = [proposal for proposal, _ in made if proposal.filed_on]
    count(world, "proposal", numbered(filed, day="filed_on"))
    return made


def _proposal(world: World, matter: Matter | None, promises: Promises, day: date) -> tuple[Proposal, Way]:
    rng, today, clerk = world.rng, world.today, world.clerks[0]
    author = rng.choice(world.members)
    acts, fields, title = [], {}, f"关于改善{rng.choice(world.villages).name}道路的建议"
    old = (today - day).days
    if rng.random() < 0.9:
        acts.append(("submit", author, at_noon(day), ""))
        fields["submitted_on"] = day
        if old > 5:
            fields["filed_on"] = filed_on = after(day, 4, today=today)
            acts.append(("file", clerk, at_noon(filed_on), ""))
            if rng.random() < world.scale.handed and old > 10:
                assignment = promises.hand_over(
                    rule="proposal",
                    kind=OriginKind.PROPOSAL,
                    title=title,
                    raised_by=author,
                    on=after(day, 8, today=today),
                )
                fields["assignment"] = assignment
                acts.append(("hand_over", clerk, at_noon(assignment.handed_over_on), ""))
    walked = way(PROPOSAL_MOVES, ProposalState.DRAFT, *acts)
    proposal = Proposal(
        committee=world.committee,
        term=world.term,
        category=rng.choice(Category.values),
        title=title,
        situation="道路破损，雨天出行不便。",
        analysis="养护责任不清。",
        suggestion="1. 明确责任。2. 列入计划。",
        first_proposer=author,
        matter=matter,
        state=walked.state,
        **fields,
    )
    return proposal, walked


def save_proposals(world: World, made: list) -> None:
    """Write the proposals and their steps."""
    Proposal.objects.bulk_create([proposal for proposal, _ in made], BATCH)
    write_steps(ProposalStep, world.committee, made)
