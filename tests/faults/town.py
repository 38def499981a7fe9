"""The seeded committee of a fault run: people with accounts and mail addresses, a station, units, duty rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from followups.tests.factories import make_equipped_committee
from kit.tenancy import committee_scope, every_committee
from members.models import Person, RoleGrant, User
from members.states import Role
from members.tests.factories import make_member, make_person, make_unit
from stations.tests.factories import make_rule, make_station

PASSWORD = "fault-run-password-1"
RULES = 24  # duty rules; each is planned for sixty days, while the planner is being killed


@dataclass(frozen=True)
class Crew:
    """The accounts one client acts as, and the unit and station they belong to."""

    member: str
    clerk: str
    officers: tuple[str, str]
    unit: int
    station: int


def found(crews: int) -> list[Crew]:
    """Found the committee with so many crews; returns them. Names are invented, addresses lead to the sink."""
    with every_committee(because="the harness founds the committee"):
        committee = make_equipped_committee(name="政协断电县委员会", code="faults")
        committee.quiet_from = committee.quiet_until  # never quiet: what is owed goes out at once, at night too
        committee.save(update_fields=["quiet_from"])
    word = make_password(PASSWORD)

    def account(person: Person, name: str, role: Role, unit=None) -> str:
        person.user = User.objects.create(username=name, password=word, email=f"{name}@example.org")
        person.save(update_fields=["user"])
        RoleGrant.objects.create(committee=committee, person=person, role=role, unit=unit)
        return name

    with committee_scope(committee.pk):
        keeper = make_person(committee, name="马小守")
        account(keeper, "keeper", Role.KEEPER)
        station = make_station(committee, name="断电社区委员联络站", head=keeper)
        members = [make_member(committee, name=f"林小{word}") for word in "甲乙丙丁戊己庚辛"[:crews]]
        clerks = [account(make_person(committee, name=f"赵小{word}"), f"clerk{word}", Role.CLERK) for word in "12"]
        made = []
        for number, member in enumerate(members):
            unit = make_unit(committee, name=f"断电县第{number + 1}局")
            officers = tuple(
                account(make_person(committee, name=f"吴小{turn}"), f"officer{number}{turn}", Role.OFFICER, unit)
                for turn in "ab"
            )
            name = account(member, f"member{number}", Role.MEMBER)
            made.append(Crew(name, clerks[number % len(clerks)], officers, unit.pk, station.pk))
        for number in range(RULES):
            make_rule(station, pool=members, weekday=number % 5, valid_from=date(2020, 1, 1))
    return made
