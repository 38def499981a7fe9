"""`field__among=queryset`: one of the keys a queryset gives, which are few beside the table that is searched.

It means what `__in` means. PostgreSQL, however, joins an `IN (SELECT …)` or walks the whole table wherever it stands
beside an OR. Gathered in an array first, the keys are looked up by index, and several such conditions share one scan.
"""

from django.db import models
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In


class _Gathered:
    """Gives the keys as an array where the database has arrays."""

    lookup_name = "among"

    def get_rhs_op(self, connection, rhs):
        """Return the comparison with the subquery `rhs`, which brings its own brackets."""
        return f"= ANY (ARRAY{rhs})" if connection.vendor == "postgresql" else f"IN {rhs}"


@models.AutoField.register_lookup
@models.BigAutoField.register_lookup
class Among(_Gathered, In):
    """A key of its own."""


@models.ForeignKey.register_lookup
class RelatedAmong(_Gathered, RelatedIn):
    """A key of another table."""
