"""`manage.py found`: opens a committee on a new portal, with its current term, its clocks and its first clerk."""

from __future__ import annotations

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.crypto import get_random_string

from followups.defaults import install_rules
from followups.ladder import install_ladder
from kit.tenancy import committee_scope, every_committee
from members.models import Committee, Person, RoleGrant, Term, User
from members.states import Level, Role


class Command(BaseCommand):
    """Everything else the clerk does on the pages."""

    help = "Open a committee: name, code, current term, and the account of its first clerk."

    def add_arguments(self, parser):
        """What must be known to begin."""
        parser.add_argument("name", help="full name, for example 政协云岫县委员会")
        parser.add_argument("code", help="short word in Latin letters, for example yunxiu")
        parser.add_argument("--short-name", default="", help="for example 云岫县政协; the full name when left out")
        parser.add_argument("--level", choices=Level.values, default=Level.COUNTY)
        parser.add_argument("--parent", default="", help="code of the upper committee, if it is on this portal")
        parser.add_argument("--term", type=int, required=True, help="ordinal of the current term, for example 10")
        parser.add_argument("--from", dest="starts", type=date.fromisoformat, required=True, help="2022-01-10")
        parser.add_argument("--to", dest="ends", type=date.fromisoformat, required=True, help="2027-01-09")
        parser.add_argument("--clerk", required=True, help="name of the first clerk")
        parser.add_argument("--account", required=True, help="the clerk's account name")

    def handle(self, *args, **options):
        """Open the committee in one transaction and print the clerk's first password once."""
        if options["ends"] <= options["starts"]:
            raise CommandError("The term must end after it starts.")
        if User.objects.filter(username=options["account"]).exists():
            raise CommandError(f"The account {options['account']} exists already.")
        if Committee.objects.filter(code=options["code"]).exists():
            raise CommandError(f"The committee {options['code']} exists already.")
        parent = Committee.objects.filter(code=options["parent"]).first()
        if options["parent"] and parent is None:
            raise CommandError(f"There is no committee {options['parent']}.")
        password = get_random_string(14)
        with transaction.atomic(), every_committee(because="a committee is opened"), translation.override("zh-hans"):
            self._open(options, parent, password)
        self.stdout.write(f"{options['name']} is open. First sign-in: {options['account']}  {password}")
        self.stdout.write("The password is shown this once; change it after signing in.")

    def _open(self, options, parent, password):
        """Make the rows."""
        committee = Committee.objects.create(
            name=options["name"],
            short_name=(options["short_name"] or options["name"])[:20],
            code=options["code"],
            level=options["level"],
            parent=parent,
        )
        with committee_scope(committee.pk):
            Term.objects.create(
                committee=committee,
                ordinal=options["term"],
                starts_on=options["starts"],
                ends_on=options["ends"],
                is_current=True,
            )
            install_rules(committee, on=min(options["starts"], timezone.localdate()))
            install_ladder(committee, on=min(options["starts"], timezone.localdate()))
            user = User.objects.create_user(options["account"], password)
            person = Person.objects.create(committee=committee, name=options["clerk"], user=user)
            RoleGrant.objects.create(committee=committee, person=person, role=Role.CLERK)
