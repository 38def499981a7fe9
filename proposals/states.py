"""When: the states of a proposal and the moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kit.workflow import move


class ProposalState(TextChoices):
    """A proposal from draft to the proposer's judgement."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for more")
    FILED = "filed", _("Filed")
    NOT_FILED = "not_filed", _("Not filed")
    HANDED_OVER = "handed_over", _("Handed over")
    RATED = "rated", _("Judged")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = ProposalState
PROPOSAL_MOVES = {
    "submit": move([S.DRAFT, S.RETURNED], S.SUBMITTED, _("Submit")),
    "return": move([S.SUBMITTED], S.RETURNED, _("Return for more")),
    "file": move([S.SUBMITTED], S.FILED, _("File the proposal")),
    "decline": move([S.SUBMITTED], S.NOT_FILED, _("Do not file")),
    "hand_over": move([S.FILED], S.HANDED_OVER, _("Hand over")),
    "rate": move([S.HANDED_OVER], S.RATED, _("Judge the answer")),
    "again": move([S.RATED], S.HANDED_OVER, _("Handled again")),
    "withdraw": move([S.DRAFT, S.SUBMITTED, S.RETURNED], S.WITHDRAWN, _("Withdraw")),
}


TONES = {
    S.SUBMITTED: "note",
    S.RETURNED: "warn",
    S.FILED: "note",
    S.HANDED_OVER: "open",
    S.RATED: "go",
    S.NOT_FILED: "stop",
}


class Category(TextChoices):
    """The five fields and the rest."""

    ECONOMY = "economy", _("Economy")
    POLITICS = "politics", _("Politics")
    CULTURE = "culture", _("Culture")
    SOCIETY = "society", _("Society")
    ECOLOGY = "ecology", _("Ecology")
    OTHER = "other", _("Other")
