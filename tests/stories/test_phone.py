"""A duty day on a phone: three taps to the form, a visit with two matters, a lost connection, and what became of it."""

import time

import pytest
from django.utils import timezone

from stations.models import DutySlot, Matter
from stations.tests.factories import make_slot

from . import looks
from .hands import field, follow, press, said, write
from .town import build, login

MOST_TAPS, MOST_NEEDED = 3, 8
LAMP, LIFT = "路灯不亮", "三栋老楼没有电梯"

pytestmark = pytest.mark.story


@pytest.mark.scenario("A05")
def test_a_member_logs_a_duty_day_on_a_phone_and_the_station_vouches_for_it(new_page, sign_in, committee):
    town = build(committee)
    slot = make_slot(town.station, people=[town.lin.person, town.ma.person], day=timezone.localdate())
    phone, desk = new_page(width=390, height=844), new_page()
    sign_in(phone, login(town.lin))
    looks.fine(phone, "phone-home")

    began = time.monotonic()
    taps = go_to_the_form(phone)
    needed = fill_in(phone)
    press(phone, "保存")
    took = time.monotonic() - began
    print(f"\n{taps} taps to the form, {needed} fields needed, saved after {took:.1f} s")  # noqa: T201 -- to be read
    assert taps <= MOST_TAPS
    assert needed <= MOST_NEEDED

    looks.fine(phone, "phone-visit-saved")
    assert phone.locator(".receipt-number").count() == 2
    assert [matter.state for matter in Matter.objects.order_by("pk")] == ["answered", "received"]
    assert DutySlot.objects.get(pk=slot.pk).state == "done"

    sign_in(desk, login(town.kong))
    confirm(desk)
    hand_to_the_unit(desk)


def go_to_the_form(phone) -> int:
    """From the first page to the form, by the bar below and by the card; returns the taps of the longer way."""
    ways = [("我的值日", "登记接待"), ("登记今天的接待",)]
    for way in ways:
        phone.goto("/")
        for name in way:
            follow(phone.locator("nav.tabs") if name == "我的值日" else phone, name)
            looks.fine(phone, f"phone-{name}")
    phone.locator("[data-large]").click()
    looks.fine(phone, "phone-visit-large")
    phone.locator("[data-large]").click()
    return max(map(len, ways))


def fill_in(phone) -> int:
    """Two matters, one answered at once; a reload in between loses nothing. Returns how many fields are needed."""
    needed = phone.locator("form.visit-form").evaluate(
        "form => new Set([...form.elements].filter(field => field.required && field.type !== 'hidden')"
        ".map(field => field.name)).size"
    )
    phone.get_by_role("button", name="加一", exact=True).click()
    phone.get_by_role("button", name="加一", exact=True).click()
    first = phone.locator(".matter-row").first
    write(first, 事项=LAMP)
    field(first, "当场已答复").check()
    press(phone, "保存")
    looks.fine(phone, "phone-visit-wrong")
    write(phone.locator(".matter-row").first, 答复内容="已报修，明天更换。")
    phone.get_by_role("button", name="再加一件诉求").click()
    write(phone.locator(".matter-row").last, 事项=LIFT)
    looks.fine(phone, "phone-visit-filled")
    phone.goto(phone.url)
    assert phone.get_by_text("已恢复您上次未提交的内容。").is_visible()
    looks.fine(phone, "phone-visit-restored")
    assert field(phone, "接待群众（人次）").input_value() == "2"
    assert [field(row, "事项").input_value() for row in phone.locator(".matter-row").all()] == [LAMP, LIFT]
    return needed


def confirm(desk):
    """The keeper finds the record on the first page and vouches for it."""
    looks.fine(desk, "keeper-home")
    desk.locator("section", has_text="待确认的走访记录").locator("li a").click()
    looks.fine(desk, "visit")
    press(desk, "确认")
    assert said(desk) == "已确认，计入统计。"
    assert "已确认" in desk.locator("main h1").inner_text()


def hand_to_the_unit(desk):
    """One of the matters goes on to a unit, with a clock."""
    follow(desk, LIFT)
    follow(desk, "交办单位")
    looks.fine(desk, "matter-assign")
    press(desk, "交办单位")
    looks.fine(desk, "matter-assign-wrong")
    field(desk, "单位").select_option(label="住房建设局")
    desk.get_by_label("一般（", exact=False).check()
    press(desk, "交办单位")
    assert "已交办" in said(desk)
    looks.fine(desk, "matter-assigned")
