"""Judging: who is asked, what is said, how long it is waited for, and that the unit never reads any of it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from followups import access, actions, figures, tasks, verify
from followups.judgements import judged
from followups.models import Assignment, DeadlineRule, Rating
from followups.states import AssignmentState, OriginKind, Result
from followups.tests.factories import ON, make_assignment
from kit.workflow import MoveRefused
from members.models import Notice
from members.states import Role
from members.tests.factories import make_actor

pytestmark = pytest.mark.django_db

SECRET = "第二点没有回应，我很失望"
SAID = {"result": "not", "attitude": "satisfied", "contact": "phone", "to_the_point": "no", "words": SECRET}


def fresh(thing):
    """The row as it is in the database now."""
    return type(thing).objects.get(pk=thing.pk)


def post(client, actor, name, *args, **data):
    """Send a form of the follow-up room as an actor."""
    client.force_login(actor.user)
    return client.post(reverse(f"followups:{name}", args=args), {"form_key": uuid4().hex, **data})


def bring_to_answer(people, assignment, *, on=ON):
    """Have Wu's unit sign for it and answer it."""
    actions.sign_for(assignment, by=people.wu.person, on=on)
    actions.answer(assignment, by=people.wu.person, text="已列入计划", on=on)
    return assignment


@pytest.fixture
def answered(people, handed):
    """What Lin raised and Wu's unit has answered; a matter, so that nobody else is shown it."""
    handed.origin_kind = OriginKind.MATTER
    handed.save(update_fields=["origin_kind"])
    return bring_to_answer(people, handed)


# --- what is asked and said


def test_whoever_raised_it_is_asked_with_the_answer_and_reminded_three_times(people, answered):
    asked, *owed = Notice.objects.filter(to=people.lin.person, template__contains="feedback").order_by("pk")
    days = [(notice.template.rsplit("/")[-1], notice.due_at.date()) for notice in owed]
    # 18 March 2026 is a Wednesday; 4 to 6 April are off: five, ten and fourteen working days.
    assert days == [
        ("feedback_reminder", date(2026, 3, 25)),
        ("feedback_reminder", date(2026, 4, 1)),
        ("feedback_reminder", date(2026, 4, 8)),
    ]
    assert asked.url == reverse("followups:rate", args=[answered.pk])
    assert fresh(answered).feedback_due == date(2026, 4, 9)
    assert not Notice.objects.filter(to=people.wu.person, template__contains="feedback").exists()


def test_the_way_and_the_result_are_kept_apart_and_the_reminders_end(client, people, answered):
    assert post(client, people.lin, "rate", answered.pk, **SAID).status_code == 302
    rating = Rating.objects.get()
    assert (rating.result, rating.attitude, rating.contact, rating.to_the_point) == ("not", "satisfied", "phone", "no")
    assert (rating.by, rating.words, fresh(answered).rating) == (people.lin.person, SECRET, "not")
    assert not Notice.objects.filter(key__contains=":feedback:", sent_at=None).exists()
    assert [notice.to for notice in Notice.objects.filter(key__contains=":rated:")] == [people.zhao.person]
    assert verify.differences() == []


@pytest.mark.parametrize(
    "bad",
    [
        {"result": ""},
        {"result": "silent"},
        {"result": "great"},
        {"attitude": ""},
        {"contact": "pigeon"},
        {"to_the_point": "x"},
        {"words": ""},
        {"words": "长" * 1001},
        {"words": "空\x00字"},
        {"result": "unreached", "tries": "2"},
        {"result": "unreached", "tries": ""},
        {"result": "unreached", "tries": "9" * 40},
    ],
)
def test_a_bad_judgement_is_explained_and_nothing_is_written(client, people, answered, bad):
    page = post(client, people.lin, "rate", answered.pk, **{**SAID, **bad})
    assert (page.status_code, Rating.objects.count()) == (422, 0)


