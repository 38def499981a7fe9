"""Who: the acting person, the doors of the rooms, and who may do what on the people's floor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from rest_framework.permissions import BasePermission

from kit.doors import door, fetch
from kit.prepared import Prepared
from kit.tenancy import every_committee

from .models import (
    Committee,
    Delivery,
    Gateway,
    Group,
    GroupSeat,
    ImportRun,
    Notice,
    Person,
    RoleGrant,
    Term,
    Unit,
    User,
)
from .states import Role


@dataclass(frozen=True)
class Actor:
    """A person acting in one committee: rights add up within that committee only."""

    user: User
    person: Person
    committee: Committee
    roles: frozenset[str]
    unit_ids: frozenset[int]
    other_committees: tuple[Committee, ...] = ()

    @cached_property
    def is_clerk(self) -> bool:
        """Works in the committee's office."""
        return Role.CLERK in self.roles

    @cached_property
    def is_leader(self) -> bool:
        """Leads the committee."""
        return Role.LEADER in self.roles

    @cached_property
    def is_member(self) -> bool:
        """Is a member of the committee."""
        return Role.MEMBER in self.roles

    @cached_property
    def is_keeper(self) -> bool:
        """Keeps a station."""
        return Role.KEEPER in self.roles

    @cached_property
    def is_officer(self) -> bool:
        """Handles what is handed to a unit."""
        return Role.OFFICER in self.roles

    @cached_property
    def sees_all(self) -> bool:
        """Sees the committee's whole business: office and leaders."""
        return self.is_clerk or self.is_leader

    @cached_property
    def sees_directory(self) -> bool:
        """Sees the directory of people; units do not."""
        return bool(self.roles & {Role.CLERK, Role.LEADER, Role.MEMBER, Role.KEEPER})

    @cached_property
    def roles_label(self) -> str:
        """The roles in words, in the order of the enumeration."""
        return " · ".join(str(role.label) for role in Role if role in self.roles)


def _grants_of(user_pk: int) -> QuerySet[RoleGrant]:
    with every_committee(because="an account may hold roles in several committees"):
        grants = RoleGrant.objects.filter(person__user_id=user_pk).select_related("person", "person__committee")
        return grants.order_by("committee_id", "pk")


GRANTS = Prepared(_grants_of, keys=1)


def actors_of(user: User) -> list[Actor]:
    """Return one actor for every committee in which the account has a role, in the order of the committees."""
    grants = GRANTS.rows(user.pk)
    by_committee: dict[int, list[RoleGrant]] = {}
    for grant in grants:
        by_committee.setdefault(grant.committee_id, []).append(grant)
    committees = {pk: held[0].person.committee for pk, held in by_committee.items()}
    return [
        Actor(
            user=user,
            person=held[0].person,
            committee=committees[pk],
            roles=frozenset(grant.role for grant in held),
            unit_ids=frozenset(grant.unit_id for grant in held if grant.unit_id),
            other_committees=tuple(other for other_pk, other in committees.items() if other_pk != pk),
        )
        for pk, held in by_committee.items()
    ]


signed_in = door("signed_in", lambda actor: True)
office_only = door("office_only", lambda actor: actor.is_clerk)
office_or_leader = door("office_or_leader", lambda actor: actor.sees_all)
member_only = door("member_only", lambda actor: actor.is_member)
officer_only = door("officer_only", lambda actor: actor.is_officer)
officer_or_office = door("officer_or_office", lambda actor: actor.is_officer or actor.sees_all)
station_side = door("station_side", lambda actor: actor.is_keeper or actor.is_clerk)
visit_side = door("visit_side", lambda actor: actor.is_member or actor.is_keeper or actor.sees_all)
directory = door("directory", lambda actor: actor.sees_directory)


class HasActor(BasePermission):
    """API: signed in and acting in a committee."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """Ask for the actor that the middleware set."""
        return getattr(request._request, "actor", None) is not None


def is_clerk(actor: Actor, thing: Any) -> bool:
    """The committee's office."""
    return actor.is_clerk


def sees_all(actor: Actor, thing: Any) -> bool:
    """Office and leaders."""
    return actor.sees_all


def is_directory_reader(actor: Actor, thing: Any) -> bool:
    """Anyone but units."""
    return actor.sees_directory


