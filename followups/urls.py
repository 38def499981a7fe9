"""Addresses of the follow-up room."""

from django.urls import path

from .views import assignments, board, board_papers, degrees, judging, looks, moves, passes, pressing, rules

app_name = "followups"

urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/wall/", board_papers.wall, name="board_wall"),
    path("board/export/", board_papers.export, name="board_export"),
    path("board/units/", board.units, name="board_units"),
    path("board/definitions/", board.definition_list, name="definition_list"),
    path("assignments/", assignments.assignment_list, name="list"),
    path("assignments/export/", assignments.export, name="export"),
    path("assignments/sign/", moves.sign_all, name="sign_all"),
    path("assignments/clocks/", rules.rule_list, name="rule_list"),
    path("assignments/clocks/missing/", rules.rule_add_missing, name="rule_add_missing"),
    path("assignments/clocks/<int:pk>/edit/", rules.rule_edit, name="rule_edit"),
    path("assignments/ladder/", pressing.ladder, name="ladder"),
    path("assignments/ladder/<int:pk>/edit/", pressing.rung_edit, name="rung_edit"),
    path("assignments/slips/", pressing.slip_list, name="supervision_list"),
    path("assignments/slips/<int:pk>/", pressing.slip, name="supervision_slip"),
    path("assignments/slips/<int:pk>/reply/", pressing.slip_reply, name="supervision_reply"),
    # ways in without an account
    path("pass/work/", passes.pass_work, name="pass_work"),
    path("pass/work/<slug:verb>/", passes.pass_act, name="pass_act"),
    path("pass/leave/", passes.pass_leave, name="pass_leave"),
    path("pass/<str:token>/", passes.pass_open, name="pass_open"),
    path("assignments/degrees/", degrees.degree_list, name="degree_list"),
    path("assignments/degrees/edit/", degrees.degree_edit, name="degree_edit"),
    path("assignments/looks/", looks.look_list, name="look_list"),
    path("assignments/looks/export/", looks.look_export, name="look_export"),
    path("assignments/looks/<int:pk>/write/", looks.look_write, name="look_write"),
    # /assignments/<pk>/
    path("assignments/<int:pk>/", assignments.detail, name="detail"),
    path("assignments/<int:pk>/receipt/", assignments.receipt, name="receipt"),
    path("assignments/<int:pk>/slip/", assignments.slip, name="slip"),
    path("assignments/<int:pk>/sign/", moves.sign, name="sign"),
    path("assignments/<int:pk>/progress/", moves.progress, name="progress"),
    path("assignments/<int:pk>/answer/", moves.answer, name="answer"),
    path("assignments/<int:pk>/send_back/", moves.send_back, name="send_back"),
    path("assignments/<int:pk>/pass/", passes.pass_make, name="pass_make"),
    path("assignments/<int:pk>/press/", pressing.press, name="press"),
    path("assignments/<int:pk>/close/", moves.close, name="close"),
    path("assignments/<int:pk>/rate/", judging.rate, name="rate"),
    path("assignments/<int:pk>/rehandle/", judging.rehandle, name="rehandle"),
    path("assignments/<int:pk>/reopen/", judging.reopen, name="reopen"),
    path("assignments/<int:pk>/look/", judging.plan_look, name="plan_look"),
]
