"""A member on a phone: three taps to the form, a draft that outlives a reload, numbers for the residents."""

import time

import pytest
from django.urls import reverse
from django.utils import timezone

from stations.models import Visit
from tests.stories.looks import fine

from .factories import make_slot

pytestmark = [pytest.mark.story, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def slot(people):
    """Lin's duty today."""
    return make_slot(people.station, people=[people.lin.person], day=timezone.localdate())


@pytest.mark.scenario("A05")
def test_a_duty_is_logged_with_two_matters_in_under_a_minute(people, slot, new_page, sign_in):
    page = new_page(width=390, height=844)
    sign_in(page, people.lin.user.username)
    start = time.monotonic()
    page.click(f"a[href='{reverse('stations:visit_log', args=[slot.pk])}']")  # one tap from the first page
    fine(page, "visit-form")
    for _visitor in range(3):
        page.click("[data-step='1']")
    page.fill("[name=matters-0-subject]", "路灯不亮")
    page.click("[data-add]")
    page.fill("[name=matters-1-subject]", "垃圾未清运")
    page.check("[name=matters-1-at_once]")
    page.fill("[name=matters-1-answer]", "片长已安排清运")
    page.click(".form-acts button[type=submit]")
    page.wait_for_selector(".receipt-number")
    assert time.monotonic() - start < 60
    fine(page, "visit-logged")
    visit = Visit.objects.get()
    assert visit.person_times == 3
    assert page.locator(".receipt-number").count() == visit.matters.count() == 2
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []


def test_what_was_typed_survives_a_reload_with_its_rows_and_can_be_thrown_away(people, slot, new_page, sign_in):
    page = new_page(width=390, height=844)
    sign_in(page, people.lin.user.username)
    page.goto(reverse("stations:visit_log", args=[slot.pk]))
    key = page.input_value("[name=form_key]")
    page.fill("[name=person_times]", "12")
    page.click("[data-add]")
    page.fill("[name=matters-1-subject]", "停车难")
    page.check("[name=matters-1-at_once]")
    page.reload()
    page.wait_for_selector("[data-restored]:not([hidden])")
    assert page.input_value("[name=person_times]") == "12"
    assert page.input_value("[name=matters-1-subject]") == "停车难"
    assert page.is_checked("[name=matters-1-at_once]")
    assert page.input_value("[name=form_key]") == key
    page.click("[data-forget]")
    page.wait_for_selector("[data-restored]", state="hidden")
    assert page.input_value("[name=person_times]") == ""


def test_without_script_rows_come_from_the_server(people, slot, new_page, sign_in):
    page = new_page(width=390, height=844, java_script_enabled=False)
    sign_in(page, people.lin.user.username)
    page.goto(reverse("stations:visit_log", args=[slot.pk]))
    page.fill("[name=person_times]", "2")
    page.fill("[name=matters-0-subject]", "路灯不亮")
    page.click("[data-add]")
    assert page.input_value("[name=matters-0-subject]") == "路灯不亮"
    page.fill("[name=matters-1-subject]", "停车难")
    page.click(".form-acts button[type=submit]")
    assert Visit.objects.get().matters.count() == 2
