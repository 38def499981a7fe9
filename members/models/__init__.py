"""What the people's floor keeps."""

from .bodies import Area, Group, GroupSeat, Sector, Unit
from .committees import Brand, CalendarDay, Committee, Term
from .people import Membership, Person, RoleGrant, User
from .records import FormKey, ImportRun, Notice, NumberSeries
from .steps import StepBase
from .tenancy import CommitteeOwned

__all__ = [
    "Area",
    "Brand",
    "CalendarDay",
    "Committee",
    "CommitteeOwned",
    "FormKey",
    "Group",
    "GroupSeat",
    "ImportRun",
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
