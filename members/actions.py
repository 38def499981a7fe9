"""What: the acts on members and groups, on accounts and their roles, on notices and imported files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import workflow
from kit.tenancy import every_committee
from kit.workflow import MoveRefused

from .importing import Reading
from .models import (
    Committee,
    Delivery,
    ExportLog,
    Gateway,
    Group,
    GroupSeat,
    ImportRun,
    Membership,
    Notice,
    NoticeChoice,
    Person,
    RoleGrant,
    Term,
    Unit,
    User,
)
from .notices import promise
from .states import ImportState, Role, SeatRole


@transaction.atomic
def create_member(*, term: Term, person: dict[str, Any], membership: dict[str, Any], groups: Iterable[Group]) -> Person:
    """Enrol somebody as a member in a term, with the words about the person and about the membership, and seat them."""
    made = Person.objects.create(committee=term.committee, **person)
    enrolled = Membership.objects.create(committee=term.committee, person=made, term=term, **membership)
    take_seats(enrolled, groups=groups)
    return made


@transaction.atomic
def edit_member(
    enrolled: Membership, *, person: dict[str, Any], membership: dict[str, Any], groups: Iterable[Group]
) -> Person:
    """Change what is known about a member and which groups they sit in; conveners stay conveners."""
    for thing, words in ((enrolled.person, person), (enrolled, membership)):
        for name, value in words.items():
            setattr(thing, name, value)
        thing.save(update_fields=list(words))
    take_seats(enrolled, groups=groups)
    return enrolled.person


def take_seats(enrolled: Membership, *, groups: Iterable[Group]) -> None:
    """Seat a member in exactly these groups; a seat they keep keeps its role."""
    wanted = list(groups)
    enrolled.seats.exclude(group__in=wanted).delete()
    GroupSeat.objects.bulk_create(
        [GroupSeat(committee=enrolled.committee, group=group, membership=enrolled) for group in wanted],
        ignore_conflicts=True,
    )


@transaction.atomic
def seat(group: Group, *, membership: Membership, role: SeatRole) -> None:
    """Give a member a seat in a group, or another role in it; a group has one convener."""
    if role == SeatRole.CONVENER:
        group.seats.filter(role=SeatRole.CONVENER).update(role=SeatRole.MEMBER)
    GroupSeat.objects.update_or_create(
        committee=group.committee, group=group, membership=membership, defaults={"role": role}
    )


@transaction.atomic
def make_current(term: Term) -> None:
    """Make a term the current one; the one before stays as it is, only no longer current."""
    Term.objects.filter(committee=term.committee, is_current=True).update(is_current=False)
    Term.objects.filter(pk=term.pk).update(is_current=True)
    term.refresh_from_db()


@transaction.atomic
def create_account(person: Person, *, username: str, email: str, password: str) -> User:
    """Open an account for a person. Refused when they have one already."""
    user = User.objects.create_user(username, password, email=email)
    if not Person.objects.filter(pk=person.pk, user=None).update(user=user):
        raise MoveRefused(_("“%(name)s” has an account already.") % {"name": person.name})
    person.user = user
    return user


def grant_role(person: Person, *, role: Role, by: Person, unit: Unit | None = None) -> RoleGrant:
    """Let a person act in a role; an officer acts for a unit. Granted twice is granted once.

    Nobody grants a role to themselves; the first of an office is made with the committee (`manage.py found`).
    """
    if person == by:
        raise MoveRefused(_("Nobody grants a role to themselves; ask somebody else of the office."))
    return RoleGrant.objects.get_or_create(
        committee=person.committee, person=person, role=role, unit=unit if role == Role.OFFICER else None
    )[0]


@transaction.atomic
def revoke_role(grant: RoleGrant) -> None:
    """Take a role back at once. Refused for the last person of the office who can sign in."""
    if grant.role == Role.CLERK:
        others = RoleGrant.objects.filter(committee=grant.committee, role=Role.CLERK, person__user__is_active=True)
        if not others.exclude(pk=grant.pk).exists():
            raise MoveRefused(_("The committee needs at least one person in its office who can sign in."))
    grant.delete()


@transaction.atomic
def reset_password(person: Person, *, password: str, at: datetime) -> None:
    """Set a new password; who is signed in with the old one is signed out.

    Tells the holder. Refused when the account also belongs to another committee: no office may take over what is not
    only its own.
    """
    user = _own_account(person)
    user.set_password(password)
    user.save(update_fields=["password"])
    promise(
        [person],
        key=f"account:{user.pk}:password:{at.isoformat()}",
        template="notices/members/password_reset",
        context={"day": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"},
        at=at,
    )


def change_account(person: Person, *, email: str, is_active: bool) -> None:
    """Change an account's address, or close and open it. Refused when it also belongs to another committee."""
    user = _own_account(person)
    user.email, user.is_active = email, is_active
    user.save(update_fields=["email", "is_active"])


