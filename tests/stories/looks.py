"""How a story looks at a page: nothing serious for axe, nothing wider than the screen, and a picture when asked."""

from __future__ import annotations

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

GRAVE = {"serious", "critical"}


def fine(page, name: str) -> None:
    """Assert that the page, as it stands now, is usable; with PORTAL_PICTURES=<folder> keep a picture of it.

    Asked for again after a menu, a dialog or an error has opened.
    """
    page.wait_for_selector("html[data-ready]", state="attached")
    if os.environ.get("PORTAL_PICTURES"):
        folder = Path(os.environ["PORTAL_PICTURES"])
        folder.mkdir(parents=True, exist_ok=True)
        width = page.viewport_size["width"]
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
    grave = [
        (found["id"], [node["html"][:150] for node in found["nodes"][:3]])
        for found in Axe().run(page).response["violations"]
        if found["impact"] in GRAVE
    ]
    assert grave == [], f"{name}: {grave}"
    room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert room[0] <= room[1], f"{name} is {room[0]} px wide on a screen of {room[1]}"
