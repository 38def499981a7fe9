"""What must agree in a roster: nothing twice, nothing that refers to something unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kit.sheets import Row

from ..importing import BadRow, repeated
from ..models import Committee, Membership, Person, User
from ..states import GroupKind, Role
from . import sheets
from .known import Known

HEADERS = {sheet: {column.key: str(column.header) for column in columns} for sheet, columns in sheets.SHEETS.items()}


def _bad(sheet: str, row: Row, key: str, reason: str, value: Any = None) -> BadRow:
    shown = row.values.get(key) if value is None else value
    return BadRow(row.line, HEADERS[sheet][key], reason, str(shown or "")[:50], sheet)


def _once(sheet: str, rows: Sequence[Row], *keys: str) -> list[BadRow]:
    header = HEADERS[sheet][keys[-1]]
    values = (tuple(row.values[key] for key in keys) if len(keys) > 1 else row.values[keys[0]] for row in rows)
    return repeated(sheet, header, zip((row.line for row in rows), values, strict=True))


def _goes_round(name: str, uppers: Mapping[str, str | None]) -> bool:
    """Say whether the way up from `name` comes back to it."""
    seen, upper = {name}, uppers.get(name)
    while upper and upper not in seen:
        seen.add(upper)
        upper = uppers.get(upper)
    return upper == name


def _check_names(sheet: str) -> Callable[[Sequence[Row], Known, Committee], list[BadRow]]:
    """Return a check for a sheet whose rows only need names of their own."""
    return lambda rows, known, committee: _once(sheet, rows, "name")


def check_groups(rows: Sequence[Row], known: Known, committee: Committee) -> list[BadRow]:
    """Group names once per kind; the upper group and the convener must exist."""
    wrong = repeated(
        sheets.GROUPS, "名称", ((row.line, (row.values["kind"].label, row.values["name"])) for row in rows)
    )
    uppers = {row.values["name"]: row.values["parent"] for row in rows if row.values["parent"] != row.values["name"]}
    for row in rows:
        parent, convener = row.values["parent"], row.values["convener"]
        if parent and (parent not in known.group_names or parent == row.values["name"]):
            wrong.append(_bad(sheets.GROUPS, row, "parent", _("there is no such group")))
        elif parent and _goes_round(row.values["name"], uppers):
            wrong.append(_bad(sheets.GROUPS, row, "parent", _("leads back to itself")))
        if convener and not known.number_of(convener):
            several = len(known.numbers_called(convener)) > 1
            reason = _("several members have this name; give the number") if several else _("there is no such member")
            wrong.append(_bad(sheets.GROUPS, row, "convener", reason))
    return wrong


def check_areas(rows: Sequence[Row], known: Known, committee: Committee) -> list[BadRow]:
    """Place names once within the upper place; upper place and duty group must exist."""
    wrong = _once(sheets.AREAS, rows, "parent", "name")
    uppers = {row.values["name"]: row.values["parent"] for row in rows}
    for row in rows:
        parent, group = row.values["parent"], row.values["served_by"]
        if parent and (parent not in known.areas or parent == row.values["name"]):
            wrong.append(_bad(sheets.AREAS, row, "parent", _("there is no such place")))
        elif parent and _goes_round(row.values["name"], uppers):
            wrong.append(_bad(sheets.AREAS, row, "parent", _("leads back to itself")))
        if group and (GroupKind.DUTY_GROUP, group) not in known.groups:
            wrong.append(_bad(sheets.AREAS, row, "served_by", _("there is no such group")))
    return wrong


def check_members(rows: Sequence[Row], known: Known, committee: Committee) -> list[BadRow]:
    """Numbers and mobiles once; number and name must not clash with who has the number; sector and groups exist."""
    wrong = _once(sheets.MEMBERS, rows, "number") + _once(sheets.MEMBERS, rows, "mobile")
    for row in rows:
        number, name = row.values["number"], row.values["name"]
        if known.enrolled.get(number, name) != name:
            reason = _("this number belongs to %(name)s") % {"name": known.enrolled[number]}
            wrong.append(_bad(sheets.MEMBERS, row, "name", reason))
        if row.values["sector"] not in known.sectors:
            wrong.append(_bad(sheets.MEMBERS, row, "sector", _("there is no such sector")))
        for key, kind in sheets.GROUP_COLUMNS.items():
            wrong += [
                _bad(sheets.MEMBERS, row, key, _("there is no such group"), group)
                for group in row.values[key] or ()
                if (kind, group) not in known.groups
            ]
    return wrong


def check_accounts(rows: Sequence[Row], known: Known, committee: Committee) -> list[BadRow]:
    """Account names once and free; roles known; an officer has a unit, a member a number that is theirs."""
    wrong = _once(sheets.ACCOUNTS, rows, "username")
    names = [row.values["username"] for row in rows]
    taken = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    own = dict(
        Person.objects.filter(committee=committee, user__username__in=names).values_list("user__username", "name")
    )
    numbers = Membership.objects.filter(committee=committee, term__is_current=True, person__user__isnull=False)
    held = dict(numbers.values_list("number", "person__user__username"))
    for row in rows:
        wrong += _check_account(row, known, taken=taken, own=own)
        if held.get(row.values["number"], row.values["username"]) != row.values["username"]:
            wrong.append(_bad(sheets.ACCOUNTS, row, "number", _("this member has an account already")))
    return wrong


def _check_account(row: Row, known: Known, *, taken: set[str], own: dict[str, str]) -> Iterable[BadRow]:
    username, name, number = (row.values[key] for key in ("username", "name", "number"))
    roles = roles_of(row)
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError:
        yield _bad(sheets.ACCOUNTS, row, "username", _("letters, digits and @ . + - _ only"))
    if username in taken and own.get(username) != name:
        yield _bad(sheets.ACCOUNTS, row, "username", _("this account name is taken"))
    for word in row.values["roles"]:
        if word not in sheets.ROLES.values():
            yield _bad(sheets.ACCOUNTS, row, "roles", _("there is no such role"), word)
    if Role.OFFICER in roles and not row.values["unit"]:
        yield _bad(sheets.ACCOUNTS, row, "unit", _("an officer needs a unit"))
    if row.values["unit"] and row.values["unit"] not in known.units:
        yield _bad(sheets.ACCOUNTS, row, "unit", _("there is no such unit"))
    if number and number not in known.members:
        yield _bad(sheets.ACCOUNTS, row, "number", _("there is no such member"))
    elif number and known.members[number] != name:
        reason = _("this number belongs to %(name)s") % {"name": known.members[number]}
        yield _bad(sheets.ACCOUNTS, row, "number", reason)
    if Role.MEMBER in roles and not number:
        yield _bad(sheets.ACCOUNTS, row, "number", _("a member's account needs the member number"))


def roles_of(row: Row) -> list[Role]:
    """Return the roles a row of the accounts' sheet names; unknown words are left out."""
    return [role for role, word in sheets.ROLES.items() if word in row.values["roles"]]


CHECKS: dict[str, Callable[[Sequence[Row], Known, Committee], list[BadRow]]] = {
    sheets.SECTORS: _check_names(sheets.SECTORS),
    sheets.GROUPS: check_groups,
    sheets.AREAS: check_areas,
    sheets.UNITS: _check_names(sheets.UNITS),
    sheets.MEMBERS: check_members,
    sheets.ACCOUNTS: check_accounts,
    sheets.BRANDS: _check_names(sheets.BRANDS),
}
