"""Who may do what, by hand: the expectation against which every address is tried.

A row names an address, the objects in it, and who may GET and POST it. `member` is the one whose things these are
(took the matter in, is on duty, is invited, wrote the proposal), `keeper` keeps the station, `officer` answers for the
unit; the `other_…` ones have the same function elsewhere in the same committee.
"""

from __future__ import annotations

from dataclasses import dataclass

OFFICE = "clerk leader"
MEMBERS = "member other_member"
KEEPERS = "keeper other_keeper"
UNITS = "officer other_officer"
DIRECTORY = f"{OFFICE} {MEMBERS} {KEEPERS}"
EVERYBODY = f"{DIRECTORY} {UNITS}"


@dataclass(frozen=True)
class Row:
    """One address: whose it is, and who may look and act."""

    name: str
    things: tuple[str, ...] = ()
    get: str = ""
    post: str = ""

    def arguments(self, number_of) -> list:
        """Return what stands in the address: `number_of(thing)` for each thing, a word written `=word` as it is."""
        return [thing[1:] if thing.startswith("=") else number_of(thing) for thing in self.things]


def row(name: str, things: str = "", *, get: str = "", post: str = "") -> Row:
    """Write a row; `things`, `get` and `post` are words with spaces between."""
    return Row(name, tuple(things.split()), get, post)


def roles(words: str) -> list[str]:
    """Return the roles named in a row."""
    return words.split()


def register(name: str, thing: str) -> list[Row]:
    """Write the rows of one of the office's plain registers."""
    return [
        row(f"members:{name}_list", get="clerk"),
        row(f"members:{name}_create", get="clerk", post="clerk"),
        row(f"members:{name}_edit", thing, get="clerk", post="clerk"),
        row(f"members:{name}_delete", thing, post="clerk"),
    ]


def api(name: str, thing: str, *, get: str = "", **moves: str) -> list[Row]:
    """Write the rows of one kind of thing in the API: list and detail where `get` is given, and its moves."""
    rows = [row(f"api-{name}-list", get=EVERYBODY), row(f"api-{name}-detail", thing, get=get)] if get else []
    return rows + [row(f"api-{name}-{verb.replace('_', '-')}", thing, post=who) for verb, who in moves.items()]


FRAMEWORK = {"login", "logout", "set_language", "import_template"}  # import_template takes a word, not an object
# Ways in without an account; who may and may not is tried in followups/tests/test_passes.py.
FRAMEWORK |= {f"followups:pass_{page}" for page in ("open", "work", "act", "leave")}

