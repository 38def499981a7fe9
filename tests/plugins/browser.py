"""A real browser for stories: headless Chromium against a live portal; a page that errs or breaks the CSP fails."""

import os
import shutil

import pytest
from django.urls import reverse

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "story-Password-1"


@pytest.fixture(scope="session")
def browser():
    """One Chromium per test process."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow to import, and only stories need it

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        pytest.fail("Chromium is not installed; type: apt-get install chromium fonts-noto-cjk")
    # Playwright keeps an event loop in this thread; the tests' own queries are nevertheless plain and synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def portal(live_server):
    """The address of a portal that serves on the tests' database."""
    return live_server.url


@pytest.fixture
def new_page(browser, portal):
    """Open pages, each in its own context, that is as its own person: `new_page(width=390)`; checked at the end."""
    contexts, complaints = [], []

    def open_page(*, width=1280, height=900, **options):
        context = browser.new_context(
            base_url=portal,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda message: _note_console(message, complaints))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("response", lambda response: _note_response(response, complaints, portal))
        page.on("request", lambda request: _note_request(request, complaints, portal))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page):
    """One page at a desk."""
    return new_page()


def _note_console(message, complaints):
    """Collect errors and CSP violations; answers such as 404 or 422 are judged in `_note_response` instead."""
    if message.type == "error" and not message.text.startswith("Failed to load resource"):
        complaints.append(f"{message.location.get('url', '')}: {message.text}")


def _note_response(response, complaints, portal):
    """A person may meet 404 or 422; nobody may meet a 500, and no style, script, font or picture may be missing."""
    is_part = response.request.resource_type in ("stylesheet", "script", "font", "image")
    if response.status >= 500 or (is_part and response.status >= 400):
        complaints.append(f"{response.url}: {response.status}")


def _note_request(request, complaints, portal):
    """Nothing may be asked of anybody else's machine."""
    if not request.url.startswith((portal, "data:", "blob:", "about:")):
        complaints.append(f"outside request: {request.url}")


@pytest.fixture
def sign_in():
    """Sign a person in through the form as they would: `sign_in(page, "zhao")`; their password is set for it."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 -- needs the apps to be loaded

    def enter(page, username):
        door = reverse("login")
        person = get_user_model()._default_manager.get_by_natural_key(username)
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
        page.goto(door)
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.click("form:has(input[name=password]) button[type=submit]")
        page.wait_for_url(lambda url: door not in url)

    return enter
