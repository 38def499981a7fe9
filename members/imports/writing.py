"""Taking a roster over: every right row becomes what it says, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from kit.sheets import Row

from ..models import (
    Area,
    Brand,
    Committee,
    CommitteeOwned,
    Group,
    GroupSeat,
    Membership,
    Person,
    RoleGrant,
    Sector,
    Term,
    Unit,
    User,
)
from ..states import GroupKind, Role, SeatRole
from . import sheets
from .checks import roles_of
from .known import Known

PERSON_FIELDS = (
    "name",
    "sex",
    "ethnicity",
    "birth_year",
    "party",
    "workplace",
    "job_title",
    "mobile",
    "email",
    "expertise",
)


@transaction.atomic
def write_roster(committee: Committee, rows: Mapping[str, Sequence[Row]], known: Known) -> None:
    """Make or bring up to date everything the roster names. A blank cell leaves what is there.

    Sectors, groups, places, units and brands are known by their names, members by their numbers, never by name.
    """
    for number, row in enumerate(rows.get(sheets.SECTORS, ()), 1):
        _keep(Sector, committee, row, "name", order=number)
    for row in rows.get(sheets.UNITS, ()):
        _keep(Unit, committee, row, "name")
    for row in rows.get(sheets.BRANDS, ()):
        _keep(Brand, committee, row, "name")
    groups = _write_groups(committee, rows.get(sheets.GROUPS, ()))
    _write_areas(committee, rows.get(sheets.AREAS, ()), groups)
    members = _write_members(committee, rows.get(sheets.MEMBERS, ()), groups)
    _seat_conveners(committee, rows.get(sheets.GROUPS, ()), known, groups, members)
    _write_accounts(committee, rows.get(sheets.ACCOUNTS, ()), members)


def _given(values: Mapping[str, Any], *without: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None and key not in without}


def _keep(model: type[CommitteeOwned], committee: Committee, row: Row, *match: str, **more: Any) -> Any:
    """Make the row's thing or bring it up to date; `match` names the columns it is known by."""
    known_by = {key: row.values[key] for key in match}
    made, _new = model.objects.update_or_create(
        committee=committee,
        **known_by,
        defaults={**_given(row.values, *match, "parent", "convener", "served_by"), **more},
    )
    return made


def _write_groups(committee: Committee, rows: Sequence[Row]) -> dict[tuple[str, str], Group]:
    """Write the groups, then tie each to its upper one; returns every group of the committee by kind and name."""
    for row in rows:
        _keep(Group, committee, row, "kind", "name")
    groups = {(group.kind, group.name): group for group in Group.objects.filter(committee=committee)}
    by_name: dict[str, list[Group]] = {}
    for group in groups.values():
        by_name.setdefault(group.name, []).append(group)
    for row in rows:
        if row.values["parent"]:
            group = groups[row.values["kind"], row.values["name"]]
            group.parent = next(other for other in by_name[row.values["parent"]] if other != group)
            group.save(update_fields=["parent"])
    return groups


def _write_areas(committee: Committee, rows: Sequence[Row], groups: Mapping[tuple[str, str], Group]) -> None:
    """Write the places, upper ones first."""
    places = {area.name: area for area in Area.objects.filter(committee=committee, parent=None)}
    waiting = list(rows)
    while waiting:
        ready = [row for row in waiting if row.values["parent"] is None or row.values["parent"] in places]
        if not ready:  # their upper places are no top ones, and not in this file
            places = {area.name: area for area in Area.objects.filter(committee=committee)} | places
            ready = [row for row in waiting if row.values["parent"] in places]
        for row in ready:
            served_by = groups.get((GroupKind.DUTY_GROUP, row.values["served_by"]))
            area, _new = Area.objects.update_or_create(
                committee=committee,
                name=row.values["name"],
                parent=places.get(row.values["parent"]),
                defaults={"kind": row.values["kind"], **({"served_by": served_by} if served_by else {})},
            )
            places.setdefault(area.name, area)
        waiting = [row for row in waiting if row not in ready] if ready else []


def _write_members(
    committee: Committee, rows: Sequence[Row], groups: Mapping[tuple[str, str], Group]
) -> dict[str, Membership]:
    """Write people, memberships of the current term and seats; returns every membership by number."""
    term = Term.objects.get(committee=committee, is_current=True)
    sectors = {sector.name: sector for sector in Sector.objects.filter(committee=committee)}
    members = {
        membership.number: membership
        for membership in Membership.objects.filter(committee=committee, term=term).select_related("person")
    }
    for row in rows:
        number = row.values["number"]
        words = {key: row.values[key] for key in PERSON_FIELDS if row.values[key] is not None}
        role = {
            "sector": sectors[row.values["sector"]],
            **_given({key: row.values[key] for key in ("is_standing", "post")}),
        }
        membership = members.get(number)
        if membership is None:
            person = Person.objects.create(committee=committee, **words)
            members[number] = Membership.objects.create(
                committee=committee, person=person, term=term, number=number, from_on=term.starts_on, **role
            )
        else:
            _set(membership.person, words)
            _set(membership, role)
        _write_seats(members[number], row, groups)
    return members


def _set(thing: Any, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        setattr(thing, key, value)
    thing.save(update_fields=list(values))


def _write_seats(membership: Membership, row: Row, groups: Mapping[tuple[str, str], Group]) -> None:
    """Seat a member in the groups the row names; a kind of group the row names none of stays as it is.

    A sector group takes the members of the duty sector it is named after (履职界别 + 组).
    """
    for key, kind in sheets.GROUP_COLUMNS.items():
        named = list(row.values[key] or ())
        if kind == GroupKind.SECTOR_GROUP and not named:
            named = [name for name in (f"{membership.sector.duty_sector}组",) if (kind, name) in groups]
        if named:
            wanted = [groups[kind, name] for name in named]
            membership.seats.filter(group__kind=kind).exclude(group__in=wanted).delete()
            GroupSeat.objects.bulk_create(
                [GroupSeat(committee=membership.committee, group=group, membership=membership) for group in wanted],
                ignore_conflicts=True,
            )


def _seat_conveners(
    committee: Committee,
    rows: Sequence[Row],
    known: Known,
    groups: Mapping[tuple[str, str], Group],
    members: Mapping[str, Membership],
) -> None:
    for row in rows:
        number = known.number_of(row.values["convener"])
        if number:
            group = groups[row.values["kind"], row.values["name"]]
            group.seats.filter(role=SeatRole.CONVENER).update(role=SeatRole.MEMBER)
            GroupSeat.objects.update_or_create(
                committee=committee,
                group=group,
                membership=members[number],
                defaults={"role": SeatRole.CONVENER},
            )


def _write_accounts(committee: Committee, rows: Sequence[Row], members: Mapping[str, Membership]) -> None:
    """Open accounts nobody can sign in with until a password is set, and grant the roles."""
    units = {unit.name: unit for unit in Unit.objects.filter(committee=committee)}
    for row in rows:
        user = User.objects.filter(username=row.values["username"]).first()
        if user is None:
            user = User.objects.create_user(row.values["username"], email=row.values["email"] or "")
        person = Person.objects.filter(committee=committee, user=user).first()
        if person is None:
            member = members.get(row.values["number"])
            person = member.person if member else Person(committee=committee, name=row.values["name"])
            person.user = user
            if not member:
                person.workplace = row.values["unit"] or ""
            person.save()
        for role in roles_of(row):
            RoleGrant.objects.get_or_create(
                committee=committee,
                person=person,
                role=role,
                unit=units[row.values["unit"]] if role == Role.OFFICER else None,
            )