def test_only_a_resident_can_be_out_of_reach_and_only_after_three_tries(client, people, answered):
    said = {"result": "unreached", "tries": "3", "words": "上午、下午、晚上各一次"}
    assert post(client, people.lin, "rate", answered.pk, **said).status_code == 302
    rating = Rating.objects.get()
    assert rating.result == Result.UNREACHED
    assert "3" in rating.words
    assert rating.words.endswith("上午、下午、晚上各一次")
    of_a_proposal = bring_to_answer(
        people,
        make_assignment(unit=people.unit, by=people.zhao, raised_by=people.lin.person, origin_kind=OriginKind.PROPOSAL),
    )
    assert post(client, people.lin, "rate", of_a_proposal.pk, **said).status_code == 422
    with pytest.raises(MoveRefused):
        actions.rate(of_a_proposal, by=people.lin.person, result="unreached", tries=2)


def test_a_judgement_sent_twice_is_one(client, people, answered):
    client.force_login(people.lin.user)
    form = {"form_key": uuid4().hex, **SAID}
    for _time in range(2):
        assert client.post(reverse("followups:rate", args=[answered.pk]), form).status_code == 302
    assert Rating.objects.count() == 1


def test_of_two_judgements_at_once_one_counts(people, answered):
    same = fresh(answered)
    actions.rate(answered, by=people.lin.person, result="satisfied")
    with pytest.raises(MoveRefused):
        actions.rate(same, by=people.lin.person, result="not")
    assert [rating.result for rating in Rating.objects.all()] == ["satisfied"]


def test_what_was_taken_up_again_meanwhile_is_not_judged_by_an_old_page(people, answered):
    same = fresh(answered)
    actions.rehandle(answered, by=people.zhao.person, reason="请重办", on=ON)
    with pytest.raises(MoveRefused):
        actions.rate(same, by=people.lin.person, result="satisfied")
    assert (Rating.objects.count(), fresh(answered).rating) == (0, "")


def test_an_opinion_to_the_leading_unit_is_not_judged_and_nobody_is_asked(people, handed):
    opinion = make_assignment(unit=people.other_unit, by=people.zhao, raised_by=people.lin.person)
    Assignment.objects.filter(pk=opinion.pk).update(part="assist", part_of=handed)
    opinion = fresh(opinion)
    actions.sign_for(opinion, by=people.he.person, on=ON)
    actions.answer(opinion, by=people.he.person, text="同意", on=ON)
    assert fresh(opinion).feedback_due is None
    assert not Notice.objects.filter(key__startswith=f"assignment:{opinion.pk}:feedback").exists()
    with pytest.raises(MoveRefused):
        actions.rate(opinion, by=people.lin.person, result="satisfied")
    assert not judged(opinion, actor=people.lin).may_rate


def test_a_judged_answer_is_not_sent_back_but_handled_again(client, people, answered):
    actions.rate(answered, by=people.lin.person, result="not", words=SECRET)
    with pytest.raises(MoveRefused):
        actions.send_back(answered, by=people.zhao.person, reason="请写明时间", on=ON)
    client.force_login(people.zhao.user)
    assert "send_back" not in client.get(answered.get_absolute_url()).context["can"]
    assert post(client, people.zhao, "rehandle", answered.pk, reason="请重新办理").status_code == 302
    again = fresh(answered)
    assert (again.state, again.rounds, again.rating, again.feedback_due) == (AssignmentState.IN_HAND, 1, "", None)
    assert [step.verb for step in again.steps.all()][-1] == "rehandle"
    assert verify.differences() == []


def test_what_was_struck_off_is_reopened_with_words_and_told_in_the_history(client, people, answered):
    actions.close(answered, by=people.zhao.person, proof="验收单", on=ON)
    assert post(client, people.zhao, "reopen", answered.pk, reason="").status_code == 422
    assert post(client, people.zhao, "reopen", answered.pk, reason="群众反映又坏了").status_code == 302
    step = fresh(answered).steps.last()
    assert (step.verb, step.note, fresh(answered).rounds) == ("reopen", "群众反映又坏了", 1)


# --- silence


