"""The front door, and what it hangs up in the rooms below when it is loaded."""

from django.apps import AppConfig


class StationsConfig(AppConfig):
    """Lets the follow-up room know that residents' matters follow what becomes of their assignments."""

    name = "stations"

    def ready(self) -> None:
        """Register the matters as followers of their assignments."""
        from followups.origins import FOLLOWERS, Follower  # noqa: PLC0415 -- models can be imported only now
        from followups.states import OriginKind  # noqa: PLC0415

        from . import actions  # noqa: PLC0415

        FOLLOWERS[OriginKind.MATTER] = Follower(again=actions.follow_again, moved=actions.follow_day)
