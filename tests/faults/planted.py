"""The planted fault: a dispatcher that marks a message as sent before it sends it.

It is what the harness must be able to see: killed in between, the message is on record and was never sent.
"""

from django.utils import timezone

from kit import workflow
from members import delivery


class HastyBatch(delivery._Batch):
    """A batch with the last two steps in the wrong order."""

    def _hand_over(self, row):
        workflow.apply_to_all(self.mine.filter(pk=row.pk), "send", sent_at=timezone.now(), fault="")
        super()._hand_over(row)
