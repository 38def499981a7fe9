"""Addresses of the front door: stations, duty, visits, matters."""

from django.urls import path

from .views import duty, matter_moves, matters, rules, stations, visit_form, visits

app_name = "stations"

urlpatterns = [
    # /stations/
    path("stations/", stations.station_list, name="station_list"),
    path("stations/new/", stations.station_create, name="station_create"),
    path("stations/<int:pk>/", stations.station_detail, name="station_detail"),
    path("stations/<int:pk>/edit/", stations.station_edit, name="station_edit"),
    path("stations/<int:pk>/rules/new/", rules.rule_create, name="rule_create"),
    path("stations/rules/", rules.rule_list, name="rule_list"),
    path("stations/rules/<int:pk>/", rules.rule_detail, name="rule_detail"),
    path("stations/rules/<int:pk>/edit/", rules.rule_edit, name="rule_edit"),
    # /duty/
    path("duty/", duty.my_duty, name="my_duty"),
    path("duty/calendar/", duty.duty_calendar, name="duty_calendar"),
    path("duty/<int:pk>/", duty.slot_detail, name="slot_detail"),
    path("duty/<int:pk>/confirm/", duty.slot_confirm, name="slot_confirm"),
    path("duty/<int:pk>/miss/", duty.slot_miss, name="slot_miss"),
    path("duty/<int:pk>/keep/", duty.slot_keep, name="slot_keep"),
    path("duty/<int:pk>/move/", duty.slot_move, name="slot_move"),
    path("duty/<int:pk>/cancel/", duty.slot_cancel, name="slot_cancel"),
    path("duty/<int:pk>/visit/", visit_form.visit_log, name="visit_log"),
    # /visits/
    path("visits/", visits.visit_list, name="visit_list"),
    path("visits/new/", visit_form.visit_create, name="visit_create"),
    path("visits/counts/", visits.visit_counts, name="visit_counts"),
    path("visits/<int:pk>/", visits.visit_detail, name="visit_detail"),
    path("visits/<int:pk>/confirm/", visits.visit_confirm, name="visit_confirm"),
    path("visits/<int:pk>/return/", visits.visit_return, name="visit_return"),
    path("visits/<int:pk>/resend/", visit_form.visit_resend, name="visit_resend"),
    # /matters/
    path("matters/", matters.matter_list, name="matter_list"),
    path("matters/new/", matters.matter_create, name="matter_create"),
    path("matters/export/", matters.matter_export, name="matter_export"),
    path("matters/<int:pk>/", matters.matter_detail, name="matter_detail"),
    path("matters/<int:pk>/classify/", matter_moves.classify, name="matter_classify"),
    path("matters/<int:pk>/take/", matter_moves.take, name="matter_take"),
    path("matters/<int:pk>/assign/", matter_moves.assign, name="matter_assign"),
    path("matters/<int:pk>/answer/", matter_moves.answer, name="matter_answer"),
    path("matters/<int:pk>/close/", matter_moves.close, name="matter_close"),
    path("matters/<int:pk>/reopen/", matter_moves.reopen, name="matter_reopen"),
]
