"""Every kind of file the portal takes in, in the order in which one builds on the other."""

from consultations.imports import PLAN, SESSIONS
from followups.imports import SUPERVISION
from members.importing import ImportKind
from members.imports import CALENDAR, ROSTER
from stations.imports import MATTERS, STATIONS

# Each room describes its kinds; a workbook with a roster holds the stations as well, read in a second pass.
KINDS: dict[str, ImportKind] = {
    kind.key: kind for kind in (ROSTER, STATIONS, PLAN, SESSIONS, MATTERS, CALENDAR, SUPERVISION)
}
