"""Reading a roster: every bad row with its place and reason, everything taken over or nothing."""

import pytest
from django.utils import translation

from kit.sheets import Sheet, write_workbook
from kit.workflow import MoveRefused
from members import actions
from members.importing import look_through
from members.imports import ROSTER
from members.imports.sheets import ACCOUNTS, AREAS, GROUPS, MEMBERS, SECTORS, SHEETS, UNITS
from members.models import Group, GroupSeat, ImportRun, Membership, Person, RoleGrant, Sector, User
from members.states import GroupKind, ImportState, Role, SeatRole

pytestmark = pytest.mark.django_db

GOOD = {
    SECTORS: [{"名称": "经济界", "履职界别": "经济界别"}],
    GROUPS: [
        {"类别": "委员工作组", "名称": "东街工作组", "召集人": "T001"},
        {"类别": "履职小组", "名称": "东街一组", "上级": "东街工作组", "召集人": "张甲"},
        {"类别": "界别组", "名称": "经济界别组"},
    ],
    AREAS: [
        {"名称": "东街", "类别": "街道"},
        {"名称": "晨光社区", "类别": "社区", "上级": "东街", "履职小组": "东街一组"},
    ],
    UNITS: [{"名称": "县测试局", "类别": "政府部门", "联系电话": "10000000001"}],
    MEMBERS: [
        {"委员编号": "T001", "姓名": "张甲", "性别": "男", "界别": "经济界", "履职小组": "东街一组", "常委": "是"},
        {"委员编号": "T002", "姓名": "王伟", "界别": "经济界", "工作组": "东街工作组", "手机": "10000000002"},
        {"委员编号": "T003", "姓名": "王伟", "界别": "经济界"},
    ],
    ACCOUNTS: [
        {"登录名": "t-clerk", "姓名": "方乙", "角色": "政协办公室"},
        {"登录名": "t-unit", "姓名": "吴丙", "角色": "承办单位", "单位": "县测试局"},
        {"登录名": "t-two", "姓名": "王伟", "角色": "政协领导、委员", "委员编号": "T003"},
    ],
}


def workbook(rows_by_sheet):
    """Return a roster with these rows."""
    tables = []
    for sheet, rows in rows_by_sheet.items():
        headers = [str(column.header) for column in SHEETS[sheet]]
        tables.append(Sheet(sheet, headers, [[row.get(header, "") for header in headers] for row in rows]))
    return write_workbook(tables)


def changed(sheet, line, **cells):
    """Return the good roster with a few cells of one row (by its line in the file) written over."""
    rows = [dict(row) for row in GOOD[sheet]]
    rows[line - 2].update(cells)
    return workbook({**GOOD, sheet: rows})


def look(content, committee, filename="名册.xlsx"):
    """Read a roster in the users' language."""
    with translation.override("zh-hans"):
        return look_through(ROSTER, content, filename, committee)


def places(reading):
    """Return where and why rows are wrong."""
    return [(error.sheet, error.line, error.column, error.reason) for error in reading.errors]


def test_a_good_roster_becomes_people_groups_places_units_and_accounts(committee):
    reading = look(workbook(GOOD), committee)
    assert places(reading) == []
    assert reading.counts == {SECTORS: 1, GROUPS: 3, AREAS: 2, UNITS: 1, MEMBERS: 3, ACCOUNTS: 3}

    reading.write(None)

    first = Membership.objects.get(number="T001")
    assert (first.person.name, first.is_standing, first.sector.name) == ("张甲", True, "经济界")
    assert sorted(first.seats.values_list("group__name", "role")) == [
        ("东街一组", SeatRole.CONVENER),
        ("东街工作组", SeatRole.CONVENER),
        ("经济界别组", SeatRole.MEMBER),
    ]
    assert Group.objects.get(kind=GroupKind.DUTY_GROUP).parent.name == "东街工作组"
    assert sorted(RoleGrant.objects.values_list("person__user__username", "role", "unit__name")) == [
        ("t-clerk", Role.CLERK, None),
        ("t-two", Role.LEADER, None),
        ("t-two", Role.MEMBER, None),
        ("t-unit", Role.OFFICER, "县测试局"),
    ]


def test_two_members_of_one_name_stay_two_people(committee):
    look(workbook(GOOD), committee).write(None)
    assert Membership.objects.filter(person__name="王伟").count() == 2
    assert Person.objects.get(user__username="t-two").memberships.get().number == "T003"


def test_nobody_can_sign_in_to_an_imported_account_before_the_office_sets_a_password(committee):
    look(workbook(GOOD), committee).write(None)
    assert {user.has_usable_password() for user in User.objects.filter(username__startswith="t-")} == {False}


def test_reading_alone_writes_nothing(committee):
    look(workbook(GOOD), committee)
    assert (Person.objects.count(), Sector.objects.count()) == (0, 0)


def test_a_roster_read_again_brings_up_to_date_and_doubles_nothing(committee):
    look(workbook(GOOD), committee).write(None)
    before = (Person.objects.count(), Group.objects.count(), GroupSeat.objects.count(), User.objects.count())

    look(changed(MEMBERS, 3, 工作单位="县第一中学"), committee).write(None)

    assert (Person.objects.count(), Group.objects.count(), GroupSeat.objects.count(), User.objects.count()) == before
    assert Membership.objects.get(number="T002").person.workplace == "县第一中学"


