"""When and what kind: stations, duty days, visits and residents' matters, and the moves between their states."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kit.workflow import move


class StationKind(TextChoices):
    """Kinds of fixed places where members meet residents."""

    WORK_STATION = "work_station", _("Work station")
    STUDIO = "studio", _("Member studio")
    SECTOR_HALL = "sector_hall", _("Sector hall")
    CONSULT_ROOM = "consult_room", _("Consultation room")
    MEMBERS_HOME = "members_home", _("Members' home")


class StationLayer(TextChoices):
    """The three layers of stations."""

    TOWN = "town", _("Town level")
    VILLAGE = "village", _("Village level")
    ENTERPRISE = "enterprise", _("Enterprise level")


class DutyKind(TextChoices):
    """How the days of a duty rule are found."""

    WEEKLY = "weekly", _("Every week")
    NTH_WEEKEND = "nth_weekend", _("A weekend of each month")
    MONTH_DAYS = "month_days", _("Fixed days of the month")
    WEEKLY_ROTA = "weekly_rota", _("Every week by rota")


class SlotState(TextChoices):
    """One duty day from plan to record."""

    PLANNED = "planned", _("Planned")
    CONFIRMED = "confirmed", _("Confirmed")
    DONE = "done", _("Served")
    MISSED = "missed", _("Missed")
    CANCELLED = "cancelled", _("Cancelled")


D = SlotState
SLOT_MOVES = {
    "confirm": move([D.PLANNED], D.CONFIRMED, _("Confirm")),
    "serve": move([D.PLANNED, D.CONFIRMED], D.DONE, _("Log the visit")),
    "miss": move([D.PLANNED, D.CONFIRMED], D.MISSED, _("Mark as missed")),
    "cancel": move([D.PLANNED, D.CONFIRMED], D.CANCELLED, _("Cancel")),
}


# How strongly a page shows each state; the same words for all three things of this room.
SLOT_TONES = {D.PLANNED: "open", D.CONFIRMED: "note", D.DONE: "go", D.MISSED: "warn", D.CANCELLED: ""}


class Direction(TextChoices):
    """Receiving people or going out to them."""

    IN = "in", _("Received at the station")
    OUT = "out", _("Visited on the spot")


class VisitState(TextChoices):
    """A visit record until the station vouches for it."""

    LOGGED = "logged", _("Logged")
    RETURNED = "returned", _("Sent back")
    CONFIRMED = "confirmed", _("Confirmed")


V = VisitState
VISIT_MOVES = {
    "confirm": move([V.LOGGED], V.CONFIRMED, _("Confirm")),
    "return": move([V.LOGGED], V.RETURNED, _("Send back")),
    "resend": move([V.RETURNED], V.LOGGED, _("Send again")),
}


VISIT_TONES = {V.LOGGED: "open", V.RETURNED: "warn", V.CONFIRMED: "go"}

# What the history calls a visit's first step; logging begins the way, so it is no move.
VISIT_WORDS = {"log": _("Log the visit"), **{verb: step.label for verb, step in VISIT_MOVES.items()}}


class Channel(TextChoices):
    """How a matter reached the station."""

    DUTY = "duty", _("Duty day")
    FIELD = "field", _("Field visit")
    PHONE = "phone", _("Telephone call")
    MAILBOX = "mailbox", _("Mailbox")
    CHAT = "chat", _("Chat group")
    SESSION = "session", _("Consultation session")


class Difficulty(TextChoices):
    """How hard a matter is; each has its own clock."""

    EASY = "easy", _("Easy")
    MEDIUM = "medium", _("Medium")
    HARD = "hard", _("Hard")


class Rating(TextChoices):
    """What the person who raised it says; not reached is not satisfied."""

    SATISFIED = "satisfied", _("Satisfied")
    BASICALLY = "basically", _("Basically satisfied")
    NOT = "not", _("Not satisfied")
    UNREACHED = "unreached", _("Could not be reached")


class MatterState(TextChoices):
    """A resident's matter from being heard to being struck off the ledger."""

    RECEIVED = "received", _("Received")
    CLASSIFIED = "classified", _("Classified")
    WORKING = "working", _("Handled by the station")
    ASSIGNED = "assigned", _("Handed to a unit")
    ANSWERED = "answered", _("Answered to the resident")
    CLOSED = "closed", _("Closed")
    ESCALATED = "escalated", _("Made a topic")


M = MatterState
MATTER_MOVES = {
    "classify": move([M.RECEIVED, M.CLASSIFIED], M.CLASSIFIED, _("Classify")),
    "take": move([M.RECEIVED, M.CLASSIFIED], M.WORKING, _("Handle it here")),
    "assign": move([M.RECEIVED, M.CLASSIFIED, M.WORKING], M.ASSIGNED, _("Hand to a unit")),
    "answer": move([M.RECEIVED, M.CLASSIFIED, M.WORKING, M.ASSIGNED, M.ESCALATED], M.ANSWERED, _("Tell the resident")),
    "close": move([M.ANSWERED], M.CLOSED, _("Close the matter")),
    "reopen": move([M.ANSWERED, M.CLOSED], M.CLASSIFIED, _("Reopen")),
    "again": move([M.ANSWERED, M.CLOSED], M.ASSIGNED, _("Back to the unit")),
    "escalate": move([M.RECEIVED, M.CLASSIFIED, M.WORKING], M.ESCALATED, _("Make it a topic")),
}

MATTER_TONES = {
    M.RECEIVED: "open",
    M.CLASSIFIED: "open",
    M.WORKING: "note",
    M.ASSIGNED: "note",
    M.ESCALATED: "note",
    M.ANSWERED: "go",
    M.CLOSED: "",
}
MATTER_OPEN = (M.RECEIVED, M.CLASSIFIED, M.WORKING, M.ASSIGNED, M.ESCALATED)

# What the history calls a matter's first step, which is no move, and a new day, which leaves the state as it is.
MATTER_WORDS = {
    "receive": _("Take down"),
    "move": _("Promised day moved"),
    **{verb: step.label for verb, step in MATTER_MOVES.items()},
}


class Show(TextChoices):
    """The views of the ledger: which matters are looked at."""

    OPEN = "open", _("Open")
    OVERDUE = "overdue", _("Overdue")
    RECEIVED = "received", _("To be classified")
    ANSWERED = "answered", _("To be closed")
    ALL = "all", _("All")
