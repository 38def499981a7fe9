"""When and what kind: topics, consultation sessions, who sits in them, and what comes out."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kit.workflow import move


class TopicSource(TextChoices):
    """Where a topic came from."""

    PARTY = "party", _("Named by the party committee")
    GOVERNMENT = "government", _("Named by the government")
    MEMBER = "member", _("Raised by members")
    SECTOR = "sector", _("Raised by a sector or party")
    SPECIAL_COMMITTEE = "special_committee", _("Raised by a special committee")
    RESIDENTS = "residents", _("Heard from residents")
    HOTLINE = "hotline", _("Hotline data")
    PROPOSAL = "proposal", _("From a proposal")
    OPINION = "opinion", _("From an opinion report")
    UPPER = "upper", _("Together with an upper committee")
    CARRIED_OVER = "carried_over", _("Left from last year")


class TopicState(TextChoices):
    """A topic from draft to done."""

    DRAFTED = "drafted", _("Drafted")
    CONFIRMED = "confirmed", _("Settled")
    CLOSED = "closed", _("Closed")
    DROPPED = "dropped", _("Dropped")


T = TopicState
TOPIC_MOVES = {
    "confirm": move([T.DRAFTED], T.CONFIRMED, _("Confirm the topic")),
    "close": move([T.CONFIRMED], T.CLOSED, _("Close the topic")),
    "drop": move([T.DRAFTED, T.CONFIRMED], T.DROPPED, _("Drop the topic")),
}


TOPIC_WORDS = dict(TopicState.choices)
SOURCE_WORDS = dict(TopicSource.choices)
# How strongly a page shows each state.
TOPIC_TONES: dict[str, str] = {T.DRAFTED: "open", T.CONFIRMED: "note", T.CLOSED: "", T.DROPPED: ""}


class SessionState(TextChoices):
    """A consultation session from being scheduled to being filed away."""

    PLANNED = "planned", _("Scheduled")
    NOTIFIED = "notified", _("Notice sent")
    IN_SESSION = "in_session", _("In session")
    MINUTES_ISSUED = "minutes_issued", _("Minutes issued")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


S = SessionState
SESSION_MOVES = {
    "notify": move([S.PLANNED], S.NOTIFIED, _("Send the notice")),
    "open": move([S.PLANNED, S.NOTIFIED], S.IN_SESSION, _("Open the meeting")),
    "issue": move([S.IN_SESSION], S.MINUTES_ISSUED, _("Issue the minutes")),
    "close": move([S.MINUTES_ISSUED], S.CLOSED, _("File it away")),
    "cancel": move([S.PLANNED, S.NOTIFIED], S.CANCELLED, _("Cancel")),
}


SESSION_TONES: dict[str, str] = {
    S.PLANNED: "open",
    S.NOTIFIED: "note",
    S.IN_SESSION: "warn",
    S.MINUTES_ISSUED: "go",
    S.CLOSED: "",
    S.CANCELLED: "",
}
SESSION_WORDS = dict(SessionState.choices)
UPCOMING = (S.PLANNED, S.NOTIFIED)
HELD = (S.IN_SESSION, S.MINUTES_ISSUED, S.CLOSED)

# What the history calls each step; a change of time is written down too, though the state stays as it is.
SESSION_STEP_WORDS = {"move": _("Moved"), **{verb: step.label for verb, step in SESSION_MOVES.items()}}


class ParticipantKind(TextChoices):
    """The sides at the table."""

    MEMBER = "member", _("Members")
    OFFICER = "officer", _("Unit officers")
    RESIDENT = "resident", _("Residents")
    EXPERT = "expert", _("Experts")


class RsvpState(TextChoices):
    """What an invited person answered."""

    INVITED = "invited", _("No answer yet")
    ATTENDING = "attending", _("Attending")
    LEAVE_ASKED = "leave_asked", _("Leave asked for")
    LEAVE_GRANTED = "leave_granted", _("On leave")
    LEAVE_REFUSED = "leave_refused", _("Leave refused")


R = RsvpState
RSVP_MOVES = {
    "attend": move([R.INVITED, R.LEAVE_ASKED, R.LEAVE_GRANTED, R.LEAVE_REFUSED], R.ATTENDING, _("Attend")),
    "ask_leave": move([R.INVITED, R.ATTENDING], R.LEAVE_ASKED, _("Ask for leave")),
    "grant_leave": move([R.LEAVE_ASKED], R.LEAVE_GRANTED, _("Grant leave")),
    "refuse_leave": move([R.LEAVE_ASKED], R.LEAVE_REFUSED, _("Refuse leave")),
}


RSVP_WORDS = dict(RsvpState.choices)
RSVP_TONES: dict[str, str] = {
    R.INVITED: "open",
    R.ATTENDING: "go",
    R.LEAVE_ASKED: "warn",
    R.LEAVE_GRANTED: "",
    R.LEAVE_REFUSED: "stop",
}


class Presence(TextChoices):
    """Who was there."""

    PRESENT = "present", _("Present")
    LATE = "late", _("Came late")
    ABSENT = "absent", _("Absent")


PRESENCE_WORDS = dict(Presence.choices)


class SpeechMode(TextChoices):
    """How somebody spoke."""

    ORAL = "oral", _("Spoken")
    WRITTEN = "written", _("In writing")


class OutcomeKind(TextChoices):
    """What became of a point: done on the spot, to be done by a day, or explained."""

    SOLVED = "solved", _("Solved on the spot")
    TODO = "todo", _("To be done by a date")
    EXPLAINED = "explained", _("Explained")


OUTCOME_WORDS = dict(OutcomeKind.choices)
OUTCOME_TONES: dict[str, str] = {OutcomeKind.SOLVED: "go", OutcomeKind.TODO: "note", OutcomeKind.EXPLAINED: ""}
