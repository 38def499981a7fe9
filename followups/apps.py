"""The follow-up room, and what it hangs up in the room below when it is loaded."""

from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    """Lets the calendar know that clocks are counted by it."""

    name = "followups"

    def ready(self) -> None:
        """Register the clocks with the calendar, once."""
        from members.calendars import DEPENDANTS  # noqa: PLC0415 -- models can be imported only now

        from .recount import AssignmentDays  # noqa: PLC0415

        if not any(isinstance(dependant, AssignmentDays) for dependant in DEPENDANTS):
            DEPENDANTS.append(AssignmentDays())
