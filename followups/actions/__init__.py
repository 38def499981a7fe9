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
from .counting import count_years, freeze_bulletin, freeze_last_month
from .days import move_due
from .degrees import change_degrees
from .joint import add_assisting, hand_over_jointly
from .judging import note_silence, rate, rehandle, reopen, words_of_tries
from .looks import look_back, plan_look_back
from .passes import find_pass, make_pass, open_pass, take_back_passes
from .pressing import change_rung, note_lights, press, press_by_hand, reply_to_slip
from .requests import ask, check_ask, grant, refuse, resume, take_back
from .task_lists import edit_list, issue_list, report_back, start_list, write_points
from .working import (
    add_milestone,
    clear_draft,
    give_answer,
    name_handler,
    note_contact,
    reach_milestone,
    return_draft,
    save_draft,
    set_supervision,
)

__all__ = [
    "add_assisting",
    "add_milestone",
    "answer",
    "ask",
    "change_degrees",
    "change_rule",
    "change_rung",
    "check_ask",
    "clear_draft",
    "close",
    "count_years",
    "edit_list",
    "find_pass",
    "freeze_bulletin",
    "freeze_last_month",
    "give_answer",
    "grant",
    "hand_over",
    "hand_over_jointly",
    "issue_list",
    "look_back",
    "make_pass",
    "move_due",
    "name_handler",
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
    "report_back",
    "report_progress",
    "resume",
    "return_draft",
    "save_draft",
    "send_back",
    "set_supervision",
    "sign_for",
    "sign_for_all",
    "start_list",
    "take_back",
    "take_back_passes",
    "words_of_tries",
    "write_down",
    "write_points",
]
