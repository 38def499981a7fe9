"""What the follow-up room keeps."""

from .answers import Receipt, Reply
from .assignments import Assignment, AssignmentStep
from .counts import Bulletin, YearCount
from .judging import Degree, DegreeSet, LookBack, Rating
from .passes import UnitPass
from .pressing import LadderRung, LightChange, SupervisionSlip
from .querysets import AssignmentQuerySet
from .requests import Draft, DueChange, Milestone, UnitRequest, UnitRequestStep
from .rules import DeadlineRule
from .task_lists import TaskList, TaskListStep, TaskPoint

__all__ = [
    "Assignment",
    "AssignmentQuerySet",
    "AssignmentStep",
    "Bulletin",
    "DeadlineRule",
    "Degree",
    "DegreeSet",
    "Draft",
    "DueChange",
    "LadderRung",
    "LightChange",
    "LookBack",
    "Milestone",
    "Rating",
    "Receipt",
    "Reply",
    "SupervisionSlip",
    "TaskList",
    "TaskListStep",
    "TaskPoint",
    "UnitPass",
    "UnitRequest",
    "UnitRequestStep",
    "YearCount",
]
