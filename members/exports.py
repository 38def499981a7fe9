"""Tables of the people's floor that leave as files."""

from kit.sheets import Sheet

from .imports.sheets import GROUP_COLUMNS, MEMBERS, POSTS, SEXES, SHEETS
from .models import GroupSeat, Membership

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
