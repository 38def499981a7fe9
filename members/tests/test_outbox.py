"""The outbox of the office, and what each person chooses."""

from datetime import UTC, datetime

import pytest

from members.models import Delivery, ExportLog, Gateway, Notice, NoticeChoice
from members.tests.factories import make_person

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)


def deliver(committee, *, number, state, channel="email"):
    """A message in a state."""
    notice = Notice.objects.create(
        committee=committee,
        to=make_person(committee, name=f"收件人{number}"),
        key=f"thing:{number}",
        template="x",
        due_at=AT,
        sent_at=AT,
        subject=f"主题{number}",
    )
    sent_at = AT if state == "sent" else None
    return Delivery.objects.create(
        committee=committee, notice=notice, channel=channel, state=state, not_before=AT, sent_at=sent_at
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_outbox_asks_the_same_number_of_questions_however_long_it_is(zhao, as_, number, django_assert_num_queries):
    for turn in range(number):
        deliver(zhao.committee, number=turn, state="sent")
    client = as_(zhao)
    client.get("/setup/outbox/")
    with django_assert_num_queries(5):
        assert len(client.get("/setup/outbox/").context["page"].object_list) == number


def test_what_failed_stands_first_and_the_list_can_be_narrowed(zhao, lin, as_):
    made = [
        deliver(zhao.committee, number=number, state=state, channel=channel)
        for number, (state, channel) in enumerate([("dead", "sms"), ("sent", "email"), ("pending", "email")])
    ]

    def shown(query=""):
        return [row.pk for row in as_(zhao).get(f"/setup/outbox/{query}").context["page"]]

    dead, sent, waiting = (row.pk for row in made)
    assert shown() == [dead, waiting, sent]
    assert shown("?state=sent") == [sent]
    assert shown("?channel=sms&state=") == [dead]
    assert shown("?channel=nonsense") == [dead, waiting, sent]
    assert as_(lin).get("/setup/outbox/").status_code == 403


def test_the_outbox_leaves_as_a_file_and_this_is_written_down(zhao, as_):
    deliver(zhao.committee, number=1, state="dead")
    answer = as_(zhao).get("/setup/outbox/export/?state=dead")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert ExportLog.objects.get().rows == 1


def test_only_what_was_given_up_is_sent_again(zhao, as_):
    row = deliver(zhao.committee, number=1, state="sent")
    answer = as_(zhao).post(f"/setup/outbox/{row.pk}/send-again/", follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    row.refresh_from_db()
    assert row.state == "sent"


def test_a_person_chooses_channels_and_kinds_among_those_there_are(lin, as_):
    client, form_key = as_(lin), "k" * 32
    Gateway.objects.create(committee=lin.committee, channel="wecom", address="wecombot://abc")
    Gateway.objects.create(committee=lin.committee, channel="sms", address="x", is_active=False)
    fields = client.get("/inbox/choice/").context["form"].fields
    assert [name for name, _label in fields["channels"].choices] == ["email", "wecom"]
    assert "meeting" not in dict(fields["wanted"].choices)

    wish = {"channels": ["wecom"], "wanted": ["work", "alert"], "form_key": form_key}
    assert client.post("/inbox/choice/", wish).status_code == 302
    choice = NoticeChoice.objects.get(person=lin.person)
    assert (choice.channels, choice.unwanted) == (["wecom"], ["duty", "digest"])
    assert client.post("/inbox/choice/", {**wish, "channels": ["sms"]}).status_code == 422
    client.post("/inbox/choice/", {"form_key": form_key})
    choice.refresh_from_db()
    assert (choice.channels_for("work"), choice.channels_for("meeting")) == ([], ["email"])
