"""Notices, in both languages: every one says what it is about, when, and where."""

from pathlib import Path

import pytest
from django.conf import settings

from members.delivery import letter
from members.models import Delivery, Notice, Person, User
from members.planning import put_into_words

FOLDER = Path(settings.BASE_DIR) / "templates" / "notices"
TEMPLATES = sorted(str(path.relative_to(FOLDER))[:-4] for path in FOLDER.rglob("*.txt") if ".subject" not in path.name)
DAY, LATER, EARLIER, HOURS = "2026-03-18", "2026-03-25", "2026-03-11", "09:30–11:00"
URL = "/somewhere/7/"
MORE = {
    "reason": "原因七",
    "note": "附言七",
    "by": "经手人七",
    "who": "来人七",
    "author": "提案人七",
    "answer": "答复七",
}
MORE |= {"label": "编号七", "count": 7, "receipt": "收条七", "rating": "not", "wish": "延期七", "decision": "同意七"}
MORE |= {"list_kind": "专报七", "report": "报告七"}
MORE |= {"cause": "起因七", "result": "结果七", "words": "话七", "lines": "- 事项七", "channel": "sms"}
MORE |= {"minutes_due": "2026-03-23", "reader": "审核人七", "slip": "催办单七", "reply": "回复七"}
SLOT = {"station": "测试联络站", "address": "测试路七号", "day": DAY, "hours": HOURS, "before": EARLIER}
MATTER = {"subject": "路灯七", "label": "编号七", "due_on": DAY, "unit": "测试局"}
# What the rooms say about each kind of thing: (what, when, where); `where` is the place, beside the link.
SAID = {
    "consultations": ({"title": "加装电梯七"}, {"day": DAY}, {"where": "测试站一楼"}),
    "stations/duty": ({}, {"day": DAY}, {"station": "测试联络站"}),
    "stations/visit": ({}, {"day": DAY}, {"station": "测试联络站"}),
    "stations/matter": ({"subject": "路灯七"}, {"due_on": DAY}, {}),
    "followups": ({"title": "加装电梯七"}, {"due_on": DAY}, {}),
    "followups/feedback": ({"title": "加装电梯七"}, {"until": DAY}, {}),
    "followups/requested": ({"title": "加装电梯七"}, {"decide_by": DAY}, {}),
    "followups/list_": ({"title": "加装电梯七"}, {"given_on": DAY}, {}),
    "proposals": ({"title": "加装电梯七"}, {}, {}),
    "proposals/handed_over": ({"title": "加装电梯七"}, {"due_on": DAY}, {}),
    "members": ({}, {"day": DAY}, {}),
}
EXTRA = {
    "hours": HOURS,
    "old_day": EARLIER,
    "old_hours": HOURS,
    "old_where": "旧址",
    "unit": "测试局",
    "sign_due": LATER,
    "old_due": EARLIER,
    "decide_by": LATER,
    "address": "测试路七号",
    "before": EARLIER,
}
# An answer or reply already given, and a judgement of it, tell no day: the one that was promised is past.
NO_DAY = {"stations/matter_answered", "followups/rated", "followups/slip_replied", "followups/draft_returned"}
# Whoever is told that it takes place no more, or that they need not or must come, has the place from the invitation.
NO_PLACE = {"minutes_due", "minutes_late", "cancelled", "leave_asked", "leave_granted", "leave_refused", "issued"}


def said(name):
    """Return what a notice must say: the longest beginning of its name counts."""
    return SAID[max((start for start in SAID if name.startswith(start)), key=len)]


def told(name, language):
    """Return a notice put into words and the letter with it."""
    what, when, where = said(name)
    notice = Notice(
        pk=7, to=Person(name="林七", user=User(language=language, email="lin@example.org")), template=f"notices/{name}",
        context={**MORE, **EXTRA, **what, **when, **where}, url=URL,
    )  # fmt: skip
    put_into_words(notice)
    return notice, letter(Delivery(notice=notice, channel="email"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_a_notice_says_what_when_and_where(name, language):
    notice, mail = told(name, language)
    what, when, where = said(name)
    wanted = list(what.values())
    wanted += [] if name in NO_DAY else list(when.values())
    wanted += [] if name.rpartition("/")[2] in NO_PLACE else list(where.values())
    assert [word for word in wanted if word not in notice.body] == []
    assert mail.body.endswith(f"{settings.SITE_URL}{URL}")
    assert "\n" not in notice.subject


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_notice_exists_in_both_languages(name):
    (chinese, _letter), (english, _other) = told(name, "zh-hans"), told(name, "en")
    assert chinese.subject != english.subject or name in SAME_SUBJECT
    assert chinese.body != english.body


# Their subjects are nothing but words that were promised, and the title.
SAME_SUBJECT = {"followups/signed", "followups/decided", "followups/pressed"}