def is_addressee(actor: Actor, notice: Notice) -> bool:
    """The person the notice is for."""
    return notice.to_id == actor.person.pk


PERSON_MAY = {"view": [is_directory_reader], "edit": [is_clerk]}
GROUP_MAY = {"view": [is_directory_reader], "edit": [is_clerk]}
UNIT_MAY = {"view": [is_directory_reader], "edit": [is_clerk]}
REGISTER_MAY = {"edit": [is_clerk], "delete": [is_clerk]}
ACCOUNT_MAY = {"view": [is_clerk], "edit": [is_clerk], "grant": [is_clerk], "revoke": [is_clerk], "reset": [is_clerk]}
TERM_MAY = {"make_current": [is_clerk]}
IMPORT_MAY = {"view": [is_clerk], "commit": [is_clerk]}
NOTICE_MAY = {"open": [is_addressee], "send_again": [is_clerk]}
DELIVERY_MAY = {"send_again": [is_clerk]}
GATEWAY_MAY = {"edit": [is_clerk], "test": [is_clerk], "delete": [is_clerk]}


def person_to(verb: str, pk: Any, *, actor: Actor) -> Person:
    """Fetch a person the actor may `verb`."""
    return fetch(Person.objects.visible_to(actor), pk, verb, may=PERSON_MAY, actor=actor)


def group_to(verb: str, pk: Any, *, actor: Actor) -> Group:
    """Fetch a group the actor may `verb`."""
    return fetch(Group.objects.all(), pk, verb, may=GROUP_MAY, actor=actor)


def unit_to(verb: str, pk: Any, *, actor: Actor) -> Unit:
    """Fetch a unit the actor may `verb`."""
    return fetch(Unit.objects.all(), pk, verb, may=UNIT_MAY, actor=actor)


def entry_to(verb: str, model: type[Model], pk: Any, *, actor: Actor) -> Any:
    """Fetch an entry of one of the committee's plain registers (sectors, areas, brands …) the actor may `verb`."""
    return fetch(model._default_manager.all(), pk, verb, may=REGISTER_MAY, actor=actor)


def account_to(verb: str, pk: Any, *, actor: Actor) -> Person:
    """Fetch the person whose account and roles the actor may `verb`."""
    return fetch(Person.objects.select_related("user"), pk, verb, may=ACCOUNT_MAY, actor=actor)


def grant_to(verb: str, pk: Any, *, actor: Actor) -> RoleGrant:
    """Fetch a granted role the actor may `verb`."""
    return fetch(RoleGrant.objects.select_related("person"), pk, verb, may=ACCOUNT_MAY, actor=actor)


def term_to(verb: str, pk: Any, *, actor: Actor) -> Term:
    """Fetch a term the actor may `verb`."""
    return fetch(Term.objects.all(), pk, verb, may=TERM_MAY, actor=actor)


def seat_to(verb: str, pk: Any, *, actor: Actor) -> GroupSeat:
    """Fetch a seat in a group the actor may `verb`, as the group's rules say."""
    return fetch(GroupSeat.objects.select_related("group"), pk, verb, may=GROUP_MAY, actor=actor)


def import_to(verb: str, pk: Any, *, actor: Actor) -> ImportRun:
    """Fetch an import the actor may `verb`."""
    return fetch(ImportRun.objects.all(), pk, verb, may=IMPORT_MAY, actor=actor)


def notice_to(verb: str, pk: Any, *, actor: Actor) -> Notice:
    """Fetch a notice the actor may `verb`."""
    return fetch(Notice.objects.visible_to(actor), pk, verb, may=NOTICE_MAY, actor=actor)


def stuck_notice_to(verb: str, pk: Any, *, actor: Actor) -> Notice:
    """Fetch a notice that could not be delivered and that the actor may `verb`."""
    return fetch(Notice.objects.stuck(), pk, verb, may=NOTICE_MAY, actor=actor)


def delivery_to(verb: str, pk: Any, *, actor: Actor) -> Delivery:
    """Fetch a message on its way out of the portal that the actor may `verb`."""
    return fetch(Delivery.objects.all(), pk, verb, may=DELIVERY_MAY, actor=actor)


def gateway_to(verb: str, pk: Any, *, actor: Actor) -> Gateway:
    """Fetch a gateway the actor may `verb`."""
    return fetch(Gateway.objects.all(), pk, verb, may=GATEWAY_MAY, actor=actor)
