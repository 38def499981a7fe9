"""Files the people's floor takes in: the roster workbook, the working calendar of a year."""

from .calendar import CALENDAR
from .roster import ROSTER, read_roster

__all__ = ["CALENDAR", "ROSTER", "read_roster"]
