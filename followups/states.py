"""When: the states of an assignment, the moves between them, and the lights that follow from its dates."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kit.workflow import move


class AssignmentState(TextChoices):
    """From hand-over to being struck off the list."""

    HANDED_OVER = "handed_over", _("Handed over")
    SIGNED = "signed", _("Signed for")
    IN_HAND = "in_hand", _("In hand")
    PAUSED = "paused", _("Paused")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Struck off")


S = AssignmentState
JUDGED_IN = (S.ANSWERED, S.CLOSED)
RUNNING = (S.HANDED_OVER, S.SIGNED, S.IN_HAND)  # its clock runs
OPEN = (*RUNNING, S.PAUSED)  # an answer is still owed
SILENT = (S.SIGNED, S.IN_HAND, S.PAUSED)  # there is a receipt and no answer

ASSIGNMENT_MOVES = {
    "sign": move([S.HANDED_OVER], S.SIGNED, _("Sign for it")),
    "contact": move([S.SIGNED, S.IN_HAND], S.IN_HAND, _("Note a contact")),
    "progress": move([S.SIGNED, S.IN_HAND], S.IN_HAND, _("Report progress")),
    "pause": move([S.SIGNED, S.IN_HAND], S.PAUSED, _("Pause")),
    "resume": move([S.PAUSED], S.IN_HAND, _("Go on")),
    "pass_on": move(RUNNING, S.HANDED_OVER, _("Pass on to another unit")),
    "answer": move([S.SIGNED, S.IN_HAND], S.ANSWERED, _("Answer")),
    "send_back": move([S.ANSWERED], S.IN_HAND, _("Send back to be done again")),
    "rehandle": move([S.ANSWERED], S.IN_HAND, _("Have it handled a second time")),
    "close": move([S.ANSWERED], S.CLOSED, _("Strike off")),
    "reopen": move([S.CLOSED], S.IN_HAND, _("Reopen")),
}

# What the history calls each step; a hand-over begins the way, so it is no move.
STEP_WORDS = {"hand_over": _("Hand over"), **{verb: step.label for verb, step in ASSIGNMENT_MOVES.items()}}
# Steps that are written down and move nothing, so no figure counts them.
QUIET_WORDS = {
    "handler": _("Name the handler"),
    "milestone": _("Promise a milestone"),
    "reach": _("Milestone reached"),
    "supervise": _("Supervision"),
    "add_part": _("Add an assisting unit"),
}
# Acts that move nothing by themselves, and the states in which they make sense.
ACTS_IN = {
    "ask": RUNNING,
    "handler": SILENT,
    "milestone": SILENT,
    "clear_draft": (S.SIGNED, S.IN_HAND),
    "return_draft": (S.SIGNED, S.IN_HAND),
    "supervise": (*OPEN, S.ANSWERED),
    "add_part": RUNNING,
    "press": RUNNING,
    "make_pass": OPEN,
}

# How strongly a page shows each state.
TONES = {S.HANDED_OVER: "open", S.SIGNED: "note", S.IN_HAND: "note", S.PAUSED: "warn", S.ANSWERED: "go", S.CLOSED: ""}


class Light(TextChoices):
    """How an assignment stands against its clock; read from its dates, never stored."""

    DONE = "done", _("Answered")
    PAUSED = "paused", _("Clock stopped")
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
    NOT_SATISFIED = "not_satisfied", _("Judged not satisfied")
    ALL = "all", _("All")


class OriginKind(TextChoices):
    """What an assignment was made from."""

    MATTER = "matter", _("Resident's matter")
    OUTCOME = "outcome", _("Consultation outcome")
    PROPOSAL = "proposal", _("Proposal")
    TASK_LIST = "task_list", _("Task list")


class Part(TextChoices):
    """The part a unit has in the handling."""

    SOLE = "sole", _("Alone")
    LEAD = "lead", _("Leading unit")
    ASSIST = "assist", _("Assisting unit")
    SPLIT = "split", _("Each its own share")


class Level(TextChoices):
    """Who watches over it and presses."""

    ORDINARY = "", _("Ordinary")
    OFFICES = "offices", _("Two offices")
    SPECIAL = "special", _("Special committee")
    CHAIR = "chair", _("Chair-led")


class RequestKind(TextChoices):
    """What a unit may ask the office for."""

    RELEASE = "release", _("Release")
    EXTENSION = "extension", _("Extension")
    PAUSE = "pause", _("Pause")


class RequestState(TextChoices):
    """A unit's request until it is decided."""

    PENDING = "pending", _("To be decided")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")


ASKED_IN = {  # the states of an assignment in which each may be asked for
    RequestKind.RELEASE: (S.HANDED_OVER, S.SIGNED),
    RequestKind.EXTENSION: (S.SIGNED, S.IN_HAND),
    RequestKind.PAUSE: (S.SIGNED, S.IN_HAND),
}