@pytest.mark.parametrize(
    ("sheet", "line", "cells", "column", "reason"),
    [
        (MEMBERS, 2, {"界别": "航天界"}, "界别", "没有这个界别"),
        (MEMBERS, 3, {"委员编号": "T001"}, "委员编号", "与第 2 行重复"),
        (MEMBERS, 3, {"姓名": ""}, "姓名", "不能为空"),
        (MEMBERS, 3, {"手机": "12345"}, "手机", "不是有效的电话号码"),
        (MEMBERS, 3, {"电子邮箱": "不是邮箱"}, "电子邮箱", "不是有效的邮箱地址"),
        (MEMBERS, 3, {"出生年份": "2035"}, "出生年份", "大于 2020"),
        (MEMBERS, 3, {"工作单位": "长" * 81}, "工作单位", "超过 80 个字"),
        (MEMBERS, 3, {"专门委员会": "月球委员会"}, "专门委员会", "没有这个组织"),
        (GROUPS, 3, {"上级": "不存在"}, "上级", "没有这个组织"),
        (GROUPS, 3, {"召集人": "王伟"}, "召集人", "有多位委员同名，请填写编号"),
        (AREAS, 2, {"上级": "晨光社区"}, "上级", "上下级关系成环"),
        (AREAS, 3, {"履职小组": "不存在"}, "履职小组", "没有这个组织"),
        (UNITS, 2, {"联系电话": "not-a-phone"}, "联系电话", "不是有效的电话号码"),
        (ACCOUNTS, 2, {"角色": "超级管理员"}, "角色", "没有这个角色"),
        (ACCOUNTS, 3, {"单位": ""}, "单位", "承办单位人员须填写单位"),
        (ACCOUNTS, 4, {"姓名": "李丁"}, "委员编号", "该编号属于王伟"),
        (ACCOUNTS, 4, {"登录名": "t-clerk"}, "登录名", "与第 2 行重复"),
    ],
)
def test_a_bad_row_is_named_by_sheet_line_column_and_reason(committee, sheet, line, cells, column, reason):
    found = places(look(changed(sheet, line, **cells), committee))
    assert (sheet, line, column, reason) in found


def test_a_number_that_belongs_to_somebody_else_is_refused(committee):
    look(workbook(GOOD), committee).write(None)
    found = places(look(changed(MEMBERS, 2, 姓名="赵冒名"), committee))
    assert (MEMBERS, 2, "姓名", "该编号属于张甲") in found


def test_an_account_name_of_another_committee_is_taken(committee, ma):
    found = places(look(changed(ACCOUNTS, 2, 登录名=ma.user.username), committee))
    assert (ACCOUNTS, 2, "登录名", "该登录名已被使用") in found


def test_a_roster_with_one_bad_row_writes_no_row_at_all(committee):
    reading = look(changed(MEMBERS, 3, 手机="12345"), committee)
    with pytest.raises(ValueError, match="errors"):
        reading.write(None)
    assert (Person.objects.count(), Sector.objects.count(), Group.objects.count()) == (0, 0, 0)


def test_members_may_come_as_a_text_file_in_an_old_chinese_encoding(committee):
    Sector.objects.create(committee=committee, name="教育界")
    content = "委员编号,姓名,界别,手机\r\n　T100 ,　田　富,教育界,１００００００００７７\r\n".encode("gb18030")

    reading = look(content, committee, "委员.csv")

    assert (places(reading), reading.encoding) == ([], "gb18030")
    reading.write(None)
    person = Membership.objects.get(number="T100").person
    assert person.mobile == "10000000077"


def test_a_file_that_is_no_table_is_one_error_without_a_line(committee):
    reading = look(b"%PDF-1.7 nothing", committee, "名册.pdf")
    assert [(error.line, error.column) for error in reading.errors] == [(0, "")]


def test_a_file_is_taken_over_once(committee, zhao):
    content = workbook(GOOD)
    runs = [
        actions.upload(
            committee=committee, kind="roster", filename="a.xlsx", content=content, report={}, by=zhao.person
        )
        for _number in range(2)
    ]
    actions.commit_import(runs[0], reading=look(content, committee), by=zhao.person)

    with pytest.raises(MoveRefused):
        actions.commit_import(runs[1], reading=look(content, committee), by=zhao.person)
    with pytest.raises(MoveRefused):
        actions.commit_import(runs[0], reading=look(content, committee), by=zhao.person)

    assert list(ImportRun.objects.order_by("pk").values_list("state", flat=True)) == [
        ImportState.COMMITTED,
        ImportState.CHECKED,
    ]
    assert [(step.verb, step.by) for step in runs[0].steps.all()] == [("commit", zhao.person)]


def test_the_samples_with_errors_are_refused_with_reasons(committee, settings):
    content = (settings.BASE_DIR / "samples" / "bad" / "roster-errors.xlsx").read_bytes()
    reading = look(content, committee)
    assert len(reading.errors) > 20
    assert {error.sheet for error in reading.errors} >= {SECTORS, GROUPS, AREAS, UNITS, MEMBERS, ACCOUNTS}
