"""Every kind of file the portal takes in, in the order in which one builds on the other."""

from __future__ import annotations

from importlib.util import find_spec

from django.utils.module_loading import import_string

from members.importing import ImportKind

# Each room describes its kinds; a workbook with a roster holds the stations as well, read in a second pass.
NAMES = (
    "members.imports.ROSTER",
    "stations.imports.STATIONS",
    "consultations.imports.PLAN",
    "consultations.imports.SESSIONS",
    "stations.imports.MATTERS",
)


def _find(name: str) -> ImportKind | None:
    module = name.rpartition(".")[0]
    if find_spec(module) is None:  # TODO import plainly when every room has its imports
        return None
    try:
        return import_string(name)
    except ImportError:
        return None


KINDS: dict[str, ImportKind] = {kind.key: kind for name in NAMES if (kind := _find(name))}
MISSING = tuple(name for name in NAMES if not _find(name))
