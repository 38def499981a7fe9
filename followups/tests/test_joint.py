"""What several units handle together: who is handed what, who reads whose opinion, and how parts end."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from followups import actions
from followups.models import Assignment
from followups.origins import Origin
from followups.states import OriginKind
from followups.tests.factories import ON, make_assignment
from followups.tests.test_moves_race import race
from kit.workflow import MoveRefused
from members.models import Notice
from members.states import Role
from members.tests.factories import make_actor, make_unit

pytestmark = pytest.mark.django_db


def hand(people, further, *, how="lead", on=ON, due_on=None):
    """Something handed to Wu's unit and further ones."""
    return actions.hand_over_jointly(
        committee=people.committee,
        unit=people.unit,
        further=further,
        how=how,
        title="老旧小区加装电梯",
        request="请研究办理",
        rule="outcome",
        origin=Origin(OriginKind.MATTER, "电梯", raised_by=people.lin.person),
        by=people.zhao.person,
        on=on,
        due_on=due_on,
    )


def sign_and_answer(actor, assignment, *, on=ON, text="已办"):
    """A unit signs for its part and answers it."""
    actions.sign_for(assignment, by=actor.person, on=on)
    return actions.answer(assignment, by=actor.person, text=text, on=on)


def test_without_further_units_it_is_a_plain_hand_over(people):
    made = hand(people, [])
    assert (made.part, made.part_of, Assignment.objects.count()) == ("sole", None, 1)


def test_one_leads_and_the_others_assist_within_a_month_and_never_after_the_lead(people):
    lead = hand(people, [people.other_unit])
    opinion = lead.parts.get()
    assert (lead.part, opinion.part, opinion.unit, opinion.rule.key) == ("lead", "assist", people.other_unit, "assist")
    assert (opinion.due_on, opinion.raised_by) == (date(2026, 4, 20), None)
    urgent = hand(people, [people.other_unit], due_on=date(2026, 3, 30))
    assert urgent.parts.get().due_on == date(2026, 3, 30)
    assert Notice.objects.filter(to=people.he.person, key__endswith=":handed-over").count() == 2


def test_each_has_its_share_under_the_same_clock(people):
    first = hand(people, [people.other_unit], how="split")
    other = first.parts.get()
    assert (first.part, other.part, other.due_on, other.raised_by) == (
        "split",
        "split",
        first.due_on,
        people.lin.person,
    )


def test_a_unit_is_named_once(people):
    for further in ([people.unit], [people.other_unit, people.other_unit]):
        with pytest.raises(MoveRefused):
            hand(people, further)
    assert Assignment.objects.count() == 0


def test_the_leading_unit_reads_the_opinions_and_others_do_not(client, people):
    lead = hand(people, [people.other_unit])
    opinion = lead.parts.get()
    sign_and_answer(people.he, opinion, text="建议先行公示")
    seen = {}
    for who in ("wu", "zhao", "lin"):
        client.force_login(getattr(people, who).user)
        page = client.get(lead.get_absolute_url()).content.decode()
        seen[who] = ("民政局" in page, "建议先行公示" in page)
    assert seen == {"wu": (True, True), "zhao": (True, True), "lin": (True, False)}
    client.force_login(people.he.user)
    assert client.get(lead.get_absolute_url()).status_code == 404
    assert "住建局" in client.get(opinion.get_absolute_url()).content.decode()
    assert Notice.objects.filter(to=people.wu.person, key__contains=":opinion:").count() == 1
    assert not Notice.objects.filter(to=people.lin.person, key__contains=":answered:").exists()


def test_opinions_given_are_struck_off_with_the_lead_and_those_owed_stay_owed(people):
    third = make_unit(people.committee, name="城管局")
    lead = hand(people, [people.other_unit, third])
    given, owed = lead.parts.order_by("pk")
    sign_and_answer(people.he, given)
    sign_and_answer(people.wu, lead, on=date(2026, 4, 21))
    actions.close(lead, by=people.zhao.person, proof="验收单", on=date(2026, 4, 22))
    given.refresh_from_db()
    owed.refresh_from_db()
    assert (given.state, given.proof, owed.state) == ("closed", "验收单", "handed_over")


