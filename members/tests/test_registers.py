"""The plain registers: one description each, the same pages for all."""

from datetime import date

import pytest

from kit.tenancy import committee_scope
from members.calendars import calendar_for
from members.models import Area, Brand, CalendarDay, Group, Sector, Term, Unit
from members.tests.factories import make_area, make_group, make_member

pytestmark = pytest.mark.django_db

NEW = {
    "/setup/sectors/": (Sector, {"name": "教育界", "order": "3"}),
    "/setup/areas/": (Area, {"name": "东街", "kind": "subdistrict"}),
    "/setup/brands/": (Brand, {"name": "有事来商量"}),
    "/setup/calendar/": (CalendarDay, {"day": "2026-04-03", "label": "地方节日"}),
    "/setup/terms/": (Term, {"ordinal": "11", "starts_on": "2027-01-10", "ends_on": "2032-01-09"}),
    "/groups/": (Group, {"name": "东街一组", "kind": "duty_group", "is_active": "on"}),
    "/units/": (Unit, {"name": "县测试局", "kind": "department", "is_active": "on"}),
}


def post(client, address, values):
    """Send the form of a page."""
    key = client.get(address).context["form"]["form_key"].value()
    return client.post(address, {**values, "form_key": key})


@pytest.mark.parametrize("address", NEW)
def test_an_entry_is_made_once_changed_and_listed(address, committee, zhao, as_):
    model, values = NEW[address]
    client, before = as_(zhao), model.objects.count()
    assert post(client, f"{address}new/", values).status_code == 302
    made = model.objects.order_by("-pk").first()
    assert (model.objects.count(), made.committee) == (before + 1, committee)

    assert post(client, f"{address}new/", values).status_code == 422  # the same again, typed anew
    assert post(client, f"{address}{made.pk}/edit/", values).status_code == 302
    assert model.objects.count() == before + 1
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", NEW)
def test_only_the_office_changes_a_register(address, committee, zhao, lin, wu, ma, as_):
    model, values = NEW[address]
    made = model.objects.create(committee=committee, **{k: (v == "on" or v) for k, v in values.items()}, **extra(model))
    for actor, status in ((zhao, 200), (lin, 403), (wu, 403), (ma, 404)):
        assert as_(actor).get(f"{address}{made.pk}/edit/").status_code == status
    assert as_(wu).get(address).status_code == 403


def extra(model):
    """Return what a row needs beside its form."""
    return {"is_workday": False} if model is CalendarDay else {}


def test_an_entry_in_use_is_not_removed(committee, zhao, as_):
    sector = make_member(committee, sector="教育界").memberships.get().sector
    free = Sector.objects.create(committee=committee, name="无人界")
    client = as_(zhao)
    for entry in (sector, free):
        assert client.post(f"/setup/sectors/{entry.pk}/delete/").status_code == 302
    assert list(Sector.objects.values_list("name", flat=True)) == ["教育界"]


def test_a_place_cannot_lie_below_itself(committee, zhao, as_):
    town = make_area(committee, name="东街")
    community = make_area(committee, name="晨光社区", parent=town)
    answer = post(as_(zhao), f"/setup/areas/{town.pk}/edit/", {"name": "东街", "kind": "town", "parent": community.pk})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["parent"])


def test_a_form_offers_nothing_of_another_committee(committee, other_committee, zhao, as_):
    with committee_scope(other_committee.pk):
        foreign = make_area(other_committee, name="外县社区")
    answer = post(as_(zhao), "/setup/areas/new/", {"name": "东街", "kind": "town", "parent": foreign.pk})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["parent"])


def test_an_own_holiday_counts_for_the_committees_clocks(committee, zhao, as_):
    post(as_(zhao), "/setup/calendar/new/", {"day": "2026-04-08", "label": "地方节日"})
    assert calendar_for(committee).is_workday(date(2026, 4, 8)) is False


def test_a_term_made_current_ends_the_one_before(committee, zhao, as_):
    new = Term.objects.create(committee=committee, ordinal=11, starts_on=date(2027, 1, 10), ends_on=date(2032, 1, 9))
    as_(zhao).post(f"/setup/terms/{new.pk}/make-current/")
    assert list(Term.objects.filter(is_current=True)) == [new]


def test_a_group_has_one_convener_and_seats_come_and_go(committee, zhao, as_):
    group = make_group(committee)
    first, second = (make_member(committee, name=name).memberships.get() for name in ("丁一", "王二"))
    client = as_(zhao)
    for enrolled in (first, second):
        values = {"membership": enrolled.pk, "role": "convener", "form_key": "k" * 32}
        assert client.post(f"/groups/{group.pk}/seats/", values).status_code == 302
    assert dict(group.seats.values_list("membership", "role")) == {first.pk: "member", second.pk: "convener"}

    client.post(f"/groups/seats/{group.seats.get(membership=first).pk}/remove/")
    assert list(group.seats.values_list("membership", flat=True)) == [second.pk]


def test_htmx_gets_the_rows_only(committee, zhao, as_):
    part = as_(zhao).get("/groups/", headers={"HX-Request": "true"})
    assert (part.templates[0].name, part.headers["Vary"].count("HX-Request")) == ("members/_register_rows.html", 1)
