"""Tables of the people's floor that leave as files."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from kit.sheets import Column, Sheet

from .imports.sheets import GROUP_COLUMNS, MEMBERS, POSTS, SEXES, SHEETS
from .models import Delivery, GroupSeat, Membership

MOST_ROWS = 5_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

WORDS = {"sex": SEXES, "post": POSTS}  # the words of the file, whatever language the page is read in


def members_list(found) -> tuple[Sheet, int]:
    """Return the members as a table with the columns of the roster, so that it can be read in again; and how many."""
    rows: list[Membership] = list(found.select_related("person", "sector"))
    named: dict[tuple[int, str], list[str]] = {}
    seats = GroupSeat.objects.filter(membership__in=found.order_by().values("pk")).order_by("pk")
    for membership, kind, name in seats.values_list("membership_id", "group__kind", "group__name"):
        named.setdefault((membership, kind), []).append(name)
    columns = SHEETS[MEMBERS]
    table = [[_cell(row, column.key, named) for column in columns] for row in rows]
    return Sheet(MEMBERS, columns, table), len(table)


def _cell(row: Membership, key: str, named: dict[tuple[int, str], list[str]]):
    if key in GROUP_COLUMNS:
        return named.get((row.pk, GROUP_COLUMNS[key]), ())
    if key == "is_standing":
        return "是" if row.is_standing else ""
    if key == "sector":
        return row.sector.name
    value = getattr(row if key in ("number", "post") else row.person, key)
    return WORDS.get(key, {}).get(value, value)


def outbox_list(deliveries: Sequence[Delivery]) -> Sheet:
    """Return the outbox as the list shows it; asks for `with_list_columns`."""
    columns = [
        Column("to", _("To"), width=14),
        Column("subject", _("Notice"), width=44),
        Column("channel", _("Channel"), width=12),
        Column("state", _("State"), width=14),
        Column("attempts", _("attempts"), width=10),
        Column("at", _("Time"), width=18),
        Column("fault", _("What went wrong"), width=44),
    ]
    rows = (
        (
            row.notice.to.name,
            row.notice.subject,
            row.get_channel_display(),
            row.get_state_display(),
            row.attempts,
            f"{timezone.localtime(row.sent_at or row.not_before):%Y-%m-%d %H:%M}",
            row.fault,
        )
        for row in deliveries
    )
    return Sheet(_("Outbox"), columns, rows)
