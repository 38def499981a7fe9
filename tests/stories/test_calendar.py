"""The calendar: three views, and two ways to move a session that both lead to the page that asks before it saves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.models import Session

from . import looks
from .hands import follow, press, said, write
from .town import a_session, build, login

TITLE = "加装电梯协商会"

pytestmark = pytest.mark.story


def wednesday():
    """The Wednesday of next week, so that the days around it lie in one week and ahead."""
    today = timezone.localdate()
    return today + timedelta(days=9 - today.weekday())


def start_of(session):
    """When it begins, as it is stored now."""
    session.refresh_from_db()
    return f"{timezone.localtime(session.starts_at):%Y-%m-%d %H:%M}"


def test_a_session_is_moved_by_links_and_a_form_without_script(new_page, sign_in, committee):
    town, day = build(committee), wednesday()
    session = a_session(town, title=TITLE, day=day)
    page = new_page(java_script_enabled=False)
    sign_in(page, login(town.zhao))
    page.goto(f"/sessions/calendar/?date={day}")
    for view in ("周", "列表", "月"):
        follow(page, view)
        assert page.get_by_role("link", name=TITLE).count() >= 1
    page.get_by_role("link", name=f"改期 {TITLE}").click()
    write(page, 日期=f"{day + timedelta(days=1)}", 开始时间="14:00", 结束时间="16:00")
    press(page, "改期")
    assert said(page) != ""
    assert start_of(session) == f"{day + timedelta(days=1)} 14:00"


def test_a_session_is_moved_by_the_keyboard(page, sign_in, committee):
    town, day = build(committee), wednesday()
    a_session(town, title="社区议事日", day=day + timedelta(days=1))
    session = a_session(town, title=TITLE, day=day)
    sign_in(page, login(town.zhao))
    page.goto(f"/sessions/calendar/?view=list&date={day}")
    looks.fine(page, "calendar-list")
    page.get_by_role("link", name=TITLE, exact=False).first.focus()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    looks.fine(page, "move")
    write(page, 日期=f"{day + timedelta(days=1)}")
    page.get_by_label("日期").press("Enter")
    page.get_by_role("alert").wait_for()
    assert "社区议事日" in page.get_by_role("alert").inner_text()
    looks.fine(page, "move-clash")
    assert start_of(session) == f"{day} 09:00"
    press(page, "仍要改期")
    assert start_of(session) == f"{day + timedelta(days=1)} 09:00"


def test_a_session_is_dragged_in_month_and_week_and_asked_about_first(page, sign_in, committee):
    town, day = build(committee), wednesday()
    session = a_session(town, title=TITLE, day=day)
    sign_in(page, login(town.zhao))
    drag_to(page, "month", day, day + timedelta(days=1))
    assert page.get_by_text("新的时间没有冲突。").is_visible()
    assert start_of(session) == f"{day} 09:00"
    press(page, "改期")
    assert start_of(session) == f"{day + timedelta(days=1)} 09:00"

    drag_to(page, "week", day + timedelta(days=1), day - timedelta(days=1))
    follow(page, "不调整")
    assert start_of(session) == f"{day + timedelta(days=1)} 09:00"

    page.goto(f"/sessions/calendar/?view=week&date={day}")
    grip = page.locator(".grip").bounding_box()
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2 + 40, steps=4)
    with page.expect_navigation():
        page.mouse.up()
    looks.fine(page, "move-longer")
    press(page, "改期")
    later = Session.objects.get(pk=session.pk)
    assert later.ends_at - later.starts_at > timedelta(hours=2)
    assert start_of(session) == f"{day + timedelta(days=1)} 09:00"


def drag_to(page, view, day, target):
    """Drag the session from one day to another; what comes is the page that asks."""
    page.goto(f"/sessions/calendar/?view={view}&date={day}")
    looks.fine(page, f"calendar-{view}")
    with page.expect_navigation():
        # Near its head, so that nothing scrolls while the session is held.
        onto = page.locator(f"[data-day='{target}']")
        page.locator("[data-move]").first.drag_to(onto, target_position={"x": 50, "y": 60})
    assert "/move/" in page.url
    looks.fine(page, f"move-from-{view}")
