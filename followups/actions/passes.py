"""Passes: how a unit without an account works on one assignment by a mailed link and a short code."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kit import workflow
from kit.tenancy import every_committee
from members.models import Person

from .. import notices
from ..models import Assignment, UnitPass
from ..states import OPEN

LASTS = timedelta(days=14)
MOST_TRIES = 5


@dataclass(frozen=True)
class MadePass:
    """A pass just made, with the two secrets that are never kept: the link's token and the code."""

    unit_pass: UnitPass
    token: str
    code: str


@transaction.atomic
def make_pass(assignment: Assignment, *, by: Person, name: str, email: str, at: datetime) -> MadePass:
    """Make a pass for a contact of the unit and mail its link; earlier passes of the assignment are taken back.

    The code is returned once, to be told by telephone. Refused once the assignment is answered.
    """
    if assignment.state not in OPEN:
        raise workflow.MoveRefused(workflow.refusal(assignment))
    committee = assignment.committee
    person = Person.objects.filter(committee=committee, name=name, email=email, user=None).first()
    if person is None:
        person = Person.objects.create(committee=committee, name=name, email=email, workplace=assignment.unit.name[:80])
    take_back_passes(assignment)
    token, code = secrets.token_urlsafe(24), f"{secrets.randbelow(10**6):06d}"
    unit_pass = UnitPass.objects.create(
        committee=committee,
        assignment=assignment,
        person=person,
        token_digest=digest(token),
        code_digest=make_password(code),
        made_by=by,
        made_at=at,
        ends_at=at + LASTS,
    )
    notices.pass_made(unit_pass, token)
    return MadePass(unit_pass, token, code)


def take_back_passes(assignment: Assignment) -> int:
    """Take back every pass of an assignment; returns how many were still good."""
    return UnitPass.objects.filter(assignment=assignment, is_withdrawn=False).update(is_withdrawn=True)


def find_pass(token: str, *, at: datetime) -> UnitPass | None:
    """Return the pass of a link that may still be opened; None when there is none, it ended or was taken back."""
    with every_committee(because="a link tells its committee by itself"):
        found = UnitPass.objects.filter(token_digest=digest(token), is_withdrawn=False, ends_at__gt=at)
        return found.select_related("committee", "person", "assignment__unit").first()


def open_pass(unit_pass: UnitPass, *, code: str, at: datetime) -> None:
    """Use a pass up with its code. Refused when it was used before, and for a wrong code, of which it bears five.

    Of two who try at once one opens it.
    """
    if unit_pass.used_at is not None:
        raise workflow.MoveRefused(_("This link has been used already. Please ask the office for a new one."))
    tried = UnitPass.objects.filter(pk=unit_pass.pk, used_at=None, is_withdrawn=False, tries__lt=MOST_TRIES)
    if tried.update(tries=F("tries") + 1) != 1:
        raise workflow.MoveRefused(_("Too many wrong codes. Please ask the office for a new link."))
    if not check_password(code, unit_pass.code_digest):
        raise workflow.MoveRefused(_("This is not the code. Please look again, or ask the office."))
    used = UnitPass.objects.filter(pk=unit_pass.pk, used_at=None).update(used_at=at)
    if used != 1:
        raise workflow.MoveRefused(_("This link has been used already. Please ask the office for a new one."))


def digest(token: str) -> str:
    """Return what is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()
