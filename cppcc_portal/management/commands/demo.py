"""`manage.py demo`: two invented committees, filled from the sample files through the same import as the page."""

import time
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from cppcc_portal.imports import KINDS
from followups.defaults import install_rules
from followups.ladder import install_ladder
from kit.tenancy import committee_scope, every_committee
from members import actions
from members.importing import ImportKind, look_through
from members.models import Committee, RoleGrant, Term, User
from members.states import Level, Role

PASSWORD = "yunxiu-2026"  # noqa: S105 -- shown on purpose; demo accounts only
SAMPLES = settings.BASE_DIR / "samples"
TERMS = (
    (9, date(2017, 1, 9), date(2022, 1, 9), False),
    (10, date(2022, 1, 10), date(2027, 1, 9), True),
)
FILES = {
    "yunxiu": {
        "roster": "yunxiu-roster.xlsx",
        "stations": "yunxiu-roster.xlsx",
        "plan": "yunxiu-plan-2026.xlsx",
        "sessions": "yunxiu-sessions-2026.xlsx",
        "matters": "yunxiu-matters-2025.csv",
    },
    "jiye": {
        "roster": "jiye-roster.xlsx",
        "stations": "jiye-roster.xlsx",
        "sessions": "jiye-sessions-2026.xlsx",
        "matters": "jiye-matters-2025.csv",
    },
}


class Command(BaseCommand):
    """Fills an empty portal; a second run on the same database is refused, not doubled."""

    help = "Create two invented committees and load the sample files."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there is a committee already")
        parser.add_argument("--accounts", action="store_true", help="only print the demo accounts")
        parser.add_argument("--really", action="store_true", help="run even where PORTAL_ENV=live")

    def handle(self, *args, **options):
        if settings.LIVE and not options["really"]:
            raise CommandError("PORTAL_ENV=live: demo data and its known password have no place here.")
        with every_committee(because="the demo makes the committees"):
            if options["accounts"]:
                self._print_accounts()
                return
            if Committee.objects.exists():
                if options["if_empty"]:
                    return
                raise CommandError("There is a committee already; the demo fills an empty database only.")
        # All or nothing: a start that is stopped half-way leaves an empty portal, and the next one fills it.
        with translation.override("zh-hans"), transaction.atomic():
            for committee in _make_committees():
                with committee_scope(committee.pk):
                    self._fill(committee)

    def _fill(self, committee):
        """Load one committee's files, each kind after the one it builds on."""
        install_rules(committee, on=date(2020, 1, 1))
        install_ladder(committee, on=date(2020, 1, 1))
        for key, filename in FILES[committee.code].items():
            start = time.monotonic()
            counts = _load(KINDS[key], filename, committee)
            words = "、".join(f"{what} {count}" for what, count in counts.items())
            self.stdout.write(f"  {filename} · {KINDS[key].title}: {words} ({time.monotonic() - start:.1f} s)")
        User.objects.filter(persons__committee=committee).update(password=make_password(PASSWORD))

    def _print_accounts(self):
        """Print one account per role, the role first, as people call it."""
        committee = Committee.objects.filter(code="yunxiu").first()
        if committee is None:
            self.stdout.write("No demo data; run `python manage.py demo`.")
            return
        with translation.override("zh-hans"):
            grants = RoleGrant.objects.filter(committee=committee, person__user__isnull=False)
            for role in Role:
                first = grants.filter(role=role).select_related("person__user").order_by("person__user_id").first()
                username = _account_for(role, grants) or (first and first.person.user.username)
                if username:
                    self.stdout.write(f"{role.label}  {username}  {PASSWORD}")


def _account_for(role, grants):
    """Return the account whose only role this is, and of those the first; None when there is none."""
    usernames = list(
        grants.filter(role=role).order_by("person__user_id").values_list("person__user__username", flat=True)
    )
    plain = [name for name in usernames if grants.filter(person__user__username=name).count() == 1]
    return (plain or [None])[0]


def _make_committees():
    upper = Committee.objects.create(
        name="政协澜川市委员会", short_name="澜川市政协", code="lanchuan", level=Level.PREFECTURAL
    )
    made = []
    for name, short_name, code in (
        ("政协云岫县委员会", "云岫县政协", "yunxiu"),
        ("政协霁野县委员会", "霁野县政协", "jiye"),
    ):
        committee = Committee.objects.create(name=name, short_name=short_name, code=code, parent=upper)
        Term.objects.bulk_create(
            [
                Term(committee=committee, ordinal=ordinal, starts_on=start, ends_on=end, is_current=current)
                for ordinal, start, end, current in TERMS
            ]
        )
        made.append(committee)
    return made


def _load(kind: ImportKind, filename: str, committee: Committee) -> dict[str, int]:
    """Take one sample file over exactly as the page does; a sample with errors stops the command."""
    content = (SAMPLES / filename).read_bytes()
    reading = look_through(kind, content, filename, committee)
    if reading.errors:
        shown = "\n".join(
            f"  {error.line} {error.column}: {error.reason} {error.value}" for error in reading.errors[:10]
        )
        raise CommandError(f"{filename} ({kind.key}) has {len(reading.errors)} errors:\n{shown}")
    run = actions.upload(
        committee=committee, kind=kind.key, filename=filename, content=content, report=reading.report(), by=None
    )
    actions.commit_import(run, reading=reading, by=None)
    return reading.counts
