"""A small browser: keeps cookies, signs in by the form, fills in forms, and times every answer."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode
from uuid import uuid4

TIMEOUT = 30  # seconds for one request


@dataclass
class Answer:
    """What came back: the status, the text, where to, and how long it took in milliseconds."""

    status: int
    text: str
    location: str
    ms: float


@dataclass
class Browser:
    """One person's browser, for 127.0.0.1 only."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields))

    def sign_in(self, username: str, password: str) -> None:
        """Sign in through the portal's form; raises RuntimeError when the portal says no."""
        fields = dict(form_of(self.get("/sign-in/").text, "password"))
        answer = self.post("/sign-in/", list({**fields, "username": username, "password": password}.items()))
        if answer.status != 302:
            raise RuntimeError(f"{username} cannot sign in: {answer.status}")

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self._line.request(method, path, body, headers)  # a sync worker closes after each answer; this opens again
        response = self._line.getresponse()
        text = response.read()
        ms = (time.perf_counter() - begun) * 1000
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value
        return Answer(response.status, text.decode(errors="replace"), response.headers.get("Location", ""), ms)


class _Forms(HTMLParser):
    """Collects the forms of a page, each with its fields as a browser would send them untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._select = self._area = ""
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag == "input" and a.get("name") and a.get("type") not in ("file", "submit"):
            if a.get("type") not in ("checkbox", "radio") or "checked" in a:
                self._put(a["name"], a.get("value") or "")
        elif tag == "textarea" and a.get("name"):
            self._area = a["name"] or ""
            self._put(self._area, "")
        elif tag == "select":
            self._select, self._options = a.get("name") or "", []
        elif tag == "option" and self._select:
            self._options.append((a.get("value") or "", "selected" in a))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area][-1] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select" and self._select:
            values = [value for value, chosen in self._options if chosen and value]
            values = values or [value for value, _ in self._options if value][:1]  # the first there is to choose
            for value in values[:1]:
                self._put(self._select, value)
            self._select = ""

    def _put(self, name: str | None, value: str) -> None:
        self.forms[-1].setdefault(name or "", []).append(value)


def form_of(page: str, field_name: str) -> list[tuple[str, str]]:
    """Return the fields of the page's form that has `field_name`; raises LookupError when there is none."""
    parser = _Forms()
    parser.feed(page)
    for form in parser.forms:
        if field_name in form:
            return [(name, value) for name, values in form.items() for value in values if name]
    raise LookupError(f"no form with a field {field_name}")


def filled(fields: list[tuple[str, str]], **words: str) -> list[tuple[str, str]]:
    """Return the form with `words` typed in and a key of its own, so that it is taken as a new one."""
    words = {**words, "form_key": uuid4().hex}
    kept = [(name, value) for name, value in fields if name not in words]
    return kept + list(words.items())
