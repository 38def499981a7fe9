"""Answers still inside the unit: kept, handed in, cleared by somebody else, given back; seen by nobody else."""

from uuid import uuid4

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from followups import actions
from followups.models import Assignment, Draft
from followups.tests.factories import ON
from followups.tests.test_moves_race import race
from kit.workflow import MoveRefused
from members.models import Notice
from members.states import Role
from members.tests.factories import make_actor

pytestmark = pytest.mark.django_db
SECRET = "内部拟稿之言"


@pytest.fixture
def head(people):
    """Another officer of Wu's unit."""
    return make_actor(people.committee, Role.OFFICER, name="周小测", unit=people.unit)


@pytest.fixture
def signed(people, handed):
    """What Wu's unit has signed for; its answers are cleared inside the unit."""
    people.unit.clears_answers = True
    people.unit.save(update_fields=["clears_answers"])
    actions.sign_for(handed, by=people.wu.person, on=ON)
    return handed


def send(client, actor, name, assignment, **data):
    """Post a form as somebody."""
    client.force_login(actor.user)
    return client.post(reverse(f"followups:{name}", args=[assignment.pk]), {"form_key": uuid4().hex, **data})


def test_where_the_unit_clears_answers_it_waits_for_somebody_else(client, people, signed, head, degree):
    send(client, people.wu, "answer", signed, text=SECRET, degree=degree.pk)
    signed.refresh_from_db()
    draft = signed.draft
    assert (signed.state, draft.is_ready, draft.degree, draft.by) == ("signed", True, degree, people.wu.person)
    assert list(Notice.objects.filter(key__contains=":draft:").values_list("to", flat=True)) == [head.person.pk]
    send(client, people.wu, "clear_draft", signed, version=1)
    signed.refresh_from_db()
    assert signed.state == "signed"
    send(client, head, "clear_draft", signed, version=1)
    signed.refresh_from_db()
    assert (signed.state, signed.degree, signed.replies.get().text) == ("answered", degree, SECRET)
    assert not Draft.objects.exists()


def test_it_is_given_back_with_words_and_written_anew(client, people, signed, head, degree):
    send(client, people.wu, "answer", signed, text=SECRET, degree=degree.pk)
    assert send(client, head, "return_draft", signed, version=1).status_code == 422
    send(client, head, "return_draft", signed, version=1, words="请写明完成时间")
    draft = Draft.objects.get()
    assert (draft.is_ready, draft.words, draft.version) == (False, "请写明完成时间", 2)
    page = client.get(reverse("followups:answer", args=[signed.pk])).content.decode()
    assert "请写明完成时间" in page
    assert SECRET in page
    send(client, people.wu, "answer", signed, text="六月底完成", degree=degree.pk, version=2)
    draft.refresh_from_db()
    assert (draft.text, draft.words, draft.is_ready, draft.version) == ("六月底完成", "", True, 3)


def test_nobody_outside_the_unit_sees_a_draft(client, people, signed, head):
    actions.save_draft(signed, by=people.wu.person, text=SECRET, is_ready=True)
    readers = {"wu": True, "zhao": False, "chen": False, "lin": False}
    for who, may in readers.items():
        actor = getattr(people, who)
        client.force_login(actor.user)
        assert (SECRET in client.get(signed.get_absolute_url()).content.decode()) is may
        api = APIClient()
        api.force_login(actor.user)
        assert SECRET not in api.get(f"/api/assignments/{signed.pk}/").content.decode()
        assert api.get(f"/api/assignments/{signed.pk}/draft/").status_code == (200 if may else 403)
        for name in ("clear_draft", "return_draft"):
            assert client.get(reverse(f"followups:{name}", args=[signed.pk])).status_code == (200 if may else 403)
    assert not Notice.objects.filter(context__icontains=SECRET).exists()
    client.force_login(people.he.user)
    assert client.get(signed.get_absolute_url()).status_code == 404


def test_elsewhere_an_answer_goes_out_at_once_or_is_kept(client, people, handed, degree):
    actions.sign_for(handed, by=people.wu.person, on=ON)
    send(client, people.wu, "answer", handed, text="先记一笔", as_draft="1")
    assert (handed.draft.text, handed.draft.is_ready) == ("先记一笔", False)
    send(client, people.wu, "answer", handed, text="已办", degree=degree.pk, version=1)
    handed.refresh_from_db()
    assert (handed.state, Draft.objects.count()) == ("answered", 0)


def test_what_changed_since_it_was_read_is_not_cleared_and_not_overwritten(client, people, signed, head, degree):
    send(client, people.wu, "answer", signed, text="一稿", degree=degree.pk)
    actions.save_draft(signed, by=people.wu.person, text="二稿", is_ready=True)
    send(client, head, "clear_draft", signed, version=1)
    assert signed.replies.count() == 0
    kept = send(client, people.wu, "answer", signed, text="三稿", degree=degree.pk, version=1)
    assert (kept.status_code, "三稿" in kept.content.decode(), "二稿" in kept.content.decode()) == (422, True, True)
    assert 'name="version" value="2"' in kept.content.decode()
    with pytest.raises(MoveRefused):
        actions.save_draft(signed, by=head.person, text="四稿", version=1)


def test_without_a_draft_there_is_nothing_to_clear(client, people, signed):
    client.force_login(people.wu.user)
    assert client.get(reverse("followups:clear_draft", args=[signed.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_clear_at_once_one_is_refused(people, signed, head):
    actions.save_draft(signed, by=people.wu.person, text=SECRET, is_ready=True)

    def clear(mine):
        actions.clear_draft(mine.draft, by=head.person, on=ON)

    won, lost = race(people.committee.pk, signed.pk, lambda mine: clear(_with_draft(mine)), people=4)
    assert (won, lost, signed.replies.count()) == (1, 3, 1)


def _with_draft(mine):
    """Read the draft too, as the page has; gone already is the same as refused."""
    try:
        return Assignment.objects.select_related("draft").get(pk=mine.pk, draft__isnull=False)
    except Assignment.DoesNotExist as gone:
        raise MoveRefused from gone
