"""Once: the same form sent twice makes one thing."""

import pytest

from members.forms import KeyForm
from members.models import Brand, FormKey, Sector
from members.once import once

pytestmark = pytest.mark.django_db


def key_form(key="k" * 32):
    """A form that was filled in."""
    form = KeyForm({"form_key": key})
    assert form.is_valid()
    return form


def make(committee):
    """Make something with an address."""
    brand = Brand.objects.create(committee=committee, name=f"品牌{Brand.objects.count()}")
    return f"/made/{brand.pk}/"


def test_a_form_sent_twice_makes_one_thing_and_leads_to_it_twice(committee, zhao):
    first = once(key_form(), zhao, lambda: make(committee))
    second = once(key_form(), zhao, lambda: make(committee))
    assert first == second
    assert Brand.objects.count() == 1


def test_another_form_makes_another_thing(committee, zhao):
    once(key_form("a" * 32), zhao, lambda: make(committee))
    once(key_form("b" * 32), zhao, lambda: make(committee))
    assert Brand.objects.count() == 2


def test_an_act_that_breaks_leaves_the_form_free(committee, zhao):
    def broken():
        make(committee)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(key_form(), zhao, broken)
    assert (Brand.objects.count(), FormKey.objects.count()) == (0, 0)


def test_the_same_sector_posted_twice_is_one_row(committee, zhao, as_):
    client = as_(zhao)
    key = client.get("/setup/sectors/new/").context["form"]["form_key"].value()
    values = {"name": "教育界", "duty_sector": "", "order": "1", "form_key": key}

    answers = [client.post("/setup/sectors/new/", values) for _time in range(2)]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/setup/sectors/")] * 2
    assert list(Sector.objects.values_list("name", flat=True)) == ["教育界"]
