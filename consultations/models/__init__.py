"""What the consultation room keeps."""

from .outcomes import Consensus, Outcome, ReservedView, Speech
from .sessions import Paper, Participant, ParticipantStep, Session, SessionStep
from .topics import ConsultationForm, Plan, Topic, TopicStep

__all__ = [
    "Consensus",
    "ConsultationForm",
    "Outcome",
    "Paper",
    "Participant",
    "ParticipantStep",
    "Plan",
    "ReservedView",
    "Session",
    "SessionStep",
    "Speech",
    "Topic",
    "TopicStep",
]
