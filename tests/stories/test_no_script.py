"""An old browser without script: everything a committee does from day to day can be done all the same."""

import pytest
from django.utils import timezone

from stations.models import Matter
from stations.tests.factories import make_slot

from .hands import field, follow, press, said, write
from .town import build, login

LAMP, LIFT = "路灯不亮", "三栋老楼没有电梯"

pytestmark = pytest.mark.story


def test_a_visit_is_logged_signed_for_answered_and_closed_without_script(new_page, sign_in, committee):
    town = build(committee)
    make_slot(town.station, people=[town.lin.person], day=timezone.localdate())
    member, keeper, officer = (new_page(java_script_enabled=False) for _who in range(3))
    for page, person in ((member, town.lin), (keeper, town.kong), (officer, town.wu)):
        sign_in(page, login(person))

    log_the_visit(member)
    confirm_and_hand_over(keeper)
    sign_and_answer(officer)
    tell_the_resident_and_close(keeper)
    assert Matter.objects.get(subject=LIFT).state == "closed"


def log_the_visit(member):
    """The button for one more matter asks the server for a row; what was typed stays."""
    assert not member.get_by_role("button", name="加一", exact=True).is_visible()
    follow(member, "登记今天的接待")
    write(member, **{"接待群众（人次）": "4", "事项": LAMP})
    press(member, "再加一件诉求")
    assert [field(row, "事项").input_value() for row in member.locator(".matter-row").all()] == [LAMP, ""]
    write(member.locator(".matter-row").last, 事项=LIFT)
    press(member, "保存")
    assert member.locator(".receipt-number").count() == 2


def confirm_and_hand_over(keeper):
    """Confirmed, and one matter handed to the unit; the menus open without script too."""
    keeper.reload()
    keeper.locator("section", has_text="待确认的走访记录").locator("li a").click()
    press(keeper, "确认")
    assert said(keeper) == "已确认，计入统计。"
    follow(keeper, LIFT)
    follow(keeper, "交办单位")
    field(keeper, "单位").select_option(label="住房建设局")
    keeper.get_by_label("一般（", exact=False).check()
    press(keeper, "交办单位")
    keeper.get_by_text("孔小测", exact=True).first.click()
    assert keeper.get_by_role("button", name="退出登录").is_visible()


def sign_and_answer(officer):
    """The unit ticks what it signs for, and answers; nothing is taken that is empty."""
    follow(officer, "本单位办件")
    officer.get_by_label(f"勾选签收: {LIFT}").check()
    press(officer, "签收所选事项")
    follow(officer, LIFT)
    follow(officer, "答复")
    press(officer, "答复")
    assert "请核对填写的内容" in officer.get_by_role("alert").inner_text()
    write(officer, 答复="已列入改造计划。")
    field(officer, "A 已解决").check()
    press(officer, "答复")


def tell_the_resident_and_close(keeper):
    """The keeper passes the answer on, and closes with what the resident says."""
    keeper.reload()
    follow(keeper, "答复群众")
    assert field(keeper, "答复群众").input_value() == "已列入改造计划。"
    press(keeper, "答复群众")
    follow(keeper, "办结")
    keeper.get_by_label("满意", exact=True).check()
    press(keeper, "办结")
    assert "已办结" in keeper.locator("main h1").inner_text()