def _own_account(person: Person) -> User:
    with every_committee(because="an account may be used in several committees"):
        if person.user is None:
            raise MoveRefused(_("“%(name)s” has no account.") % {"name": person.name})
        if Person.objects.filter(user=person.user).exclude(pk=person.pk).exists():
            raise MoveRefused(_("This account is also used in another committee; only its holder can change it."))
        return person.user


def open_notice(notice: Notice, *, at: datetime) -> None:
    """Mark a notice as read; opened again it keeps the first time."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


def read_all(person: Person, *, at: datetime) -> int:
    """Mark all of a person's notices that have arrived as read; returns how many were new."""
    return Notice.objects.filter(to=person, sent_at__isnull=False, read_at=None).update(read_at=at)


def send_again(notice: Notice) -> None:
    """Let a stuck notice be tried anew, as if for the first time."""
    Notice.objects.filter(pk=notice.pk, sent_at=None).update(attempts=0, claim="", claimed_at=None, fault="")


def send_delivery_again(delivery: Delivery, *, at: datetime) -> None:
    """Let a message that was given up be tried anew, as if for the first time. Refused unless it was given up."""
    given_up = Delivery.objects.filter(pk=delivery.pk)
    words = {"attempts": 0, "claim": "", "fault": "", "not_before": at}
    if not workflow.apply_to_all(given_up, "send_again", **words):
        delivery.refresh_from_db()
        raise MoveRefused(workflow.refusal(delivery))


def choose_notices(person: Person, *, channels: list[str], unwanted: list[str]) -> NoticeChoice:
    """Keep on which channels a person wants notices outside the portal, and which kinds not."""
    words = {"committee_id": person.committee_id, "channels": channels, "unwanted": unwanted}
    return NoticeChoice.objects.update_or_create(person=person, defaults=words)[0]


def create_gateway(*, committee: Committee, channel: str, address: str, is_active: bool) -> Gateway:
    """Open a channel; opened twice it has the later address."""
    words = {"address": address, "is_active": is_active}
    return Gateway.objects.update_or_create(committee=committee, channel=channel, defaults=words)[0]


def change_gateway(gateway: Gateway, *, address: str, is_active: bool) -> None:
    """Give a channel another address ("" keeps the one it has), or put it out of use."""
    gateway.address, gateway.is_active = address or gateway.address, is_active
    gateway.save(update_fields=["address", "is_active"])


@transaction.atomic
def delete_gateway(gateway: Gateway) -> None:
    """Forget a channel's address; what waits for it is sent no more."""
    waiting = Delivery.objects.waiting().filter(committee=gateway.committee_id, channel=gateway.channel)
    workflow.apply_to_all(waiting, "drop")
    gateway.delete()


def log_export(*, committee: Committee, by: Person, what: str, rows: int) -> ExportLog:
    """Note that a list of people leaves the portal: who, what, how many. Call it before the file is handed out."""
    return ExportLog.objects.create(committee=committee, by=by, what=what, rows=rows)


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a file: the same content is the same file, whatever its name."""
    return hashlib.sha256(content).hexdigest()


def upload(
    *, committee: Committee, kind: str, filename: str, content: bytes, report: dict[str, Any], by: Person | None
) -> ImportRun:
    """Keep a file that was looked through, with what was found."""
    return ImportRun.objects.create(
        committee=committee,
        kind=kind,
        filename=filename[:120],
        content=content,
        digest=digest_of(content),
        report=report,
        by=by,
    )


def commit_import(run: ImportRun, *, reading: Reading, by: Person | None) -> None:
    """Take a file over, whole or not at all; `reading` is what was just read from it.

    Refused while a row is wrong, when this file was taken over before, and when somebody else was faster.
    """
    if reading.errors:
        raise MoveRefused(_("The file has errors; nothing was imported."))
    try:
        with transaction.atomic():
            workflow.apply(run, "commit", by=by, report=reading.report())
            reading.write(by)
    except IntegrityError:
        run.refresh_from_db()
        if committed_before(run):
            raise MoveRefused(_("This file was imported before.")) from None
        raise MoveRefused(_("The portal changed meanwhile; please look through the file again.")) from None


def committed_before(run: ImportRun) -> ImportRun | None:
    """Return the import that took this very file over, if there is one."""
    same = ImportRun.objects.filter(kind=run.kind, digest=run.digest, state=ImportState.COMMITTED)
    return same.exclude(pk=run.pk).defer("content").first()
