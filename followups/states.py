"""When: the states of an assignment, the moves between them, and the lights that follow from its dates."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kit.workflow import move


class AssignmentState(TextChoices):
    """From hand-over to being struck off the list."""

    HANDED_OVER = "handed_over", _("Handed over")
    SIGNED = "signed", _("Signed for")
    IN_HAND = "in_hand", _("In hand")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Struck off")


S = AssignmentState
OPEN = (S.HANDED_OVER, S.SIGNED, S.IN_HAND)

ASSIGNMENT_MOVES = {
    "sign": move([S.HANDED_OVER], S.SIGNED, _("Sign for it")),
    "progress": move([S.SIGNED, S.IN_HAND], S.IN_HAND, _("Report progress")),
    "answer": move([S.SIGNED, S.IN_HAND], S.ANSWERED, _("Answer")),
    "send_back": move([S.ANSWERED], S.IN_HAND, _("Send back to be done again")),
    "close": move([S.ANSWERED], S.CLOSED, _("Strike off")),
}

# What the history calls each step; a hand-over begins the way, so it is no move.
STEP_WORDS = {"hand_over": _("Hand over"), **{verb: step.label for verb, step in ASSIGNMENT_MOVES.items()}}

# How strongly a page shows each state.
TONES = {S.HANDED_OVER: "open", S.SIGNED: "note", S.IN_HAND: "note", S.ANSWERED: "go", S.CLOSED: ""}


class Light(TextChoices):
    """How an assignment stands against its clock; read from its dates, never stored."""

    DONE = "done", _("Answered")
    GREEN = "green", _("On time")
    BLUE = "blue", _("Due soon")
    YELLOW = "yellow", _("Urgent")
    RED = "red", _("Overdue")


class Show(TextChoices):
    """The views of the list: which assignments are looked at."""

    OPEN = "open", _("Still open")
    OVERDUE = "overdue", _("Overdue")
    DUE_SOON = "due_soon", _("Due soon")
    UNSIGNED = "unsigned", _("To be signed for")
    UNSIGNED_LATE = "unsigned_late", _("Not signed for in time")
    NO_ANSWER = "no_answer", _("Receipt without an answer")
    ANSWERED = "answered", _("To be struck off")
    ALL = "all", _("All")


class OriginKind(TextChoices):
    """What an assignment was made from."""

    MATTER = "matter", _("Resident's matter")
    OUTCOME = "outcome", _("Consultation outcome")
    PROPOSAL = "proposal", _("Proposal")
