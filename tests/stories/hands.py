"""What hands do on a page: press a button, follow a link, fill in a form; each by the words a person reads."""

from __future__ import annotations

import re


def press(place, name: str, *, sure: bool = False) -> None:
    """Press the button with this name and wait for the page it leads to; `sure` answers the question in between."""
    page = getattr(place, "page", place)
    button = place.get_by_role("button", name=name, exact=True)
    if sure:
        button.click()
        button = page.get_by_role("dialog").get_by_role("button", name="确定", exact=True)
    with page.expect_navigation(wait_until="load"):
        button.click()


def follow(place, name: str) -> None:
    """Follow the link with this name and wait for its page."""
    page = getattr(place, "page", place)
    with page.expect_navigation(wait_until="load"):
        place.get_by_role("link", name=name, exact=True).first.click()


def write(place, **words: str) -> None:
    """Write into fields by their labels."""
    for label, text in words.items():
        field(place, label).fill(text)


def field(place, label: str):
    """The field with this label; the “必填” of a required one is not part of what one calls it."""
    return place.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(必填)?\s*$"))


def panel(page, title: str):
    """The panel under a heading."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=title, exact=True))


def said(page) -> str:
    """What the portal says after an act."""
    return page.locator("main .messages").inner_text()