ROWS = [
    row("home", get=EVERYBODY),
    row("password_change", get=EVERYBODY, post=EVERYBODY),
    row("password_change_done", get=EVERYBODY),
    # files brought in
    row("import_list", get="clerk", post="clerk"),
    row("import_detail", "import", get="clerk"),
    row("import_commit", "import", post="clerk"),
    # people
    row("members:member_list", get=DIRECTORY),
    row("members:member_export", get="clerk"),
    row("members:member_create", get="clerk", post="clerk"),
    row("members:member_detail", "person", get=DIRECTORY),
    row("members:member_edit", "person", get="clerk", post="clerk"),
    row("members:switch", post=EVERYBODY),
    row("members:group_list", get=DIRECTORY),
    row("members:group_create", get="clerk", post="clerk"),
    row("members:group_detail", "group", get=DIRECTORY),
    row("members:group_edit", "group", get="clerk", post="clerk"),
    row("members:seat_add", "group", get="clerk", post="clerk"),
    row("members:seat_remove", "seat", post="clerk"),
    row("members:unit_list", get=DIRECTORY),
    row("members:unit_create", get="clerk", post="clerk"),
    row("members:unit_detail", "unit", get=DIRECTORY),
    row("members:unit_edit", "unit", get="clerk", post="clerk"),
    row("members:setup", get="clerk"),
    row("members:committee_edit", get="clerk", post="clerk"),
    *register("sector", "sector"),
    *register("area", "area"),
    *register("brand", "brand"),
    *register("calendar", "calendar_day"),
    row("members:calendar_versions", get="clerk", post="clerk"),
    row("members:term_list", get="clerk"),
    row("members:term_create", get="clerk", post="clerk"),
    row("members:term_edit", "term", get="clerk", post="clerk"),
    row("members:term_make_current", "term", post="clerk"),
    row("members:account_list", get="clerk"),
    row("members:account_create", get="clerk", post="clerk"),
    row("members:account_detail", "account", get="clerk"),
    row("members:account_edit", "account", post="clerk"),
    row("members:account_reset", "account", post="clerk"),
    row("members:role_grant", "account", post="clerk"),
    row("members:role_revoke", "grant", post="clerk"),
    row("members:notice_stuck", get="clerk"),
    row("members:notice_send_again", "stuck_notice", post="clerk"),
    row("members:outbox", get="clerk"),
    row("members:outbox_export", get="clerk"),
    row("members:delivery_send_again", "delivery", post="clerk"),
    row("members:gateway_list", get="clerk"),
    row("members:gateway_create", get="clerk", post="clerk"),
    row("members:gateway_edit", "gateway", get="clerk", post="clerk"),
    row("members:gateway_delete", "gateway", post="clerk"),
    row("members:gateway_test", "gateway", post="clerk"),
    row("members:notice_choice", get=EVERYBODY, post=EVERYBODY),
    row("members:inbox", get=EVERYBODY),
    row("members:inbox_read", post=EVERYBODY),
    row("members:notice_open", "notice", post="member"),
    # what was promised
    row("followups:supervision", get="clerk"),
    row("followups:supervision_export", get="clerk"),
    row("followups:task_list_list", get=OFFICE),
    row("followups:task_list_create", get="clerk", post="clerk"),
    row("followups:task_list_detail", "task_list", get=OFFICE),
    row("followups:task_list_edit", "task_list", get="clerk", post="clerk"),
    row("followups:task_list_points", "task_list", get="clerk", post="clerk"),
    row("followups:task_list_issue", "task_list", post="clerk"),
    row("followups:task_list_report", "issued_list", get="clerk", post="clerk"),
    row("followups:task_list_paper", "reported_list", get=OFFICE),
    row("followups:task_list_print", "task_list", get=OFFICE),
    row("followups:task_list_export", "task_list =csv", get=OFFICE),
    row("followups:board", get=OFFICE),
    row("coverage", get=OFFICE),
    row("followups:board_units", get=OFFICE),
    row("followups:board_wall", get=OFFICE),
    row("followups:board_lower", get=OFFICE),
    row("followups:bulletin_list", get=OFFICE),
    row("followups:bulletin_create", post="clerk"),
    row("followups:bulletin_detail", "bulletin", get=OFFICE),
    row("followups:board_export", get=OFFICE),
    row("api-assignments-figures", get=OFFICE),
    row("followups:definition_list", get=OFFICE),
    row("followups:list", get=EVERYBODY),
    row("followups:export", get=EVERYBODY),
    row("followups:sign_all", post=UNITS),
    row("followups:rule_add_missing", post="clerk"),
    row("followups:rule_list", get="clerk"),
    row("followups:rule_edit", "deadline_rule", get="clerk", post="clerk"),
    row("followups:ladder", get="clerk"),
    row("followups:rung_edit", "rung", get="clerk", post="clerk"),
    row("followups:supervision_list", get=f"{OFFICE} {UNITS}"),
    row("followups:supervision_slip", "supervision", get=f"{OFFICE} officer"),
    row("followups:supervision_reply", "supervision", get="officer", post="officer"),
    row("followups:pass_make", "signed_assignment", get="clerk", post="clerk"),
    row("followups:press", "signed_assignment", get="clerk", post="clerk"),
    row("followups:detail", "assignment", get=f"{OFFICE} {MEMBERS} officer"),
    row("followups:receipt", "signed_assignment", get=f"{OFFICE} officer"),
    row("followups:slip", "assignment", get=f"{OFFICE} officer"),
    row("followups:sign", "assignment", get="officer", post="officer"),
    row("followups:progress", "signed_assignment", get="officer", post="officer"),
    row("followups:answer", "signed_assignment", get="officer", post="officer"),
    row("followups:handler", "signed_assignment", get="officer", post="officer"),
    row("followups:contact", "signed_assignment", get="officer", post="officer"),
    row("followups:milestone", "signed_assignment", get="officer", post="officer"),
    row("followups:milestone_reach", "milestone", post="officer"),
    row("followups:ask", "signed_assignment =release", get="officer", post="officer"),
    row("followups:ask", "signed_assignment =extension", get="officer", post="officer"),
    row("followups:ask", "signed_assignment =pause", get="officer", post="officer"),
    row("followups:resume", "paused_assignment", get="officer clerk", post="officer clerk"),
    row("followups:clear_draft", "drafted_assignment", get="officer", post="officer"),
    row("followups:return_draft", "drafted_assignment", get="officer", post="officer"),
    row("followups:supervise", "assignment", get="clerk", post="clerk"),
    row("followups:add_part", "assignment", get="clerk", post="clerk"),
    row("followups:request_list", get="clerk"),
    row("followups:request_grant", "unit_request", get="clerk", post="clerk"),
    row("followups:request_refuse", "unit_request", get="clerk", post="clerk"),
    row("followups:request_withdraw", "unit_request", post="officer"),
    row("followups:send_back", "answered_assignment", get="clerk", post="clerk"),
    row("followups:close", "answered_assignment", get="clerk", post="clerk"),
    row("followups:rate", "answered_assignment", get="clerk", post="clerk"),  # raised by the clerk
    row("followups:rehandle", "answered_assignment", get="clerk", post="clerk"),
    row("followups:reopen", "closed_assignment", get="clerk", post="clerk"),
    row("followups:plan_look", "answered_assignment", get="clerk", post="clerk"),
    row("followups:look_list", get=OFFICE),
    row("followups:look_export", get=OFFICE),
    row("followups:look_write", "look", get="clerk", post="clerk"),
    row("followups:degree_list", get="clerk"),
    row("followups:degree_edit", get="clerk", post="clerk"),
    # the front door
    row("stations:station_list", get=DIRECTORY),
    row("stations:station_create", get="clerk", post="clerk"),
    row("stations:station_detail", "station", get=DIRECTORY),
    row("stations:station_edit", "station", get="clerk", post="clerk"),
    row("stations:rule_list", get=DIRECTORY),
    row("stations:rule_create", "station", get="clerk", post="clerk"),
    row("stations:rule_detail", "duty_rule", get=DIRECTORY),
    row("stations:rule_edit", "duty_rule", get="clerk", post="clerk"),
    row("stations:my_duty", get=f"{MEMBERS} {KEEPERS}"),
    row("stations:duty_calendar", get=DIRECTORY),
    row("stations:slot_detail", "slot", get=DIRECTORY),
    row("stations:slot_confirm", "slot", post="member keeper"),
    row("stations:slot_miss", "slot", post="keeper clerk"),
    row("stations:slot_keep", "asked_slot", post="clerk"),
    row("stations:slot_move", "slot", get="clerk", post="clerk"),
    row("stations:slot_cancel", "slot", get="clerk", post="clerk"),
    row("stations:visit_log", "slot", get="member keeper", post="member keeper"),
    row("stations:visit_list", get=DIRECTORY),
    row("stations:visit_create", get=f"clerk {MEMBERS} {KEEPERS}", post=f"clerk {MEMBERS} {KEEPERS}"),
    row("stations:visit_counts", get=OFFICE),
    row("stations:visit_detail", "visit", get="clerk leader member keeper"),
    row("stations:visit_confirm", "visit", post="clerk keeper"),
    row("stations:visit_return", "visit", get="clerk keeper", post="clerk keeper"),
    row("stations:visit_resend", "returned_visit", get="member", post="member"),
    row("stations:matter_list", get=DIRECTORY),
    row("stations:matter_create", get=f"clerk {KEEPERS}", post=f"clerk {KEEPERS}"),
    row("stations:matter_export", get=DIRECTORY),
    row("stations:matter_detail", "matter", get="clerk leader member keeper"),
    row("stations:matter_classify", "matter", get="clerk keeper", post="clerk keeper"),
    row("stations:matter_take", "matter", get="clerk keeper", post="clerk keeper"),
    row("stations:matter_assign", "matter", get="clerk keeper", post="clerk keeper"),
    row("stations:matter_answer", "matter", get="clerk keeper member", post="clerk keeper member"),
    row("stations:matter_close", "answered_matter", get="clerk keeper", post="clerk keeper"),
    row("stations:matter_reopen", "answered_matter", get="clerk keeper", post="clerk keeper"),
    # talking it over
    row("consultations:topic_list", get=DIRECTORY),
    row("consultations:topic_create", get="clerk", post="clerk"),
    row("consultations:topic_detail", "topic", get=DIRECTORY),
    row("consultations:topic_edit", "topic", get="clerk", post="clerk"),
    row("consultations:topic_confirm", "topic", post="clerk"),
    row("consultations:topic_close", "topic", post="clerk"),
    row("consultations:topic_drop", "topic", get="clerk", post="clerk"),
    row("consultations:topic_task_list", "topic", get="clerk", post="clerk"),
    row("consultations:quarter_report", get=OFFICE),
    row("consultations:quarter_export", get=OFFICE),
    row("consultations:plan_list", get=DIRECTORY),
    row("consultations:plan_create", get="clerk", post="clerk"),
    row("consultations:plan_detail", "plan", get=DIRECTORY),
    row("consultations:plan_add_line", "plan", post="clerk"),
    row("consultations:plan_export", "plan =xlsx", get=DIRECTORY),
    row("consultations:consultation_forms", get="clerk", post="clerk"),
    row("consultations:consultation_forms_install", post="clerk"),
    row("consultations:consultation_form_edit", "consultation_form", get="clerk", post="clerk"),
    row("consultations:session_list", get=EVERYBODY),
    row("consultations:session_calendar", get=EVERYBODY),
    row("consultations:session_create", get=f"clerk {KEEPERS}", post=f"clerk {KEEPERS}"),
    row("consultations:session_quick", get=f"clerk {KEEPERS}", post=f"clerk {KEEPERS}"),
    row("consultations:session_detail", "session", get=f"{DIRECTORY} officer"),
    row("consultations:session_edit", "session", get="clerk keeper", post="clerk keeper"),
    row("consultations:session_move", "session", get="clerk keeper", post="clerk keeper"),
    row("consultations:session_notify", "session", post="clerk keeper"),
    row("consultations:session_cancel", "session", get="clerk keeper", post="clerk keeper"),
    row("consultations:session_task_list", "held_session", get="clerk", post="clerk"),
    row("consultations:session_papers", "session", post="clerk keeper"),
    row("consultations:session_minutes", "held_session", get=DIRECTORY),
    row("consultations:session_export", "held_session =xlsx", get=DIRECTORY),
    row("consultations:session_open", "session", post="clerk keeper"),
    row("consultations:meeting", "session", get="clerk keeper"),
    *(
        row(f"consultations:meeting_{part}", "session", post="clerk keeper")
        for part in ("attendance", "guest", "position", "speech", "consensus", "reserved", "outcome", "course")
    ),
    row("consultations:meeting_remove", "session =speech speech", post="clerk keeper"),
    row("consultations:session_issue", "session", post="clerk keeper"),
    row("consultations:session_close", "session", post="clerk keeper"),
    row("consultations:participant_attend", "participant", post="member"),
    row("consultations:participant_ask_leave", "participant", post="member"),
    row("consultations:participant_grant_leave", "participant", post="clerk keeper"),
    row("consultations:participant_refuse_leave", "participant", post="clerk keeper"),
    row("consultations:paper", "paper", get=f"{DIRECTORY} officer"),
    row("consultations:paper_remove", "paper", post="clerk keeper"),
    # proposals
    row("proposals:list", get=EVERYBODY),
    row("proposals:create", get=MEMBERS, post=MEMBERS),
    row("proposals:detail", "proposal", get="clerk leader member"),
    row("proposals:edit", "proposal", get="member", post="member"),
    row("proposals:submit", "proposal", post="member"),
    row("proposals:withdraw", "proposal", post="member"),
    row("proposals:return", "proposal", get="clerk", post="clerk"),
    row("proposals:file", "proposal", post="clerk"),
    row("proposals:decline", "proposal", get="clerk", post="clerk"),
    row("proposals:hand_over", "proposal", get="clerk", post="clerk"),
    # API
    row("api-schema", get=EVERYBODY),
    *api("assignments", "assignment", get=f"{OFFICE} {MEMBERS} officer", sign="officer"),
    row("api-assignments-why", "assignment", get=f"{OFFICE} {MEMBERS} officer"),
    row("api-assignments-parts", "assignment", get=f"{OFFICE} {MEMBERS} officer"),
    row("api-assignments-draft", "drafted_assignment", get="officer"),
    *api("assignments", "signed_assignment", answer="officer", progress="officer"),
    *api("assignments", "answered_assignment", close="clerk", send_back="clerk", rehandle="clerk", rate="clerk"),
    *api("assignments", "closed_assignment", reopen="clerk"),
    *api("assignments", "signed_assignment", **dict.fromkeys(("handler", "contact", "milestone", "ask"), "officer")),
    *api("assignments", "drafted_assignment", clear_draft="officer", return_draft="officer"),
    *api("assignments", "assignment", supervise="clerk", add_part="clerk"),
    *api("assignments", "paused_assignment", resume="officer clerk"),
    *api("unit-requests", "unit_request", get=f"{OFFICE} officer", grant="clerk", refuse="clerk", withdraw="officer"),
    *api("milestones", "milestone", reach="officer"),
    *api("assignments", "answered_assignment", close="clerk", send_back="clerk"),
    *api("stations", "station", get=DIRECTORY),
    *api("duty-days", "slot", get=DIRECTORY),
    *api("visits", "visit", get="clerk leader member keeper"),
    *api("matters", "matter", get="clerk leader member keeper", answer="clerk keeper member"),
    *api("matters", "answered_matter", close="clerk keeper", reopen="clerk keeper"),
    *api("topics", "topic", get=DIRECTORY),
    *api("sessions", "session", get=f"{DIRECTORY} officer"),
    *api("sessions", "session", attend="member officer", ask_leave="member officer"),
    *api("outcomes", "outcome", get=DIRECTORY),
    *api(
        "proposals",
        "proposal",
        get="clerk leader member",
        submit="member",
        withdraw="member",
        file="clerk",
        decline="clerk",
        hand_over="clerk",
        **{"return": "clerk"},
    ),
]
