"""Files the consultations room takes in: the year's plan, and sessions with what came out of them."""

from .plan import PLAN
from .sessions import SESSIONS

__all__ = ["PLAN", "SESSIONS"]
