"""Enrolling members and changing them: several groups at once, what is refused, who may."""

import pytest

from members.models import Membership, Person, Sector
from members.states import SeatRole
from members.tests.factories import make_group, make_member

pytestmark = pytest.mark.django_db


def values(client, address, **more):
    """Return what the form of a page would send."""
    key = client.get(address).context["form"]["form_key"].value()
    return {"form_key": key, "from_on": "2026-03-18", **more}


def test_a_new_member_sits_in_several_groups_at_once(committee, zhao, as_):
    sector = Sector.objects.create(committee=committee, name="教育界")
    groups = [make_group(committee) for _number in range(3)]
    client = as_(zhao)
    sent = values(
        client,
        "/members/new/",
        name="田富",
        number="0100",
        sector=sector.pk,
        groups=[group.pk for group in groups],
        is_standing="on",
    )

    answer = client.post("/members/new/", sent)

    enrolled = Membership.objects.get(number="0100")
    assert answer.url == enrolled.person.get_absolute_url()
    assert (enrolled.person.name, enrolled.is_standing, enrolled.seats.count()) == ("田富", True, 3)
    assert client.post("/members/new/", sent).url == answer.url
    assert Person.objects.filter(name="田富").count() == 1


def test_at_most_eight_things_must_be_said(zhao, as_):
    form = as_(zhao).get("/members/new/").context["form"]
    required = [name for name, field in form.fields.items() if field.required and name != "form_key"]
    assert required == ["name", "number", "sector", "from_on"]


def test_a_number_that_is_taken_is_refused_and_what_was_typed_is_kept(committee, zhao, as_):
    taken = make_member(committee, name="丁一").memberships.get()
    client = as_(zhao)
    answer = client.post(
        "/members/new/",
        values(client, "/members/new/", name="田富", number=taken.number, sector=taken.sector_id, mobile="12"),
    )
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["mobile", "number"]
    assert answer.context["form"]["name"].value() == "田富"


def test_a_convener_stays_convener_when_groups_change(committee, zhao, as_):
    enrolled = make_member(committee, name="丁一").memberships.get()
    kept, left, joined = (make_group(committee) for _number in range(3))
    kept.seats.create(committee=committee, membership=enrolled, role=SeatRole.CONVENER)
    left.seats.create(committee=committee, membership=enrolled)
    client, address = as_(zhao), f"/members/{enrolled.person_id}/edit/"

    client.post(
        address,
        values(
            client,
            address,
            name="丁一",
            number=enrolled.number,
            sector=enrolled.sector_id,
            groups=[kept.pk, joined.pk],
        ),
    )

    assert dict(enrolled.seats.values_list("group", "role")) == {
        kept.pk: SeatRole.CONVENER,
        joined.pk: SeatRole.MEMBER,
    }


def test_somebody_who_leaves_early_is_no_longer_listed_and_nothing_is_lost(committee, zhao, as_):
    enrolled = make_member(committee, name="丁一").memberships.get()
    client, address = as_(zhao), f"/members/{enrolled.person_id}/edit/"
    client.post(
        address,
        values(
            client,
            address,
            name="丁一",
            number=enrolled.number,
            sector=enrolled.sector_id,
            until_on="2026-06-30",
            reason="调离本县",
        ),
    )
    assert list(Membership.objects.current()) == []
    assert client.get(enrolled.person.get_absolute_url()).context["current"].reason == "调离本县"


def test_members_look_but_do_not_change(committee, lin, as_):
    person = make_member(committee, name="丁一")
    client = as_(lin)
    assert client.get(person.get_absolute_url()).status_code == 200
    assert client.get(f"/members/{person.pk}/edit/").status_code == 403
    assert client.post("/members/new/").status_code == 403
