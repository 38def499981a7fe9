"""Who may do what, by hand: the expectation against which every address is tried.

A row names an address, the objects in it, and who may GET and POST it. `member` is the one whose things these are
(took the matter in, is on duty, is invited, wrote the proposal), `keeper` keeps the station, `officer` answers for the
unit; the `other_…` ones have the same function elsewhere in the same committee.
"""

from __future__ import annotations

from dataclasses import dataclass

OFFICE = "clerk leader"
MEMBERS = "member other_member"
KEEPERS = "keeper other_keeper"
UNITS = "officer other_officer"
DIRECTORY = f"{OFFICE} {MEMBERS} {KEEPERS}"
EVERYBODY = f"{DIRECTORY} {UNITS}"


@dataclass(frozen=True)
class Row:
    """One address: whose it is, and who may look and act."""

    name: str
    things: tuple[str, ...] = ()
    get: str = ""
    post: str = ""
    is_public: bool = False


def row(name: str, things: str = "", *, get: str = "", post: str = "", public: bool = False) -> Row:
    """Write a row; `things`, `get` and `post` are words with spaces between."""
    return Row(name, tuple(things.split()), get, post, public)


def roles(words: str) -> list[str]:
    """Return the roles named in a row."""
    return words.split()


FRAMEWORK = {"login", "logout", "set_language"}

ROWS = [
    row("home", get=EVERYBODY),
    row("password_change", get=EVERYBODY + " nobody", post=EVERYBODY + " nobody"),
    row("password_change_done", get=EVERYBODY + " nobody"),
    # proposals
    row("proposals:list", get=EVERYBODY),
    row("proposals:create", get=MEMBERS, post=MEMBERS),
    row("proposals:detail", "proposal", get="clerk leader member"),
    row("proposals:edit", "proposal", get="member", post="member"),
    row("proposals:submit", "proposal", post="member"),
    row("proposals:withdraw", "proposal", post="member"),
    row("proposals:return", "proposal", get="clerk", post="clerk"),
    row("proposals:file", "proposal", post="clerk"),
    row("proposals:decline", "proposal", get="clerk", post="clerk"),
    row("proposals:hand_over", "proposal", get="clerk", post="clerk"),
    row("proposals:rate", "proposal"),
]
