"""A phone with bad signal: a browser by hand that sends a form again, with the same key, until it gets an answer."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TIMEOUT = 8.0
PAUSE = 0.25
DOOR = "/sign-in/"


class GaveUp(Exception):
    """The run is over and no answer came."""


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    location: str = ""


@dataclass
class Weather:
    """What all phones of a run met with; `until` is when they stop trying."""

    until: float
    troubles: Counter = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)

    def met(self, trouble: str) -> None:
        """Count a trouble, wait a little, and give up when it is too late for another try."""
        self.troubles[trouble] += 1
        if time.monotonic() > self.until:
            raise GaveUp(trouble)
        time.sleep(PAUSE)


class Phone:
    """One account's browser."""

    def __init__(self, port: int, username: str, password: str, weather: Weather):
        self.port, self.username, self.password, self.weather = port, username, password, weather
        self.cookies: dict[str, str] = {}

    def page(self, path: str) -> str:
        """Return a page's text, asking until it comes; signs in when the portal asks for it."""
        while True:
            answer = self._try("GET", path)
            if answer and answer.status == 200:
                return answer.text
            if answer and answer.location.startswith(DOOR):
                self.sign_in()
            elif answer:
                self._wonder("GET", path, answer)

    def sign_in(self) -> None:
        """Sign in through the form, however often it takes."""
        while True:
            shown = self._try("GET", DOOR)
            if shown and shown.status in (301, 302):
                return
            if not shown or shown.status != 200:
                continue
            words = {"username": self.username, "password": self.password, "csrfmiddlewaretoken": token_in(shown.text)}
            answer = self._try("POST", DOOR, words)
            if answer and answer.status == 302:
                return
            if answer:
                self._wonder("POST", DOOR, answer)

    def form(self, path: str) -> tuple[str, str]:
        """Open a form and return its CSRF token and its own key."""
        page = self.page(path)
        return token_in(page), key_in(page)

    def send(self, path: str, words: Mapping[str, str], *, csrf: str, key: str, twice: bool = False) -> list[str]:
        """Send a form until it is answered with where to go; returns every such answer.

        `key` is the form's own key, sent again with every try. With `twice` the form goes out two times at the same
        moment, as from an impatient thumb. An answer that leads to the sign-in page is none.
        """
        while True:
            body = {**words, "form_key": key, "csrfmiddlewaretoken": csrf}
            answers = self._tries(path, body, twice=twice)
            taken = [answer.location for answer in answers if answer and self._is_taken(path, answer)]
            if taken:
                return taken
            if any(answer and answer.status < 500 for answer in answers):
                csrf = token_in(self.page("/"))  # signed in anew, and the token is another one

    def _tries(self, path: str, body: Mapping[str, str], *, twice: bool) -> list[Answer | None]:
        if not twice:
            return [self._try("POST", path, body)]
        found: list[Answer | None] = []
        threads = [threading.Thread(target=lambda: found.append(self._once("POST", path, body))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if not any(found):
            self.weather.met("two at once, no answer")
        return found

    def _is_taken(self, path: str, answer: Answer) -> bool:
        if answer.location.startswith(DOOR):
            self.sign_in()
            return False
        if answer.status in (302, 303):
            return True
        if answer.status < 500:  # of two at once one may have failed
            self._wonder("POST", path, answer)
        return False

    def _wonder(self, method: str, path: str, answer: Answer) -> None:
        """Keep an answer nobody expected."""
        self.weather.strange.append(f"{answer.status} {method} {path}")
        self.weather.met(f"status {answer.status}")

    def _try(self, method: str, path: str, words: Mapping[str, str] | None = None) -> Answer | None:
        """Ask once; None, after a pause, when the signal was lost or the portal failed."""
        answer = self._once(method, path, words)
        if answer is None:
            self.weather.met("no answer")
        elif answer.status >= 500:
            self.weather.met(f"status {answer.status}")
            return None
        return answer

    def _once(self, method: str, path: str, words: Mapping[str, str] | None = None) -> Answer | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in list(self.cookies.items()))}
        body = None
        if words is not None:
            body = urlencode(words)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            got = connection.getresponse()
            text = got.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
        for line in got.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Answer(got.status, text, urlsplit(got.headers.get("Location", "")).path)


def token_in(page: str) -> str:
    """Return the CSRF token of a page's form."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return found[1] if found else ""


def key_in(page: str) -> str:
    """Return the key of a page's form."""
    found = re.search(r'name="form_key"[^>]*value="([0-9a-f]{32})"', page) or re.search(
        r'value="([0-9a-f]{32})"[^>]*name="form_key"', page
    )
    return found[1] if found else ""
