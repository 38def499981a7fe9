"""The printed permissions are the ones the code obeys."""

from pathlib import Path

from django.conf import settings

from cppcc_portal.permissions import document


def test_the_printed_permissions_are_current():
    printed = Path(settings.BASE_DIR) / "docs" / "permissions.md"
    assert printed.read_text(encoding="utf-8") == document(), "run: python manage.py permissions > docs/permissions.md"
