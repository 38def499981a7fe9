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
    CLOSED = "closed", _("Closed")


S = AssignmentState
OPEN = (S.HANDED_OVER, S.SIGNED, S.IN_HAND)

ASSIGNMENT_MOVES = {
    "sign": move([S.HANDED_OVER], S.SIGNED, _("Sign for it")),
    "progress": move([S.SIGNED, S.IN_HAND], S.IN_HAND, _("Report progress")),
    "answer": move([S.SIGNED, S.IN_HAND], S.ANSWERED, _("Answer")),
    "send_back": move([S.ANSWERED], S.IN_HAND, _("Send back")),
    "close": move([S.ANSWERED], S.CLOSED, _("Close")),
}


class Light(TextChoices):
    """How an assignment stands against its clock; read from its dates, never stored."""

    DONE = "done", _("Answered")
    GREEN = "green", _("On time")
    BLUE = "blue", _("Due soon")
    YELLOW = "yellow", _("Urgent")
    RED = "red", _("Overdue")


class OriginKind(TextChoices):
    """What an assignment was made from."""

    MATTER = "matter", _("Resident's matter")
    OUTCOME = "outcome", _("Consultation outcome")
    PROPOSAL = "proposal", _("Proposal")
