"""What the people's floor keeps."""

from .bodies import Area, Group, GroupSeat, Sector, Unit
from .committees import Brand, CalendarDay, CalendarVersion, Committee, Term
from .deliveries import Delivery, Gateway, NoticeChoice
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
    "Delivery",
    "ExportLog",
    "FormKey",
    "Gateway",
    "Group",
    "GroupSeat",
    "ImportRun",
    "ImportStep",
    "Membership",
    "Notice",
    "NoticeChoice",
    "NumberSeries",
    "Person",
    "RoleGrant",
    "Sector",
    "StepBase",
    "Term",
    "Unit",
    "User",
]
