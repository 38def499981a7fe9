"""Invented people: a committee with its term, sectors, groups, places, units, members and accounts."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import product

from django.contrib.auth.hashers import make_password

from bench.scales import Scale
from bench.ways import BATCH, at_noon
from followups.defaults import install_rules
from followups.ladder import install_ladder
from kit import strokes
from members.models import (
    Area,
    Brand,
    Committee,
    Group,
    GroupSeat,
    Membership,
    Notice,
    Person,
    RoleGrant,
    Sector,
    Term,
    Unit,
    User,
)
from members.states import AreaKind, GroupKind, LeadershipPost, Role, Sex

PASSWORD = "bench-only-password"  # noqa: S105 -- of a database that is thrown away after the run
SURNAMES = "丁于马王卢申白冯吕朱任刘关许孙苏杜李杨吴何沈宋张陈林罗周郑赵胡钟姜贺高郭唐黄曹董程曾谢蔡潘戴魏"
GIVEN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
TOWNS = "东南西北上下前后内外新旧高"


@dataclass
class World:
    """What the other rooms need to know of a committee that is being filled."""

    committee: Committee
    scale: Scale
    rng: random.Random
    today: date
    term: Term
    brand: Brand
    sectors: list[Sector] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    towns: list[Area] = field(default_factory=list)
    villages: list[Area] = field(default_factory=list)
    members: list[Person] = field(default_factory=list)
    clerks: list[Person] = field(default_factory=list)
    leaders: list[Person] = field(default_factory=list)
    keepers: list[Person] = field(default_factory=list)
    officers: dict[int, list[Person]] = field(default_factory=dict)  # by the unit's id

    @property
    def begin(self) -> date:
        """The first day on which something happened."""
        return self.today - timedelta(days=365 * self.scale.years)


def found_committee(code: str, scale: Scale, *, today: date, rng: random.Random) -> World:
    """Found a committee and fill its people's floor. Call it inside the scope of every committee."""
    committee = Committee.objects.create(name=f"政协{code}县委员会", short_name=f"{code}县政协", code=f"bench-{code}")
    term = Term.objects.create(
        committee=committee,
        ordinal=10,
        starts_on=date(today.year - 4, 1, 1),
        ends_on=date(today.year + 1, 12, 31),
        is_current=True,
    )
    brand = Brand.objects.create(committee=committee, name="有事好商量")
    install_rules(committee, on=term.starts_on)
    install_ladder(committee, on=term.starts_on)
    world = World(committee, scale, rng, today, term, brand)
    _bodies(world)
    _places(world)
    _members(world)
    _staff(world)
    _notices(world)
    return world


def _bodies(world: World) -> None:
    owner, scale = world.committee, world.scale
    world.sectors = Sector.objects.bulk_create(
        Sector(committee=owner, name=f"第{number}界别", order=number) for number in range(1, 27)
    )
    kinds = [(GroupKind.SPECIAL_COMMITTEE, 6), (GroupKind.DUTY_GROUP, 12), (GroupKind.SECTOR_GROUP, 22)]
    world.groups = Group.objects.bulk_create(
        Group(committee=owner, kind=kind, name=f"{kind.label}{number}") for kind, n in kinds for number in range(n)
    )
    world.units = Unit.objects.bulk_create(
        Unit(committee=owner, name=f"县第{number}局", short_name=f"{number}局", contact="联系人", phone="100-0000-0001")
        for number in range(1, scale.units + 1)
    )


def _places(world: World) -> None:
    owner = world.committee
    world.towns = Area.objects.bulk_create(
        Area(committee=owner, kind=AreaKind.TOWN, name=f"{word}山镇", served_by=world.groups[6 + order % 12])
        for order, word in enumerate(TOWNS)
    )
    world.villages = Area.objects.bulk_create(
        Area(committee=owner, kind=AreaKind.VILLAGE, name=f"{word}河{number}村", parent=town)
        for town, word in zip(world.towns, TOWNS, strict=True)
        for number in range(1, 21)
    )


