"""What the front door keeps."""

from . import among  # noqa: F401 -- its lookups must be known before a queryset asks for them
from .duty import DutyPlace, DutyRule, DutySlot, DutyTurn, SlotStep
from .matters import Matter, MatterStep
from .stations import Station
from .visits import Visit, VisitStep

__all__ = [
    "DutyPlace",
    "DutyRule",
    "DutySlot",
    "DutyTurn",
    "Matter",
    "MatterStep",
    "SlotStep",
    "Station",
    "Visit",
    "VisitStep",
]
