"""The whole circle: a resident's word becomes a topic, a session, an outcome, a proposal, and is answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from . import looks
from .hands import field, follow, panel, press, said, write
from .town import ELEVATOR, a_matter, a_session, build, login, the_day_has_come

SESSION = "三栋老楼加装电梯协商会"
TASK = "六月底前完成三栋老楼加装电梯的设计并公示"
PROPOSAL = "关于为老旧小区加装电梯设立专项补助的提案"

pytestmark = pytest.mark.story


@pytest.mark.scenario("A08")
def test_a_residents_word_goes_round_until_the_member_judges_the_answer(new_page, sign_in, committee):
    town = build(committee)
    matter = a_matter(town)
    day = timezone.localdate() + timedelta(days=7)
    a_session(town, title="社区议事日", day=day, station=town.station)
    clerk, member, officer, leader = new_page(), new_page(width=390, height=844), new_page(), new_page()
    for page, person in ((clerk, town.zhao), (member, town.lin), (officer, town.wu), (leader, town.chen)):
        sign_in(page, login(person))
        looks.fine(page, f"home-{page.viewport_size['width']}")
    open_menus(clerk, member)

    make_a_topic_of(clerk, matter)
    schedule_a_session(clerk)
    answer_the_invitation(member)
    the_day_has_come(SESSION)
    hold_the_session(clerk)
    issue_the_minutes(clerk)

    sign_and_answer(officer)
    send_back(clerk)
    answer_again(officer)
    strike_off(clerk)

    propose(member)
    file_and_hand_over(clerk)
    sign_and_answer_the_proposal(officer)
    judge(member)

    open_every_figure(leader)
    walk_the_chain(leader, matter)


def open_menus(clerk, member):
    """The menus open by a press and close by Escape."""
    for page, name in ((clerk, "赵小测"), (member, "菜单")):
        menu = page.locator("details.menu", has_text=name)
        menu.locator("summary").click()
        looks.fine(page, f"menu-{name}")
        page.keyboard.press("Escape")
        assert menu.get_attribute("open") is None


def make_a_topic_of(clerk, matter):
    """The clerk finds the matter on the ledger and makes a topic of it."""
    follow(clerk, "群众诉求")
    looks.fine(clerk, "matters")
    follow(clerk, matter.subject)
    looks.fine(clerk, "matter")
    follow(clerk, "转为协商议题")
    looks.fine(clerk, "topic-form")
    field(clerk, "协商形式").select_option(label="对口协商")
    press(clerk, "保存")
    press(clerk, "确定议题")
    assert said(clerk) == "议题已确定。"
    looks.fine(clerk, "topic")


def schedule_a_session(clerk):
    """Schedules it, is told of a clash before anything is saved, takes another hour, and sends the notice."""
    follow(clerk, "安排会议")
    looks.fine(clerk, "session-form")
    assert field(clerk, "协商形式").input_value() != ""
    field(clerk, "会议名称").fill("")
    press(clerk, "保存")
    looks.fine(clerk, "session-form-wrong")
    field(clerk, "会议名称").fill(SESSION)
    field(clerk, "站室").select_option(label="春晖社区委员联络站")
    clerk.get_by_label("查找姓名或界别").fill("林小")
    clerk.get_by_label("林小测").check()
    clerk.get_by_text("派员参加的单位").click()
    clerk.get_by_label("住房建设局").check()
    field(clerk, "群众代表").fill("一楼住户\n六楼住户")
    looks.fine(clerk, "session-form-filled")
    press(clerk, "保存")
    assert "社区议事日" in clerk.get_by_role("alert").inner_text()
    looks.fine(clerk, "session-form-clash")
    write(clerk, 开始时间="14:00", 结束时间="16:00")
    clerk.get_by_role("button", name="仍要保存", exact=True).last.click()
    clerk.wait_for_url("**/sessions/*/")
    looks.fine(clerk, "session")
    clerk.get_by_role("button", name="发出通知", exact=True).click()
    looks.fine(clerk, "session-ask")
    clerk.get_by_role("button", name="取消", exact=True).click()
    press(clerk, "发出通知", sure=True)
    assert "通知已发出" in said(clerk)


def answer_the_invitation(member):
    """The member finds the invitation on the first page of the phone, and says yes with one tap."""
    member.goto("/")
    looks.fine(member, "home-invited")
    follow(member, SESSION)
    looks.fine(member, "session-invited")
    press(member, "我参加")
    assert "已通知" in member.locator("main h1").inner_text()
    assert panel(member, "我的回复").get_by_text("参加", exact=True).is_visible()


def hold_the_session(clerk):
    """The clerk opens it, marks who is there, and writes down what is said and agreed."""
    clerk.reload()
    press(clerk, "开始会议")
    looks.fine(clerk, "meeting")
    press(panel(clerk, "签到"), "其余全部到会")
    speech = panel(clerk, "发言")
    field(speech, "发言人").select_option(label="林小测")
    write(speech, 发言内容="三栋楼共六十户，过半住户年过六十。", 现场答复="设计方案先公示，再逐户征求意见。")
    press(speech, "添加")
    for point in ("加装电梯，住户自愿。", "一楼住户的采光由设计保证。"):
        write(panel(clerk, "共识"), 共识内容=point)
        press(panel(clerk, "共识"), "增加一条")
    reserved = panel(clerk, "保留意见")
    reserved.get_by_text("记录保留意见").click()
    field(reserved, "人员").select_option(label="一楼住户")
    write(reserved, 保留意见="担心噪声，保留意见。")
    press(reserved, "添加")
    for kind, words in (
        ("当场解决", {"成果": "楼道灯当场报修。"}),
        ("限期解决", {"成果": TASK}),
        ("解释说明", {"成果": "地下管线暂不迁改。", "解释说明内容": "管线迁改已列入明年计划。"}),
    ):
        outcome = panel(clerk, "协商成果")
        outcome.get_by_label(kind, exact=True).check()
        write(outcome, **words)
        if kind == "限期解决":
            press(outcome, "登记成果")
            looks.fine(clerk, "meeting-wrong")
            field(outcome, "单位").select_option(label="住房建设局")
        press(outcome, "登记成果")
    looks.fine(clerk, "meeting-full")


def issue_the_minutes(clerk):
    """Once issued the minutes have a number, and hold everything, the reserved view too."""
    press(clerk, "印发纪要", sure=True)
    looks.fine(clerk, "session-held")
    clerk.get_by_role("link", name="协商纪要").first.click()
    clerk.wait_for_url("**/minutes/")
    looks.fine(clerk, "minutes")
    paper = clerk.locator("article").inner_text()
    for words in ("林小测", "加装电梯，住户自愿。", "担心噪声，保留意见。", TASK, "管线迁改已列入明年计划。"):
        assert words in paper


def sign_and_answer(officer):
    """The unit signs and holds a receipt, says how far it is, and answers."""
    follow(officer, "本单位办件")
    looks.fine(officer, "queue")
    follow(officer, TASK)
    looks.fine(officer, "assignment")
    follow(officer, "签收")
    looks.fine(officer, "sign")
    write(officer, 经办人="吴小测")
    press(officer, "签收")
    looks.fine(officer, "assignment-signed")
    follow(officer, "收条")
    assert f"〔{timezone.localdate().year}〕1号" in officer.locator("article").inner_text()
    looks.fine(officer, "receipt")
    officer.go_back()
    follow(officer, "报告进展")
    write(officer, 办理进展="已委托设计。")
    press(officer, "报告进展")
    follow(officer, "答复")
    press(officer, "答复")
    looks.fine(officer, "answer-wrong")
    write(officer, 答复="正在研究。")
    field(officer, "A 已解决").check()
    press(officer, "答复")
    assert officer.locator("main h1").inner_text() == TASK


def send_back(clerk):
    """An answer that answers nothing goes back with a reason."""
    follow(clerk, "交办督办")
    looks.fine(clerk, "assignments")
    follow(clerk, "待销号")
    follow(clerk, TASK)
    looks.fine(clerk, "assignment-answered")
    follow(clerk, "退回重办")
    looks.fine(clerk, "send-back")
    write(clerk, 原因="请写明公示的时间和地点。")
    press(clerk, "退回重办")
    assert "请写明公示的时间和地点。" in clerk.locator("main").inner_text()


def answer_again(officer):
    """The unit reads why, and answers in full."""
    officer.reload()
    assert "请写明公示的时间和地点。" in officer.locator("main").inner_text()
    follow(officer, "答复")
    write(officer, 答复="设计已完成，将于社区公告栏公示七天。")
    field(officer, "A 已解决").check()
    press(officer, "答复")
    looks.fine(officer, "assignment-answered-again")


def strike_off(clerk):
    """Only proof closes it."""
    clerk.reload()
    follow(clerk, "销号")
    press(clerk, "销号")
    looks.fine(clerk, "close-wrong")
    write(clerk, 销号依据="现场查看，公示已张贴。")
    press(clerk, "销号")
    assert "已销号" in clerk.locator("main").inner_text()
    looks.fine(clerk, "assignment-closed")


def propose(member):
    """The member makes a proposal of the outcome, on the phone."""
    member.reload()
    member.locator("tr", has_text=TASK).get_by_role("link", name="转为提案").click()
    looks.fine(member, "proposal-form")
    assert field(member, "情况").input_value() == TASK
    write(member, 案由=PROPOSAL, 建议="1. 设立专项补助。\n2. 简化审批。")
    press(member, "保存草稿")
    looks.fine(member, "proposal-form-wrong")
    field(member, "类别").select_option(label="社会建设")
    press(member, "保存草稿")
    looks.fine(member, "proposal-draft")
    press(member, "提交")
    assert "已提交" in member.locator("main").inner_text()


def file_and_hand_over(clerk):
    """The office files it and hands it to the unit."""
    follow(clerk, "提案")
    looks.fine(clerk, "proposals")
    follow(clerk, PROPOSAL)
    press(clerk, "立案")
    looks.fine(clerk, "proposal-filed")
    follow(clerk, "交办")
    looks.fine(clerk, "proposal-hand-over")
    field(clerk, "单位").select_option(label="住房建设局")
    press(clerk, "交办")
    looks.fine(clerk, "proposal-handed-over")


def sign_and_answer_the_proposal(officer):
    """The unit signs for it among all that waits, and answers."""
    follow(officer, "本单位办件")
    press(officer, "全部签收（1件）")
    looks.fine(officer, "queue-signed")
    follow(officer, PROPOSAL)
    follow(officer, "答复")
    write(officer, 答复="已列入明年财政预算，每台补助十万元。")
    field(officer, "A 已解决").check()
    press(officer, "答复")


def judge(member):
    """The member reads the answer and says what it is worth."""
    member.reload()
    follow(member, "评价答复")
    looks.fine(member, "judge")
    for question in ("办理结果", "办理态度"):
        member.get_by_role("group", name=question).get_by_label("满意", exact=True).check()
    write(member, 具体意见="答复具体。")
    press(member, "评价答复")
    assert "答复具体。" in member.locator("main").inner_text()
    looks.fine(member, "proposal-judged")


def open_every_figure(leader):
    """Each figure of the board opens as many rows as it says."""
    follow(leader, "督办看板")
    leader.wait_for_selector(".chart canvas, .chart svg")
    looks.fine(leader, "board")
    figures = leader.locator("a.figure-card").evaluate_all(
        "cards => cards.map(card => [card.querySelector('b').textContent, card.href])"
    )
    cells = leader.locator(".board-table td a").evaluate_all(
        "cells => cells.map(cell => [cell.textContent, cell.href])"
    )
    assert [count for count, _url in figures][:3] == ["2", "1", "0"]
    for count, url in dict.fromkeys(map(tuple, figures + cells)):
        leader.goto(url)
        assert leader.locator("#assignment-rows tbody tr").count() == int(count), url
    looks.fine(leader, "board-rows")


def walk_the_chain(leader, matter):
    """From the matter to the proposal and back, by the links of the pages alone; every page shows the whole way."""
    way = [
        ("群众诉求", ELEVATOR),
        ("议题", ELEVATOR),
        ("协商议事会", SESSION),
        ("协商成果", f"2. {TASK}"),
        ("交办事项", TASK),
        ("提案", PROPOSAL),
    ]
    leader.goto(matter.get_absolute_url())
    whole = {*way, ("交办事项", PROPOSAL)}
    assert shown(leader) >= whole
    back = [way[4], way[3], way[1], way[0]]  # an outcome stands on the page of its session
    for kind, title in [*way[1:], *back]:
        node = panel(leader, "来龙去脉").locator("li").filter(has=leader.get_by_text(kind, exact=True))
        link = node.get_by_role("link", name=title, exact=True)
        with leader.expect_navigation():
            link.click()
        if kind == "协商成果":
            assert title in leader.locator("#outcomes tr:target").inner_text()
        else:
            looks.fine(leader, f"chain-{kind}")
            assert shown(leader) >= whole


def shown(page) -> set[tuple[str, str]]:
    """What the page shows of the chain: kind and title."""
    rows = (
        panel(page, "来龙去脉")
        .locator("li")
        .evaluate_all(
            "rows => rows.map(row => ['.chain-kind span', '.chain-title']"
            ".map(part => (row.querySelector(part) || {}).textContent || ''))"
        )
    )
    return {tuple(row) for row in rows}
