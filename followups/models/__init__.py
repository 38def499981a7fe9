"""What the follow-up room keeps."""

from .answers import Receipt, Reply
from .assignments import Assignment, AssignmentQuerySet, AssignmentStep
from .rules import DeadlineRule

__all__ = ["Assignment", "AssignmentQuerySet", "AssignmentStep", "DeadlineRule", "Receipt", "Reply"]
