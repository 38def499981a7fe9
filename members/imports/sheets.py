"""The sheets of the roster workbook: their columns and words, as an office writes them.

Headers and words are those of the paper form and stay Chinese whatever language the page is read in.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kit.sheets import Column, choice, integer, people_list, text

from ..states import AreaKind, GroupKind, LeadershipPost, Role, Sex, UnitKind

GROUP_KINDS = {
    GroupKind.SPECIAL_COMMITTEE: "专门委员会",
    GroupKind.WORKING_GROUP: "委员工作组",
    GroupKind.DUTY_GROUP: "履职小组",
    GroupKind.SECTOR_GROUP: "界别组",
    GroupKind.BRANCH: "履职党支部",
}
AREA_KINDS = {AreaKind.TOWN: "乡镇", AreaKind.SUBDISTRICT: "街道", AreaKind.VILLAGE: "村", AreaKind.COMMUNITY: "社区"}
UNIT_KINDS = {
    UnitKind.DEPARTMENT: "政府部门",
    UnitKind.TOWNSHIP: "乡镇街道",
    UnitKind.MASS_BODY: "群团组织",
    UnitKind.STATE_FIRM: "国有企业",
}
SEXES = {Sex.MALE: "男", Sex.FEMALE: "女"}
POSTS = {LeadershipPost.CHAIR: "主席", LeadershipPost.VICE_CHAIR: "副主席", LeadershipPost.SECRETARY_GENERAL: "秘书长"}
YES = {True: "是", False: "否"}
ROLES = {
    Role.CLERK: "政协办公室",
    Role.LEADER: "政协领导",
    Role.MEMBER: "委员",
    Role.KEEPER: "站室负责人",
    Role.OFFICER: "承办单位",
}
# Column of the members' sheet → the kind of group it names.
GROUP_COLUMNS = {
    "special_committees": GroupKind.SPECIAL_COMMITTEE,
    "working_groups": GroupKind.WORKING_GROUP,
    "duty_groups": GroupKind.DUTY_GROUP,
    "sector_groups": GroupKind.SECTOR_GROUP,
    "branches": GroupKind.BRANCH,
}

_MOBILE = re.compile(r"1\d{10}|1\d{2}-\d{4}-\d{4}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(-\d{1,5})?|\d{7,8}")


def phone(cell: Any) -> str:
    """Parse a telephone number: a mobile of eleven digits, or a fixed line. Source: domain, names and marks."""
    value = text(max_length=20)(cell)
    if not _MOBILE.fullmatch(value) and not _LANDLINE.fullmatch(value):
        raise ValueError(_("not a telephone number"))
    return value


def email(cell: Any) -> str:
    """Parse an e-mail address."""
    value = text(max_length=254)(cell)
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError(_("not an e-mail address")) from None
    return value


SECTORS, GROUPS, AREAS, UNITS, MEMBERS, ACCOUNTS, BRANDS = "界别", "组织", "村居", "单位", "委员", "账号", "品牌"
SHEETS: dict[str, tuple[Column, ...]] = {
    SECTORS: (
        Column("name", "名称", required=True, parse=text(max_length=40), width=24),
        Column("duty_sector", "履职界别", parse=text(max_length=40), width=20),
    ),
    GROUPS: (
        Column("kind", "类别", required=True, parse=choice(GROUP_KINDS), width=14),
        Column("name", "名称", required=True, parse=text(max_length=60), width=30),
        Column("parent", "上级", parse=text(max_length=60), width=24),
        Column("convener", "召集人", parse=text(max_length=40)),
    ),
    AREAS: (
        Column("name", "名称", required=True, parse=text(max_length=40), width=20),
        Column("kind", "类别", required=True, parse=choice(AREA_KINDS)),
        Column("parent", "上级", parse=text(max_length=40), width=16),
        Column("served_by", "履职小组", parse=text(max_length=60), width=26),
    ),
    UNITS: (
        Column("name", "名称", required=True, parse=text(max_length=60), width=32),
        Column("short_name", "简称", parse=text(max_length=20), width=16),
        Column("kind", "类别", required=True, parse=choice(UNIT_KINDS)),
        Column("contact", "联系人", parse=text(max_length=40)),
        Column("phone", "联系电话", parse=phone, width=16),
    ),
    MEMBERS: (
        Column("number", "委员编号", required=True, parse=text(max_length=20)),
        Column("name", "姓名", required=True, parse=text(max_length=40)),
        Column("sex", "性别", parse=choice(SEXES)),
        Column("ethnicity", "民族", parse=text(max_length=20)),
        Column("birth_year", "出生年份", parse=integer(minimum=1900, maximum=2020)),
        Column("party", "政治面貌", parse=text(max_length=20), width=16),
        Column("sector", "界别", required=True, parse=text(max_length=40), width=20),
        Column("special_committees", "专门委员会", parse=people_list(max_length=60), width=30),
        Column("working_groups", "工作组", ("委员工作组",), parse=people_list(max_length=60), width=24),
        Column("duty_groups", "履职小组", parse=people_list(max_length=60), width=26),
        Column("is_standing", "常委", parse=choice(YES)),
        Column("post", "政协职务", parse=choice(POSTS)),
        Column("workplace", "工作单位", parse=text(max_length=80), width=28),
        Column("job_title", "单位职务", parse=text(max_length=60), width=18),
        Column("mobile", "手机", parse=phone, width=16),
        Column("email", "电子邮箱", parse=email, width=26),
        Column("expertise", "专长", parse=text(max_length=100), width=16),
        Column("sector_groups", "界别组", parse=people_list(max_length=60), width=20),
        Column("branches", "履职党支部", parse=people_list(max_length=60), width=30),
    ),
    ACCOUNTS: (
        Column("username", "登录名", required=True, parse=text(max_length=40)),
        Column("name", "姓名", required=True, parse=text(max_length=40)),
        Column("roles", "角色", required=True, parse=people_list(max_people=5), width=26),
        Column("unit", "单位", parse=text(max_length=60), width=26),
        Column("number", "委员编号", parse=text(max_length=20)),
        Column("email", "电子邮箱", parse=email, width=26),
    ),
    BRANDS: (
        Column("name", "名称", required=True, parse=text(max_length=40), width=20),
        Column("note", "说明", parse=text(max_length=500, multiline=True), width=60),
    ),
}
