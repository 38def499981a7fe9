"""What: the acts of the front door, by noun."""

from .duty import (
    ask_for_records,
    cancel_slot,
    confirm_slot,
    create_rule,
    edit_rule,
    keep_slot,
    miss_slot,
    move_slot,
    plan_rule,
    plan_slots,
)
from .following import follow_day
from .matters import (
    answer_matter,
    assign_matter,
    classify_matter,
    clock_start,
    close_matter,
    escalate,
    follow_again,
    receive_matter,
    reopen_matter,
    said_of,
    take_matter,
)
from .visits import MatterHeard, confirm_visit, log_visit, resend_visit, return_visit

__all__ = [
    "MatterHeard",
    "answer_matter",
    "ask_for_records",
    "assign_matter",
    "cancel_slot",
    "classify_matter",
    "clock_start",
    "close_matter",
    "confirm_slot",
    "confirm_visit",
    "create_rule",
    "edit_rule",
    "escalate",
    "follow_again",
    "follow_day",
    "keep_slot",
    "log_visit",
    "miss_slot",
    "move_slot",
    "plan_rule",
    "plan_slots",
    "receive_matter",
    "reopen_matter",
    "resend_visit",
    "return_visit",
    "said_of",
    "take_matter",
]
