"""The main pages of every role in both languages and on three screens: nothing untranslated, nothing too wide."""

import re

import pytest
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse

from followups.models import DeadlineRule, Degree
from kit.tenancy import every_committee
from members.models import Sector
from tests.security.world import build

from . import looks
from .town import login

PHONE, DESK, WALL = 390, 1280, 1920
DATA = "溪"  # stands in every text somebody typed
# Latin words that are right in Chinese, and the one Chinese word that is right in English.
KNOWN_LATIN = re.compile(r"\.xlsx|Excel|CSV|PDF|English|user\d+|[\w-]+@[\w.]+|\bx\b")
LATIN = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
INTERFACE = "nav a, h1, h2, h3, th, label, legend, summary, button, a.btn"
STAYS_WIDE = """async () => {
  const isWide = () => document.documentElement.scrollWidth > innerWidth;
  for (let tries = 0; isWide() && tries < 30; tries++) await new Promise((go) => setTimeout(go, 100));
  return isWide();
}"""

# What each role opens besides the rooms of its menu: address and the thing it is about.
FURTHER = {
    "clerk": [
        ("consultations:topic_detail", "topic"),
        ("consultations:topic_create", None),
        ("consultations:plan_list", None),
        ("consultations:plan_detail", "plan"),
        ("consultations:consultation_forms", None),
        ("consultations:session_list", None),
        ("consultations:session_create", None),
        ("consultations:session_quick", None),
        ("consultations:session_detail", "session"),
        ("consultations:session_move", "session"),
        ("consultations:session_cancel", "session"),
        ("consultations:meeting", "session"),
        ("consultations:session_minutes", "held_session"),
        ("stations:station_detail", "station"),
        ("stations:station_edit", "station"),
        ("stations:rule_list", None),
        ("stations:rule_detail", "duty_rule"),
        ("stations:rule_edit", "duty_rule"),
        ("stations:duty_calendar", None),
        ("stations:slot_detail", "asked_slot"),
        ("stations:slot_move", "slot"),
        ("stations:visit_counts", None),
        ("stations:matter_create", None),
        ("stations:matter_classify", "matter"),
        ("stations:matter_assign", "matter"),
        ("followups:detail", "answered_assignment"),
        ("followups:slip", "assignment"),
        ("followups:send_back", "answered_assignment"),
        ("followups:rule_list", None),
        ("followups:rule_edit", "deadline_rule"),
        ("proposals:detail", "proposal"),
        ("members:member_detail", "person"),
        ("members:member_create", None),
        ("members:group_list", None),
        ("members:group_detail", "group"),
        ("members:unit_list", None),
        ("members:unit_detail", "unit"),
        ("members:area_list", None),
        ("members:sector_list", None),
        ("members:brand_list", None),
        ("members:calendar_list", None),
        ("members:term_list", None),
        ("members:account_list", None),
        ("members:account_detail", "account"),
        ("members:notice_stuck", None),
        ("import_list", None),
        ("password_change", None),
    ],
    "leader": [("consultations:session_minutes", "held_session"), ("members:inbox", None)],
    "member": [
        ("stations:visit_create", None),
        ("stations:visit_detail", "returned_visit"),
        ("stations:matter_detail", "matter"),
        ("consultations:session_detail", "session"),
        ("proposals:create", None),
        ("proposals:detail", "proposal"),
        ("members:inbox", None),
    ],
    "keeper": [("stations:visit_detail", "visit"), ("stations:matter_close", "answered_matter")],
    "officer": [
        ("followups:detail", "signed_assignment"),
        ("followups:sign", "assignment"),
        ("followups:receipt", "signed_assignment"),
        ("followups:answer", "signed_assignment"),
    ],
}

pytestmark = pytest.mark.story


@pytest.mark.parametrize("role", FURTHER)
def test_every_main_page_speaks_both_languages_on_every_screen(page, sign_in, role, transactional_db):
    with every_committee(because="a whole committee is made here"), transaction.atomic():
        town = build(DATA)
        for model in (Sector, DeadlineRule):
            model.objects.update(name=Concat(Value(DATA), "name"))
        Degree.objects.update(label=Concat(Value(DATA), "label"))
    sign_in(page, login(town.people[role]))
    rooms = page.locator("nav.side a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    further = [reverse(name, args=[town.things[thing]] if thing else []) for name, thing in FURTHER[role]]
    faults = look_at(page, rooms + further, screen=PHONE, strange=untranslated)
    page.goto("/")
    page.locator("details.menu summary").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    faults += look_at(page, rooms + further, screen=DESK, strange=chinese)
    assert not faults, "\n".join(faults)


def look_at(page, addresses, *, screen, strange) -> list[str]:
    """Open each page, with axe on one screen and by its width on all; returns what is wrong with them."""
    faults = []
    for address in addresses:
        page.set_viewport_size({"width": screen, "height": 900})
        answer = page.goto(address)
        if answer.status != 200:
            faults.append(f"{address}: {answer.status}")
            continue
        try:
            looks.fine(page, address.strip("/").replace("/", "-") or "home")
        except AssertionError as fault:
            faults.append(f"{address}: {fault}")
        faults += [f"{address}: too wide for {width} px" for width in (PHONE, DESK, WALL) if overflows(page, width)]
        words = page.locator(INTERFACE).evaluate_all("parts => [document.title, ...parts.map(part => part.innerText)]")
        faults += sorted({f"{address}: {word.strip()!r}" for word in words if strange(word)})
    return faults


def overflows(page, width) -> bool:
    """Whether the page stays wider than a screen of this width; charts may take a moment to follow."""
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate(STAYS_WIDE)


def untranslated(words: str) -> bool:
    """Whether a Chinese page says something in another language."""
    return bool(LATIN.search(KNOWN_LATIN.sub("", words)))


def chinese(words: str) -> bool:
    """Whether an English page says something in Chinese that nobody typed."""
    return bool(CHINESE.search(words.replace("中文", ""))) and DATA not in words
