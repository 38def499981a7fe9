"""Addresses of the consultations room."""

from django.urls import path, re_path

from .views import calendar, meeting, minutes, plans, quarters, rsvp, sessions, task_lists, topics

app_name = "consultations"

urlpatterns = [
    # /topics/
    path("topics/", topics.topic_list, name="topic_list"),
    path("topics/new/", topics.topic_create, name="topic_create"),
    path("topics/<int:pk>/", topics.topic_detail, name="topic_detail"),
    path("topics/<int:pk>/edit/", topics.topic_edit, name="topic_edit"),
    path("topics/<int:pk>/confirm/", topics.topic_confirm, name="topic_confirm"),
    path("topics/<int:pk>/close/", topics.topic_close, name="topic_close"),
    path("topics/<int:pk>/drop/", topics.topic_drop, name="topic_drop"),
    path("topics/<int:pk>/task-list/", task_lists.topic_task_list, name="topic_task_list"),
    # /quarters/
    path("quarters/", quarters.quarter_report, name="quarter_report"),
    path("quarters/export/", quarters.quarter_export, name="quarter_export"),
    # /plans/
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/new/", plans.plan_create, name="plan_create"),
    path("plans/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("plans/<int:pk>/add-line/", plans.plan_add_line, name="plan_add_line"),
    re_path(r"^plans/(?P<pk>\d{1,18})/plan\.(?P<ending>xlsx|csv)$", plans.plan_export, name="plan_export"),
    path("plans/forms/", plans.consultation_forms, name="consultation_forms"),
    path("plans/forms/install/", plans.consultation_forms_install, name="consultation_forms_install"),
    path("plans/forms/<int:pk>/edit/", plans.consultation_form_edit, name="consultation_form_edit"),
    # /sessions/
    path("sessions/", sessions.session_list, name="session_list"),
    path("sessions/calendar/", calendar.session_calendar, name="session_calendar"),
    path("sessions/new/", sessions.session_create, name="session_create"),
    path("sessions/quick/", sessions.session_quick, name="session_quick"),
    path("sessions/<int:pk>/", sessions.session_detail, name="session_detail"),
    path("sessions/<int:pk>/edit/", sessions.session_edit, name="session_edit"),
    path("sessions/<int:pk>/move/", calendar.session_move, name="session_move"),
    path("sessions/<int:pk>/notify/", sessions.session_notify, name="session_notify"),
    path("sessions/<int:pk>/cancel/", sessions.session_cancel, name="session_cancel"),
    path("sessions/<int:pk>/task-list/", task_lists.session_task_list, name="session_task_list"),
    path("sessions/<int:pk>/papers/", minutes.session_papers, name="session_papers"),
    path("sessions/<int:pk>/minutes/", minutes.session_minutes, name="session_minutes"),
    re_path(
        r"^sessions/(?P<pk>\d{1,18})/outcomes\.(?P<ending>xlsx|csv)$", minutes.session_export, name="session_export"
    ),
    # /sessions/<pk>/meeting/
    path("sessions/<int:pk>/open/", meeting.session_open, name="session_open"),
    path("sessions/<int:pk>/meeting/", meeting.meeting, name="meeting"),
    path("sessions/<int:pk>/meeting/attendance/", meeting.meeting_attendance, name="meeting_attendance"),
    path("sessions/<int:pk>/meeting/guest/", meeting.meeting_guest, name="meeting_guest"),
    path("sessions/<int:pk>/meeting/position/", meeting.meeting_position, name="meeting_position"),
    path("sessions/<int:pk>/meeting/speech/", meeting.meeting_speech, name="meeting_speech"),
    path("sessions/<int:pk>/meeting/consensus/", meeting.meeting_consensus, name="meeting_consensus"),
    path("sessions/<int:pk>/meeting/reserved/", meeting.meeting_reserved, name="meeting_reserved"),
    path("sessions/<int:pk>/meeting/outcome/", meeting.meeting_outcome, name="meeting_outcome"),
    path("sessions/<int:pk>/meeting/course/", meeting.meeting_course, name="meeting_course"),
    re_path(
        r"^sessions/(?P<pk>\d{1,18})/meeting/(?P<kind>speech|consensus|reserved)/(?P<point_pk>\d{1,18})/remove/$",
        meeting.meeting_remove,
        name="meeting_remove",
    ),
    path("sessions/<int:pk>/issue/", meeting.session_issue, name="session_issue"),
    path("sessions/<int:pk>/close/", meeting.session_close, name="session_close"),
    # answers and papers
    path("sessions/seats/<int:pk>/attend/", rsvp.participant_attend, name="participant_attend"),
    path("sessions/seats/<int:pk>/ask-leave/", rsvp.participant_ask_leave, name="participant_ask_leave"),
    path("sessions/seats/<int:pk>/grant-leave/", rsvp.participant_grant_leave, name="participant_grant_leave"),
    path("sessions/seats/<int:pk>/refuse-leave/", rsvp.participant_refuse_leave, name="participant_refuse_leave"),
    path("sessions/papers/<int:pk>/", minutes.paper, name="paper"),
    path("sessions/papers/<int:pk>/remove/", minutes.paper_remove, name="paper_remove"),
]
