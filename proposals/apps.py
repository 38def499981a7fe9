"""The proposals room, and what it hangs up in the rooms below when it is loaded."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Lets the follow-up room know that proposals follow what becomes of their assignments."""

    name = "proposals"

    def ready(self) -> None:
        """Register the proposals as followers of their assignments."""
        from followups.origins import FOLLOWERS, Follower  # noqa: PLC0415 -- models can be imported only now
        from followups.states import OriginKind  # noqa: PLC0415

        from . import actions  # noqa: PLC0415

        FOLLOWERS[OriginKind.PROPOSAL] = Follower(judged=actions.follow_judgement, again=actions.follow_again)
