"""The API of the follow-up room."""

from .assignments import AssignmentViewSet
from .requests import MilestoneViewSet, RequestViewSet

VIEWSETS = [("assignments", AssignmentViewSet), ("unit-requests", RequestViewSet), ("milestones", MilestoneViewSet)]

__all__ = ["VIEWSETS", "AssignmentViewSet", "MilestoneViewSet", "RequestViewSet"]