@cache
def _one_password() -> str:
    """Return the hash all accounts share; a slow hash a thousand times over would be most of the load."""
    return make_password(PASSWORD)


def _people(world: World, prefix: str, count: int) -> list[Person]:
    """Return `count` persons with accounts named after the prefix."""
    owner, rng = world.committee, world.rng
    word = _one_password()
    first = "" if owner.code.endswith("甲") else "other-"
    users = User.objects.bulk_create(
        [User(username=f"{first}{prefix}{number:04}", password=word) for number in range(1, count + 1)], BATCH
    )
    names = [f"{a}{b}{c}" for a, b, c in product(SURNAMES, GIVEN, GIVEN)]
    return Person.objects.bulk_create(
        [
            Person(
                committee=owner,
                user=user,
                name=name,
                sort_key=strokes.sort_key(name),
                sex=rng.choice(Sex.values),
                party="无党派人士",
                workplace="示例单位",
                job_title="职工",
                mobile="10000000001",
            )
            for user, name in zip(users, rng.sample(names, count), strict=True)
        ],
        BATCH,
    )


def _members(world: World) -> None:
    owner, rng = world.committee, world.rng
    world.members = _people(world, "member", world.scale.members)
    posts = [LeadershipPost.CHAIR, *[LeadershipPost.VICE_CHAIR] * 4, LeadershipPost.SECRETARY_GENERAL]
    memberships = Membership.objects.bulk_create(
        [
            Membership(
                committee=owner,
                person=person,
                term=world.term,
                number=f"{order:05}",
                sector=rng.choice(world.sectors),
                is_standing=order <= world.scale.members // 6,
                post=posts[order - 1] if order <= len(posts) else "",
                from_on=world.term.starts_on,
            )
            for order, person in enumerate(world.members, 1)
        ],
        BATCH,
    )
    GroupSeat.objects.bulk_create(
        [
            GroupSeat(committee=owner, group=group, membership=membership)
            for order, membership in enumerate(memberships)
            for group in (world.groups[order % 18], world.groups[18 + order % 22])
        ],
        BATCH,
    )
    _grant(world, world.members, Role.MEMBER)


def _staff(world: World) -> None:
    scale = world.scale
    world.clerks = _people(world, "clerk", scale.clerks)
    world.leaders = _people(world, "leader", scale.leaders)
    world.keepers = _people(world, "keeper", scale.keepers)
    officers = _people(world, "officer", scale.officers)
    for people, role in ((world.clerks, Role.CLERK), (world.leaders, Role.LEADER), (world.keepers, Role.KEEPER)):
        _grant(world, people, role)
    RoleGrant.objects.bulk_create(
        RoleGrant(
            committee=world.committee, person=person, role=Role.OFFICER, unit=world.units[order % len(world.units)]
        )
        for order, person in enumerate(officers)
    )
    for order, person in enumerate(officers):
        world.officers.setdefault(world.units[order % len(world.units)].pk, []).append(person)


def _grant(world: World, people: list[Person], role: Role) -> None:
    RoleGrant.objects.bulk_create(
        [RoleGrant(committee=world.committee, person=person, role=role) for person in people], BATCH
    )


def _notices(world: World) -> None:
    """Fill the inboxes: the first clerk's to the scale, everybody else's with twenty; the last five are unread."""
    everybody = [*world.clerks, *world.leaders, *world.members[:400], *world.keepers]
    everybody += [person for people in world.officers.values() for person in people]
    notices = []
    for person in everybody:
        count = world.scale.notices if person is world.clerks[0] else 20
        for number in range(count):
            sent = at_noon(world.begin + timedelta(days=number * 365 * world.scale.years // count))
            notices.append(
                Notice(
                    committee=world.committee,
                    to=person,
                    key=f"bench:{number}",
                    template="notices/bench",
                    url="/",
                    due_at=sent,
                    sent_at=sent,
                    read_at=sent if number < count - 5 else None,
                    subject=f"第{number}件事项已经交办",
                    body="请查看。",
                )
            )
    Notice.objects.bulk_create(notices, BATCH)
