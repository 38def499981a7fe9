"""The load: clients that walk the portal's chain over HTTP, from a visit with its matters to the closed matter."""

from __future__ import annotations

import random
import re
import threading
from collections.abc import Sequence
from datetime import date

from .journal import Journal, Post
from .phone import GaveUp, Phone, Weather
from .town import PASSWORD, Crew

REPEATS = 0.2  # how many forms are sent again although they were answered
AT_ONCE = 0.15  # how many are sent twice at the same moment


class Client(threading.Thread):
    """One crew at work: a member logs visits, the office hands the matters over, the unit's officers handle them."""

    def __init__(self, number: int, crew: Crew, *, port: int, journal: Journal, weather: Weather, on: date, seed: int):
        super().__init__(daemon=True, name=f"client {number}")
        self.number, self.crew, self.journal, self.today = number, crew, journal, on
        self.chance = random.Random(f"{seed}-{number}")
        self.asked_to_stop = threading.Event()
        self.member, self.clerk, self.officer, self.other_officer = (
            Phone(port, name, PASSWORD, weather) for name in (crew.member, crew.clerk, *crew.officers)
        )
        self._count = 0
        self.is_last = False
        self.fault: BaseException | None = None

    def run(self) -> None:
        """Log visits until asked to stop; the form at hand is sent to its end while the signal lasts."""
        try:
            while not self.asked_to_stop.is_set():
                self.walk()
        except GaveUp:
            pass
        except Exception as fault:  # a mistake of the harness must not look like a quiet run
            self.fault = fault

    def walk(self) -> None:
        """Walk the whole chain once."""
        visit = self._visit()
        for matter in dict.fromkeys(re.findall(r"/matters/\d+/", self.member.page(visit))):
            self._handle(matter)

    def walk_once_more(self) -> None:
        """After the end: log one more visit with everything that follows from it."""
        self.is_last = True
        self.walk()

    def _visit(self) -> str:
        mark = self._mark("v")
        count = self.chance.randint(1, 3)
        matters = tuple(f"{mark}-{number}" for number in range(count))
        people = self.chance.randint(1, 60)
        words = {
            "station": str(self.crew.station),
            "day": f"{self.today:%Y-%m-%d}",
            "direction": "in",
            "person_times": str(people),
            "note": mark,
            "matters-TOTAL_FORMS": str(count),
            "matters-INITIAL_FORMS": "0",
            **{f"matters-{number}-subject": subject for number, subject in enumerate(matters)},
        }
        post = Post("visit", mark, matters=matters, person_times=people)
        return self._post(self.member, "/visits/new/", post, words)

    def _handle(self, matter: str) -> None:
        """One matter from being handed over to being closed."""
        request = self._mark("a")
        words = {"unit": str(self.crew.unit), "difficulty": "easy", "request": request, "due_on": ""}
        self._post(self.clerk, f"{matter}assign/", Post("hand over", request), words)
        assignment = re.findall(r"/assignments/\d+/", self.clerk.page(matter))[0]
        if self.chance.random() < AT_ONCE:
            self._race(f"{assignment}sign/")
        else:
            self._say(self.officer, f"{assignment}sign/", "sign", "handler")
        self._say(self.officer, f"{assignment}progress/", "progress", "text")
        degree = re.findall(r'name="degree" value="(\d+)"', self.officer.page(f"{assignment}answer/"))[0]
        self._say(self.officer, f"{assignment}answer/", "answer of the unit", "text", degree=degree)
        self._say(self.clerk, f"{assignment}close/", "strike off", "proof")
        self._say(self.clerk, f"{matter}answer/", "tell the resident", "answer")
        self._say(self.clerk, f"{matter}close/", "close the matter", "note", rating="satisfied")

    def _say(self, phone: Phone, path: str, kind: str, field: str, **more: str) -> None:
        mark = self._mark("s")
        self._post(phone, path, Post(kind, mark), {field: mark, **more})

    def _post(self, phone: Phone, path: str, post: Post, words: dict[str, str]) -> str:
        """Send one form; now and then twice at once, now and then once more although it was answered."""
        if self.asked_to_stop.is_set() and not self.is_last:
            raise GaveUp("the run is over")
        csrf, post.key = phone.form(path)
        self.journal.open(post)
        twice = self.chance.random() < AT_ONCE
        post.answers += phone.send(path, words, csrf=csrf, key=post.key, twice=twice)
        post.is_accepted = True
        if self.chance.random() < REPEATS:
            post.answers += phone.send(path, words, csrf=csrf, key=post.key)
            post.repeats += 1
        return post.answers[0]

    def _race(self, path: str) -> None:
        """Both officers of the unit press at the same moment; one of them is told that the other was faster."""
        phones, posts = (self.officer, self.other_officer), []
        forms = [phone.form(path) for phone in phones]
        for _csrf, key in forms:
            posts.append(self.journal.open(Post("sign", self._mark("r"), key=key, is_race=True)))

        def press(phone: Phone, csrf: str, post: Post) -> None:
            try:
                post.answers += phone.send(path, {"handler": post.mark}, csrf=csrf, key=post.key)
                post.is_accepted = True
            except GaveUp:
                pass

        pressing = [
            threading.Thread(target=press, args=(phone, csrf, post))
            for phone, (csrf, _key), post in zip(phones, forms, posts, strict=True)
        ]
        for thread in pressing:
            thread.start()
        for thread in pressing:
            thread.join()
        if not all(post.is_accepted for post in posts):
            raise GaveUp(path)

    def _mark(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self.number}x{self._count:05}"


def start(crews: Sequence[Crew], *, port: int, journal: Journal, weather: Weather, on: date, seed: int) -> list[Client]:
    """Send every crew to work and return the clients."""
    clients = [
        Client(number, crew, port=port, journal=journal, weather=weather, on=on, seed=seed)
        for number, crew in enumerate(crews)
    ]
    for client in clients:
        client.start()
    return clients


def finish(clients: Sequence[Client], weather: Weather, *, until: float) -> None:
    """Ask all to stop and wait for them; raises what went wrong in the harness itself."""
    weather.until = until
    for client in clients:
        client.asked_to_stop.set()
    for client in clients:
        client.join()
    for client in clients:
        if client.fault:
            raise client.fault
