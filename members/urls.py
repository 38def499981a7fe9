"""Addresses of the members room."""

from django.urls import path

from .views import accounts, bodies, calendar, inbox, outbox, people, registers, setup

app_name = "members"


def _register(stem: str, register: registers.Register) -> list:
    """Return a register's addresses under `stem`: list, new, edit, and removal where entries can be removed."""
    name = register.name
    addresses = [
        path(f"{stem}/", registers.list_page(register), name=f"{name}_list"),
        path(f"{stem}/new/", registers.create_page(register), name=f"{name}_create"),
        path(f"{stem}/<int:pk>/edit/", registers.edit_page(register), name=f"{name}_edit"),
    ]
    if register.is_removable:
        addresses.append(path(f"{stem}/<int:pk>/delete/", registers.delete_page(register), name=f"{name}_delete"))
    return addresses


urlpatterns = [
    # /members/
    path("members/", people.member_list, name="member_list"),
    path("members/export/", people.member_export, name="member_export"),
    path("members/new/", people.member_create, name="member_create"),
    path("members/switch/", setup.switch, name="switch"),
    path("members/<int:pk>/", people.member_detail, name="member_detail"),
    path("members/<int:pk>/edit/", people.member_edit, name="member_edit"),
    # /groups/, /units/
    *_register("groups", registers.GROUP),
    path("groups/<int:pk>/", bodies.group_detail, name="group_detail"),
    path("groups/<int:pk>/seats/", bodies.seat_add, name="seat_add"),
    path("groups/seats/<int:pk>/remove/", bodies.seat_remove, name="seat_remove"),
    *_register("units", registers.UNIT),
    path("units/<int:pk>/", bodies.unit_detail, name="unit_detail"),
    # /setup/
    path("setup/", setup.setup, name="setup"),
    path("setup/committee/", setup.committee_edit, name="committee_edit"),
    *_register("setup/sectors", registers.SECTOR),
    *_register("setup/areas", registers.AREA),
    *_register("setup/brands", registers.BRAND),
    path("setup/calendar/", registers.list_page(registers.CALENDAR), name="calendar_list"),
    path("setup/calendar/new/", calendar.day_create, name="calendar_create"),
    path("setup/calendar/<int:pk>/edit/", calendar.day_edit, name="calendar_edit"),
    path("setup/calendar/<int:pk>/delete/", calendar.day_delete, name="calendar_delete"),
    path("setup/calendar/versions/", calendar.versions, name="calendar_versions"),
    *_register("setup/terms", registers.TERM),
    path("setup/terms/<int:pk>/make-current/", setup.term_make_current, name="term_make_current"),
    path("setup/accounts/", accounts.account_list, name="account_list"),
    path("setup/accounts/new/", accounts.account_create, name="account_create"),
    path("setup/accounts/<int:pk>/", accounts.account_detail, name="account_detail"),
    path("setup/accounts/<int:pk>/edit/", accounts.account_edit, name="account_edit"),
    path("setup/accounts/<int:pk>/reset/", accounts.account_reset, name="account_reset"),
    path("setup/accounts/<int:pk>/roles/", accounts.role_grant, name="role_grant"),
    path("setup/roles/<int:pk>/revoke/", accounts.role_revoke, name="role_revoke"),
    path("setup/notices/", inbox.notice_stuck, name="notice_stuck"),
    path("setup/notices/<int:pk>/send-again/", inbox.notice_send_again, name="notice_send_again"),
    path("setup/outbox/", outbox.outbox, name="outbox"),
    path("setup/outbox/export/", outbox.outbox_export, name="outbox_export"),
    path("setup/outbox/<int:pk>/send-again/", outbox.delivery_send_again, name="delivery_send_again"),
    path("setup/channels/", outbox.gateway_list, name="gateway_list"),
    path("setup/channels/new/", outbox.gateway_create, name="gateway_create"),
    path("setup/channels/<int:pk>/edit/", outbox.gateway_edit, name="gateway_edit"),
    path("setup/channels/<int:pk>/delete/", outbox.gateway_delete, name="gateway_delete"),
    path("setup/channels/<int:pk>/test/", outbox.gateway_test, name="gateway_test"),
    # /inbox/
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/choice/", outbox.notice_choice, name="notice_choice"),
    path("inbox/read/", inbox.inbox_read, name="inbox_read"),
    path("inbox/<int:pk>/open/", inbox.notice_open, name="notice_open"),
]
