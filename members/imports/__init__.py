"""Files the people's floor takes in: the roster workbook."""

from .roster import ROSTER, read_roster

__all__ = ["ROSTER", "read_roster"]
