"""A small sound run for the checks: what one client did, written down as it would have been, with its mails."""

import pytest
from django.core import mail
from django.utils import timezone

from followups import actions as followups
from followups.models import Assignment
from members import notices
from members.models import FormKey
from members.states import Role
from members.tests.factories import make_actor, make_unit
from stations import actions as stations
from stations.actions.duty import plan_slots
from stations.models import Matter
from stations.tests.factories import make_rule, make_station

from .invariants import MARKS, Evidence
from .journal import Journal, Post
from .sink import Mail


@pytest.fixture
def evidence(committee):
    """A committee in which a visit with two matters was logged; one is closed, the other was handed over."""
    on = timezone.localdate()
    committee.quiet_from = committee.quiet_until
    committee.save()
    cast = _cast(committee)
    journal = Journal()
    _visit(journal, cast, on=on)
    _whole_way(journal, cast, Matter.objects.get(subject="v1-0"), on=on)
    _hand_over(journal, cast, Matter.objects.get(subject="v1-1"), "a2", on=on)
    make_rule(cast["station"], pool=[cast["member"].person], weekday=on.weekday())
    plan_slots(committee, on=on, until=on + stations.duty.HORIZON)
    notices.deliver_all(at=timezone.now())
    mails = [Mail(message.extra_headers["Message-ID"], message.to[0]) for message in mail.outbox]
    return Evidence(journal, mails, on)


def _cast(committee):
    unit = make_unit(committee)
    keeper = make_actor(committee, Role.KEEPER)
    cast = {
        "unit": unit,
        "member": make_actor(committee, Role.MEMBER),
        "clerk": make_actor(committee, Role.CLERK),
        "officer": make_actor(committee, Role.OFFICER, unit=unit),
        "station": make_station(committee, head=keeper.person),
    }
    for actor in (keeper, cast["member"], cast["clerk"], cast["officer"]):
        actor.user.email = f"{actor.user.username}@example.org"
        actor.user.save()
    return cast


def _told(journal, actor, kind, mark, url, **more):
    """Write down an accepted post, and keep its key as the portal does for forms that are taken once."""
    key = f"{mark:0>32}"
    journal.open(Post(kind, mark, key=key, is_accepted=True, answers=[url], **more))
    if MARKS[kind][2]:
        FormKey.objects.create(committee=actor.committee, person=actor.person, key=key, result_url=url)


def _visit(journal, cast, *, on):
    heard = [stations.MatterHeard(f"v1-{number}") for number in range(2)]
    member = cast["member"]
    visit = stations.log_visit(
        station=cast["station"], by=member.person, day=on, person_times=7, on=on, note="v1", matters=heard
    )
    url = visit.get_absolute_url()
    _told(journal, member, "visit", "v1", url, matters=("v1-0", "v1-1"), person_times=7)


def _hand_over(journal, cast, matter, mark, *, on):
    clerk = cast["clerk"]
    stations.assign_matter(matter, by=clerk.person, unit=cast["unit"], difficulty="easy", request=mark, on=on)
    _told(journal, clerk, "hand over", mark, matter.get_absolute_url())
    return Assignment.objects.get(request=mark)


def _whole_way(journal, cast, matter, *, on):
    assignment = _hand_over(journal, cast, matter, "a1", on=on)
    officer, clerk, url = cast["officer"], cast["clerk"], assignment.get_absolute_url()
    followups.sign_for(assignment, by=officer.person, on=on, handler="s1")
    _told(journal, officer, "sign", "s1", url)
    followups.report_progress(assignment, by=officer.person, text="s2")
    _told(journal, officer, "progress", "s2", url)
    followups.answer(assignment, by=officer.person, text="s3", on=on)
    _told(journal, officer, "answer of the unit", "s3", url)
    followups.close(assignment, by=clerk.person, proof="s4", on=on)
    _told(journal, clerk, "strike off", "s4", url)
    matter.refresh_from_db()
    stations.answer_matter(matter, by=clerk.person, answer="s5", on=on)
    _told(journal, clerk, "tell the resident", "s5", matter.get_absolute_url())
    stations.close_matter(matter, by=clerk.person, rating="satisfied", on=on, note="s6")
    _told(journal, clerk, "close the matter", "s6", matter.get_absolute_url())