def test_after_fifteen_working_days_it_is_no_feedback_and_never_satisfaction(people, answered):
    assert actions.note_silence(people.committee, on=date(2026, 4, 9)) == 0  # the last day is still theirs
    assert actions.note_silence(people.committee, on=date(2026, 4, 10)) == 1
    assert actions.note_silence(people.committee, on=date(2026, 4, 11)) == 0
    rating = Rating.objects.get()
    assert (rating.result, rating.by, fresh(answered).rating) == (Result.SILENT, None, "silent")
    assert not Notice.objects.filter(key__contains=":rated:").exists()
    assert verify.differences() == []


def test_what_is_said_late_takes_the_place_of_silence_in_the_same_round(client, people, answered):
    actions.note_silence(people.committee, on=date(2026, 5, 1))
    assert post(client, people.lin, "rate", answered.pk, **SAID).status_code == 302
    rating = Rating.objects.get()
    assert (rating.round, rating.result, rating.by) == (0, "not", people.lin.person)
    with pytest.raises(MoveRefused):
        actions.rate(fresh(answered), by=people.lin.person, result="satisfied")


def test_who_was_never_asked_is_not_silent(people):
    bring_to_answer(people, make_assignment(unit=people.unit, by=people.zhao))
    assert actions.note_silence(people.committee, on=date(2027, 1, 1)) == 0


def test_the_clock_notes_silence_for_every_committee(people, answered):
    Assignment.objects.filter(pk=answered.pk).update(feedback_due=date(2026, 1, 1))
    tasks.note_silence()
    assert fresh(answered).rating == "silent"


def test_a_committee_without_the_clock_waits_without_end(people, handed):
    DeadlineRule.objects.filter(committee=people.committee, key="feedback").delete()
    bring_to_answer(people, handed)
    assert (fresh(handed).state, fresh(handed).feedback_due) == (AssignmentState.ANSWERED, None)


# --- who reads it


def pages_of(assignment):
    """Every address at which a word about the assignment could stand."""
    return [
        assignment.get_absolute_url(),
        reverse("followups:list") + "?show=all",
        reverse("followups:export") + "?show=all&format=csv",
        f"/api/assignments/{assignment.pk}/",
        "/api/assignments/",
        "/inbox/",
        "/",
    ]


def read_by(client, actor, assignment):
    """Everything an actor can read about an assignment, as one text."""
    client.force_login(actor.user)
    texts = []
    for url in pages_of(assignment):
        answer = client.get(url)
        assert answer.status_code in (200, 403, 404), url
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        texts.append(body.decode(errors="replace"))
    owed = Notice.objects.filter(to=actor.person)
    return "\n".join([*texts, *(str(notice.context) for notice in owed)])


def traces(client, actor, assignment):
    """What an actor reads of a judgement: the words of it, and what it was."""
    text = read_by(client, actor, assignment)
    return {word for word in (SECRET, str(Result.NOT.label), "不满意") if word in text}


def test_office_leaders_and_who_raised_it_read_it_and_the_unit_never_does(client, people, answered):
    actions.rate(answered, by=people.lin.person, **SAID)
    seen = {who: SECRET in read_by(client, getattr(people, who), answered) for who in vars(people) if who in WHO}
    assert seen == {"zhao": True, "chen": True, "lin": True, "wu": False, "he": False, "ma": False}
    assert traces(client, people.wu, answered) == set()


WHO = ("zhao", "chen", "lin", "wu", "he", "ma")


def test_other_members_of_an_outcome_do_not_read_it_either(client, people, handed):
    bring_to_answer(people, handed)
    actions.rate(handed, by=people.lin.person, **SAID)
    other = make_actor(people.committee, Role.MEMBER, name="郑小测")
    client.force_login(other.user)
    assert client.get(handed.get_absolute_url()).status_code == 200
    assert SECRET not in read_by(client, other, handed)


def test_negative_control_a_planted_leak_is_seen(client, people, answered, monkeypatch):
    """Were the rule forgotten that keeps the unit out, the test above would see it."""
    actions.rate(answered, by=people.lin.person, **SAID)
    monkeypatch.setitem(access.ASSIGNMENT_MAY, "judgement", [access.may_see])
    assert traces(client, people.wu, answered) != set()


