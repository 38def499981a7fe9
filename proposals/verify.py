"""What must agree in the proposals room."""

from __future__ import annotations

from django.db.models import Count, Max

from members.verify import state_differences

from .models import Proposal
from .states import ProposalState


def differences() -> list[str]:
    """Return what does not agree: states with their last steps, numbers with their series, judgements."""
    found = state_differences(Proposal)
    numbered = Proposal.objects.filter(number__isnull=False)
    for row in numbered.values("committee_id", "year").annotate(count=Count("pk"), last=Max("number")).order_by():
        if row["count"] != row["last"]:
            found.append(f"proposal numbers of committee {row['committee_id']} in {row['year']} have gaps")
    unsaid = Proposal.objects.filter(state=ProposalState.RATED, assignment__ratings=None)
    found += [f"proposal {pk}: judged without a judgement" for pk in unsaid.values_list("pk", flat=True)]
    return found