def test_taking_the_lead_up_again_leaves_the_opinions_as_they_were(people):
    lead = hand(people, [people.other_unit])
    opinion = lead.parts.get()
    sign_and_answer(people.he, opinion)
    sign_and_answer(people.wu, lead)
    actions.rehandle(lead, by=people.zhao.person, reason="请重新办理", on=ON)
    opinion.refresh_from_db()
    assert (lead.state, opinion.state, opinion.replies.count()) == ("in_hand", "answered", 1)


def test_the_first_share_is_struck_off_when_every_share_is_answered(people):
    first = hand(people, [people.other_unit], how="split")
    sign_and_answer(people.wu, first)
    with pytest.raises(MoveRefused):
        actions.close(first, by=people.zhao.person, proof="验收单", on=ON)
    sign_and_answer(people.he, first.parts.get())
    actions.close(first, by=people.zhao.person, proof="验收单", on=ON)
    assert (first.state, first.parts.get().state) == ("closed", "answered")


def test_a_part_is_not_passed_on_to_a_unit_that_has_one(people):
    lead = hand(people, [people.other_unit])
    request = actions.ask(lead, by=people.wu.person, kind="release", reason="非我局职责", on=ON)
    with pytest.raises(MoveRefused, match="民政局"):
        actions.grant(request, by=people.zhao.person, on=ON, unit=people.other_unit)


@pytest.fixture
def running(people):
    """Something Wu's unit handles alone since today."""
    return make_assignment(unit=people.unit, by=people.zhao, raised_by=people.lin.person, on=timezone.localdate())


def test_the_office_adds_an_assisting_unit_later(client, people, running):
    client.force_login(people.zhao.user)
    url = reverse("followups:add_part", args=[running.pk])
    assert client.post(url, {"form_key": uuid4().hex, "unit": people.unit.pk, "request": "x"}).status_code == 422
    form = {"form_key": uuid4().hex, "unit": people.other_unit.pk, "request": "请就用地提出意见"}
    assert client.post(url, form).url == running.get_absolute_url()
    running.refresh_from_db()
    opinion = running.parts.get()
    assert (running.part, opinion.unit, opinion.request, opinion.origin_title) == (
        "lead",
        people.other_unit,
        "请就用地提出意见",
        running.origin_title,
    )
    assert [step.verb for step in running.steps.all()] == ["hand_over", "add_part"]
    assert client.post(url, {**form, "form_key": uuid4().hex}).status_code == 422


def test_no_opinion_is_asked_for_past_the_day_or_about_an_opinion(people, running):
    lead = hand(people, [people.other_unit])
    third = make_unit(people.committee, name="城管局")
    words = {"by": people.zhao.person, "unit": third, "request": "x"}
    with pytest.raises(MoveRefused):
        actions.add_assisting(lead, on=lead.due_on + timedelta(days=1), **words)
    with pytest.raises(MoveRefused):
        actions.add_assisting(lead.parts.get(), on=ON, **words)
    with pytest.raises(MoveRefused):
        actions.add_assisting(lead, on=ON, **{**words, "unit": people.other_unit})
    assert lead.parts.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_add_the_same_unit_one_is_refused(people, running):
    def add(mine):
        actions.add_assisting(mine, by=people.zhao.person, unit=people.other_unit, request="x", on=mine.handed_over_on)

    assert race(people.committee.pk, running.pk, add) == (1, 7)
    assert running.parts.count() == 1


def test_more_parts_need_no_more_queries(client, people):
    counts = []
    client.force_login(people.zhao.user)
    for names in (["城管局"], ["财政局", "教育局", "交通局"]):
        units = [make_unit(people.committee, name=name) for name in names]
        lead = hand(people, units)
        for opinion, unit in zip(lead.parts.order_by("pk"), units, strict=True):
            sign_and_answer(make_actor(people.committee, Role.OFFICER, unit=unit), opinion)
        client.get(lead.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            client.get(lead.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1]