def wishes():
    """Every wish by which the list could tell one judgement from another."""
    yield from ({"show": "all", "judged": result} for result in Result.values)
    yield {"show": "not_satisfied"}
    yield from ({"show": show} for show in ("answered", "all", "open"))
    yield {"show": "all", "again": "on"}
    yield from ({"show": "all", "figure": figure} for figure in figures.FILTERS)


@pytest.mark.parametrize("wish", list(wishes()), ids=str)
def test_a_unit_cannot_find_out_by_asking_the_list(client, people, wish):
    """Of two alike, one judged not satisfied and one satisfied, the unit is shown both or neither."""
    both = [
        bring_to_answer(
            people, make_assignment(unit=people.unit, by=people.zhao, title=f"事项{n}", raised_by=people.lin.person)
        )
        for n in (0, 1)
    ]
    for assignment, result in zip(both, ("not", "satisfied"), strict=True):
        actions.rate(assignment, by=people.lin.person, result=result, words="x")
    client.force_login(people.wu.user)
    for url in (reverse("followups:list"), reverse("followups:export"), "/api/assignments/"):
        answer = client.get(url, {**wish, "format": "csv"} if "export" in url else wish)
        text = answer.content.decode()
        assert ("事项0" in text) == ("事项1" in text), url


def test_the_office_narrows_the_list_to_what_was_judged_and_handled_again(client, people):
    made = {}
    for result in ("not", "satisfied", ""):
        made[result] = thing = bring_to_answer(
            people,
            make_assignment(unit=people.unit, by=people.zhao, title=f"事项{result}", raised_by=people.lin.person),
        )
        if result:
            actions.rate(thing, by=people.lin.person, result=result, words="x")
    actions.rehandle(made[""], by=people.zhao.person, reason="请重办", on=ON)
    client.force_login(people.zhao.user)

    def titles(**wish):
        return [thing.title for thing in client.get(reverse("followups:list"), wish).context["page"]]

    assert titles(show="not_satisfied") == ["事项not"]
    assert titles(judged="satisfied") == ["事项satisfied"]
    assert titles(again="on") == ["事项"]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("verb", ["rate", "rehandle", "reopen", "plan_look"])
def test_each_act_is_open_to_whom_it_is_meant_for(client, people, answered, verb, who):
    if verb == "reopen":
        actions.close(answered, by=people.zhao.person, proof="验收单", on=ON)
    data = {**SAID, "reason": "请重办", "due_on": f"{timezone.localdate() + timedelta(days=30)}"}
    answer = post(client, getattr(people, who), verb, answered.pk, **data)
    allowed = {"rate": "lin"}.get(verb, "zhao")
    expected = (302,) if who == allowed else (403, 404)
    assert answer.status_code in expected
    changed = Rating.objects.exists() or fresh(answered).rounds > 0 or answered.look_backs.exists()
    assert changed == (who == allowed)


# --- where it waits


def test_it_waits_on_the_first_page_of_whom_it_concerns(client, people, answered):
    def cards(actor):
        client.force_login(actor.user)
        return client.get("/").content.decode()

    rate = reverse("followups:rate", args=[answered.pk])
    assert rate in cards(people.lin)
    assert rate not in cards(people.wu)
    actions.rate(answered, by=people.lin.person, **SAID)
    assert rate not in cards(people.lin)
    assert "?show=not_satisfied" in cards(people.zhao)
    assert "?show=not_satisfied" not in cards(people.chen)


def test_the_api_judges_by_the_same_form(client, people, answered):
    client.force_login(people.lin.user)
    url = f"/api/assignments/{answered.pk}/rate/"
    bad = client.post(url, {"result": "not"}, content_type="application/json")
    good = client.post(url, SAID, content_type="application/json")
    twice = client.post(url, SAID, content_type="application/json")
    assert (bad.status_code, good.status_code, twice.status_code) == (400, 200, 409)
    assert "words" in bad.json()


def test_verify_finds_a_judgement_that_is_not_its_last_one(people, answered):
    actions.rate(answered, by=people.lin.person, result="satisfied")
    Assignment.objects.filter(pk=answered.pk).update(rating="not")
    assert any("judgement" in difference for difference in verify.differences())
