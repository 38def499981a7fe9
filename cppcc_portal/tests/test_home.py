"""The first page: every room's cards, asked with the same few queries however much waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.actions import sessions
from consultations.actions.sessions import Guests
from consultations.tests.factories import make_cast, make_session
from followups import actions as followups
from followups.models import Assignment
from followups.tests.factories import make_assignment
from members.models import Notice
from members.tests.factories import make_copies
from proposals import actions as proposals
from proposals.tests.factories import make_proposal
from stations.tests.factories import make_matter, make_slot, make_visit

pytestmark = pytest.mark.django_db

# Session, account, roles, unread notices, and one query for each card.
COSTS = {"zhao": 22, "lin": 12, "kong": 12, "wu": 9, "chen": 7}
NOW = timezone.now()


def _waiting(cast):
    """Return one of everything that may wait for somebody, and the notices."""
    today = timezone.localdate()
    late = today - timedelta(days=90)
    handed = make_assignment(unit=cast.unit, by=cast.zhao, on=late, raised_by=cast.lin.person)
    answered = make_assignment(unit=cast.unit, by=cast.zhao, on=late, raised_by=cast.lin.person)
    followups.sign_for(answered, by=cast.wu.person, on=late)
    followups.answer(answered, by=cast.wu.person, text="已办", on=today)
    proposal = make_proposal(by=cast.lin)
    proposals.submit_proposal(proposal, by=cast.lin.person, on=today)
    session = make_session(by=cast.zhao, guests=Guests(members=[cast.lin.person], units=[cast.unit]))
    sessions.notify_session(session, by=cast.zhao.person, at=NOW)
    things = [
        handed,
        Assignment.objects.get(pk=answered.pk),
        proposal,
        session,
        make_slot(cast.station, people=[cast.lin.person], day=today, has_question=True),
        make_visit(cast.station, by=cast.lin, day=today),
        make_matter(cast.station, by=cast.kong, day=late),
    ]
    told = {"committee": cast.committee, "template": "x", "due_at": NOW}
    people = [cast.zhao, cast.lin, cast.kong, cast.wu, cast.chen]
    notices = [Notice.objects.create(**told, to=actor.person, key="told", sent_at=NOW) for actor in people]
    notices.append(Notice.objects.create(**told, to=cast.lin.person, key="stuck", attempts=5))
    return things, notices


@pytest.mark.parametrize("name", COSTS)
@pytest.mark.parametrize("rows", [1, 50])
def test_the_first_page_costs_the_same_with_one_and_fifty_of_everything(
    committee, client, name, rows, django_assert_num_queries
):
    cast = make_cast(committee)
    things, notices = _waiting(cast)
    for thing in things:
        numbered = {"number": lambda place: 1000 + place} if getattr(thing, "number", None) else {}
        make_copies(thing, rows - 1, **numbered)
    for notice in notices:
        make_copies(notice, rows - 1, key=lambda place, key=notice.key: f"{key}{place}")
    client.force_login(getattr(cast, name).user)
    with django_assert_num_queries(COSTS[name]):
        page = client.get("/")
    assert {card.count for card in page.context["cards"]} >= {rows}
