"""What the people's floor keeps."""

from .bodies import Area, Group, GroupSeat, Sector, Unit
from .committees import Brand, CalendarDay, CalendarVersion, Committee, Term
from .people import Membership, Person, RoleGrant, User
from .records import ExportLog, FormKey, ImportRun, ImportStep, Notice, NumberSeries
from .steps import StepBase
from .tenancy import CommitteeOwned

__all__ = [
    "Area",
    "Brand",
    "CalendarDay",
    "CalendarVersion",
    "Committee",
    "CommitteeOwned",
    "ExportLog",
    "FormKey",
    "Group",
    "GroupSeat",
    "ImportRun",
    "ImportStep",
    "Membership",
    "Notice",
    "NumberSeries",
    "Person",
    "RoleGrant",
    "Sector",
    "StepBase",
    "Term",
    "Unit",
    "User",
]
