"""The inbox: what has arrived, read one by one or all at once, and nobody else's."""

from datetime import UTC, datetime

import pytest

from members import notices
from members.dashboard import cards_for
from members.models import Notice

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)


def tell(person, *, number=1, url="/members/"):
    """Deliver one notice."""
    notices.promise(
        [person], key=f"thing:{number}", template="notices/members/password_reset", context={"day": "x"}, url=url, at=AT
    )
    notices.deliver_all(at=AT)
    return Notice.objects.get(to=person, key=f"thing:{number}")


def test_opening_a_notice_marks_it_and_leads_to_what_it_is_about(lin, as_):
    notice = tell(lin.person)
    client = as_(lin)
    assert client.get("/inbox/").context["unread"] == 1
    assert client.post(f"/inbox/{notice.pk}/open/").url == "/members/"
    assert client.get("/inbox/").context["unread"] == 0


def test_looking_at_the_inbox_or_asking_by_get_marks_nothing(lin, as_):
    notice = tell(lin.person)
    client = as_(lin)
    assert client.get(f"/inbox/{notice.pk}/open/").status_code == 405
    assert client.get("/inbox/").context["unread"] == 1


def test_everything_is_marked_as_read_at_once_and_only_ones_own(lin, zhao, as_):
    for number in (1, 2):
        tell(lin.person, number=number)
    tell(zhao.person)
    as_(lin).post("/inbox/read/")
    assert list(Notice.objects.unread().values_list("to", flat=True)) == [zhao.person.pk]


def test_an_address_outside_the_portal_is_not_followed(lin, as_):
    notice = tell(lin.person, url="//evil.example/")
    assert as_(lin).post(f"/inbox/{notice.pk}/open/").url == "/inbox/"


def test_nobody_opens_anothers_notice(lin, zhao, ma, as_):
    notice = tell(lin.person)
    for actor in (zhao, ma):
        assert as_(actor).post(f"/inbox/{notice.pk}/open/").status_code == 404
    assert Notice.objects.unread().count() == 1


def test_a_stuck_notice_stands_on_the_offices_first_page_and_is_sent_again(lin, zhao, ma, as_):
    stuck = Notice.objects.create(
        committee=lin.committee, to=lin.person, key="k", template="x", due_at=AT, attempts=5, fault="no mail server"
    )
    client = as_(zhao)
    assert [(card.tone, card.count) for card in cards_for(zhao, on=AT.date())] == [("bad", 1)]
    assert cards_for(lin, on=AT.date()) == []
    assert "no mail server" in client.get("/setup/notices/").content.decode()

    assert as_(ma).post(f"/setup/notices/{stuck.pk}/send-again/").status_code == 404
    assert client.post(f"/setup/notices/{stuck.pk}/send-again/").status_code == 302
    assert list(Notice.objects.stuck()) == []
    assert as_(lin).get("/setup/notices/").status_code == 403
