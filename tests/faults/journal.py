"""What the clients wrote down: every form they sent, how often, and whether they were told that it was taken."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field


@dataclass
class Post:
    """One form of one client. `mark` is a word that occurs nowhere else; it is found again in the row it made."""

    kind: str
    mark: str
    key: str = ""
    matters: tuple[str, ...] = ()
    person_times: int = 0
    is_accepted: bool = False
    answers: list[str] = field(default_factory=list)
    repeats: int = 0  # sent again on purpose, after an answer
    # Two people press at once: which of the two was faster cannot be known from the answers.
    is_race: bool = False


class Journal:
    """Every post of a run; written by all clients."""

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self._lock = threading.Lock()

    def open(self, post: Post) -> Post:
        """Write down a post before it is sent for the first time."""
        with self._lock:
            self.posts.append(post)
        return post

    @property
    def accepted(self) -> list[Post]:
        """Those whose client was told that they were taken."""
        return [post for post in self.posts if post.is_accepted]
