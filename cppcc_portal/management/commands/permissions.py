"""`manage.py permissions`: prints who may do what, from the tables the code itself obeys."""

from django.core.management.base import BaseCommand

from cppcc_portal.permissions import document


class Command(BaseCommand):
    """Prints docs/permissions.md."""

    help = "Print who may do what; `manage.py permissions > docs/permissions.md` brings the document up to date."

    def handle(self, *args, **options):
        """Print the document."""
        self.stdout.write(document(), ending="")
