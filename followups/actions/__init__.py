"""What: the acts of the follow-up room."""

from .assignments import (
    answer,
    change_rule,
    close,
    hand_over,
    report_progress,
    send_back,
    sign_for,
    sign_for_all,
    write_down,
)
from .days import move_due
from .degrees import change_degrees
from .judging import note_silence, rate, rehandle, reopen, words_of_tries
from .looks import look_back, plan_look_back
from .passes import find_pass, make_pass, open_pass, take_back_passes
from .pressing import change_rung, note_lights, press, press_by_hand, reply_to_slip
from .requests import ask, grant, refuse, resume, take_back
from .working import add_milestone, clear_draft, note_contact, reach_milestone, save_draft

__all__ = [
    "add_milestone",
    "answer",
    "ask",
    "change_degrees",
    "change_rule",
    "change_rung",
    "clear_draft",
    "close",
    "find_pass",
    "grant",
    "hand_over",
    "look_back",
    "make_pass",
    "move_due",
    "note_contact",
    "note_lights",
    "note_silence",
    "open_pass",
    "plan_look_back",
    "press",
    "press_by_hand",
    "rate",
    "reach_milestone",
    "refuse",
    "rehandle",
    "reopen",
    "reply_to_slip",
    "report_progress",
    "resume",
    "save_draft",
    "send_back",
    "sign_for",
    "sign_for_all",
    "take_back",
    "take_back_passes",
    "words_of_tries",
    "write_down",
]