ASK_WORDS = {  # what the page of each is called, and what it says first
    RequestKind.RELEASE: (
        _("Ask for release"),
        _("Say why it is not yours. The office names another unit; you cannot pass it on yourselves."),
    ),
    RequestKind.EXTENSION: (_("Ask for more time"), _("Until it is decided, the day stays as it is.")),
    RequestKind.PAUSE: (_("Ask for a pause"), _("While it is paused the clock stands still.")),
}

R = RequestState
REQUEST_MOVES = {
    "grant": move([R.PENDING], R.GRANTED, _("Grant")),
    "refuse": move([R.PENDING], R.REFUSED, _("Refuse")),
    "withdraw": move([R.PENDING], R.WITHDRAWN, _("Take back")),
}
REQUEST_TONES = {R.PENDING: "open", R.GRANTED: "go", R.REFUSED: "stop", R.WITHDRAWN: ""}


class DueCause(TextChoices):
    """Why the day an answer is due was moved."""

    EXTENSION = "extension", _("Extension")
    PAUSE = "pause", _("Pause")
    PASS_ON = "pass_on", _("Passed on to another unit")
    REHANDLE = "rehandle", _("Handled a second time")
    REOPEN = "reopen", _("Reopened")
    CALENDAR = "calendar", _("New calendar")


class DegreeKind(TextChoices):
    """What a letter of degree means, whatever it is called."""

    SOLVED = "solved", _("Solved or adopted")
    PARTLY = "partly", _("Under way")
    PLANNED = "planned", _("Planned")
    LATER = "later", _("Not possible now")
    REFERENCE = "reference", _("For reference, explained")


class Attitude(TextChoices):
    """How whoever raised it found the way it was handled."""

    SATISFIED = "satisfied", _("Satisfied with the way")
    UNDERSTANDING = "understanding", _("Understands")
    NOT = "not", _("Not satisfied with the way")


class Result(TextChoices):
    """How whoever raised it found what came of it; not reached and not answered are no satisfaction."""

    SATISFIED = "satisfied", _("Satisfied")
    BASICALLY = "basically", _("Basically satisfied")
    NOT = "not", _("Not satisfied")
    UNREACHED = "unreached", _("Could not be reached")
    SILENT = "silent", _("No feedback given")


NOT_SAID = (Result.SILENT.value, "")  # nothing has been said yet, so something still can be
TRIES = 3  # before somebody counts as not reached


class ContactWay(TextChoices):
    """How the unit heard whoever raised it."""

    VISIT = "visit", _("Visit")
    PHONE = "phone", _("By telephone")
    MEETING = "meeting", _("At a meeting")
    DECLINED = "declined", _("Said there was no need")
    NONE = "none", _("Not at all")


class ToThePoint(TextChoices):
    """Whether an answer speaks to what was asked."""

    YES = "yes", _("Yes")
    BASICALLY = "basically", _("On the whole")
    NO = "no", _("No")


class Finding(TextChoices):
    """What a later look finds (回头看)."""

    STAYS = "stays", _("Stays done")
    PARTLY = "partly", _("Partly")
    NOT = "not", _("Not done")


class ShowLooks(TextChoices):
    """The views of the list of later looks."""

    DUE = "due", _("Due now")
    AHEAD = "ahead", _("Ahead")
    DONE = "done", _("Done")
    ALL = "all", _("All")


class Rung(TextChoices):
    """The steps of pressing, from a word to a bulletin (催办、督办、通报)."""

    REMIND = "remind", _("Reminder")
    URGE = "urge", _("Urging")
    SUPERVISE = "supervise", _("Supervision")
    BULLETIN = "bulletin", _("Bulletin")


class Anchor(TextChoices):
    """The day from which a rung of the ladder counts."""

    SIGN_DUE = "sign_due", _("the day to sign for it")
    DUE = "due", _("the day the answer is due")


class Told(TextChoices):
    """Whom a rung of the ladder tells."""

    UNIT = "unit", _("The unit")
    UNIT_AND_OFFICE = "office", _("The unit and the office")
    UNIT_OFFICE_AND_LEADERS = "leaders", _("The unit, the office and leaders")


class TaskListKind(TextChoices):
    """Papers whose points become tasks."""

    INSTRUCTION = "instruction", _("Leader's instruction")
    REPORT = "report", _("Special report")
    ISSUES = "issues", _("List of issues")


class Rank(TextChoices):
    """At which level a leader stands."""

    COUNTY = "county", _("County")
    PREFECTURE = "prefecture", _("Prefecture")
    PROVINCE = "province", _("Province")
    NATION = "nation", _("Nation")


class TaskListState(TextChoices):
    """A list until what became of it has been reported back."""

    DRAFT = "draft", _("Being written")
    ISSUED = "issued", _("Handed over")
    REPORTED = "reported", _("Reported back")


T = TaskListState
TASK_LIST_MOVES = {
    "issue": move([T.DRAFT], T.ISSUED, _("Hand over all points")),
    "report": move([T.ISSUED], T.REPORTED, _("Report back")),
}
TASK_LIST_TONES = {T.DRAFT: "", T.ISSUED: "open", T.REPORTED: "go"}
