"""Makes people's-floor rows for tests: plain functions, keyword only, sensible when nothing is said.

The cast, everywhere: Lin raises things, Zhao works in the office, Wu answers for a unit, Ma is a stranger.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import date
from itertools import count
from typing import Any

from members.access import Actor, actors_of
from members.models import Area, Committee, Group, Membership, Person, RoleGrant, Sector, Term, Unit, User
from members.states import AreaKind, GroupKind, Role

_number = count(1)
PASSWORD = "correct horse battery staple"


def make_committee(*, name: str = "", code: str = "") -> Committee:
    """A county committee with its current term."""
    number = next(_number)
    committee = Committee.objects.create(
        name=name or f"政协测试县{number}委员会", short_name=name[:10] or f"测试{number}", code=code or f"c{number}"
    )
    Term.objects.create(
        committee=committee, ordinal=10, starts_on=date(2022, 1, 10), ends_on=date(2027, 1, 9), is_current=True
    )
    return committee


def make_unit(committee: Committee, *, name: str = "") -> Unit:
    """A handling unit."""
    return Unit.objects.create(committee=committee, name=name or f"测试局{next(_number)}")


def make_area(committee: Committee, *, name: str = "", parent: Area | None = None) -> Area:
    """A community."""
    return Area.objects.create(
        committee=committee, name=name or f"测试社区{next(_number)}", kind=AreaKind.COMMUNITY, parent=parent
    )


def make_group(committee: Committee, *, name: str = "", kind: GroupKind = GroupKind.DUTY_GROUP) -> Group:
    """A group of members."""
    return Group.objects.create(committee=committee, name=name or f"第{next(_number)}组", kind=kind)


def make_person(committee: Committee, *, name: str = "林小测", **fields) -> Person:
    """Somebody the committee knows."""
    return Person.objects.create(committee=committee, name=name, **fields)


def make_member(committee: Committee, *, name: str = "林小测", sector: str = "经济界", **fields) -> Person:
    """A member in the current term."""
    person = make_person(committee, name=name, **fields)
    term = Term.objects.get(committee=committee, is_current=True)
    Membership.objects.create(
        committee=committee,
        person=person,
        term=term,
        number=f"{next(_number):04d}",
        sector=Sector.objects.get_or_create(committee=committee, name=sector)[0],
        from_on=term.starts_on,
    )
    return person


def make_actor(
    committee: Committee, *roles: Role, name: str = "赵小测", unit: Unit | None = None, person: Person | None = None
) -> Actor:
    """A person with an account acting in a committee; a member role comes with a membership."""
    if person is None:
        make = make_member if Role.MEMBER in roles else make_person
        person = make(committee, name=name)
    if person.user is None:
        person.user = User.objects.create_user(f"user{next(_number)}", PASSWORD)
        person.save(update_fields=["user"])
    for role in roles:
        RoleGrant.objects.create(
            committee=committee, person=person, role=role, unit=unit if role == Role.OFFICER else None
        )
    return next(actor for actor in actors_of(person.user) if actor.committee == committee)


def make_copies(thing: Any, times: int, /, **unlike: Callable[[int], Any]) -> list[Any]:
    """Add `times` rows like one that is there, in one statement; `unlike` gives what differs from copy to copy."""
    copies = [copy(thing) for _place in range(times)]
    for place, made in enumerate(copies):
        made.pk = None
        for name, value in unlike.items():
            setattr(made, name, value(place))
    return type(thing)._base_manager.bulk_create(copies)


def make_members_like(actor: Actor, times: int) -> None:
    """Add `times` members with accounts, as the actor is one."""
    users = make_copies(actor.user, times, username=lambda place: f"copy{place}")
    people = make_copies(actor.person, times, user=lambda place: users[place])
    for row in [*actor.person.memberships.all(), *actor.person.grants.all()]:
        make_copies(row, times, person=lambda place: people[place], number=lambda place: f"c{place:04d}")
