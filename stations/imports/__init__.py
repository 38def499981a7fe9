"""Files the front door takes in: stations with their duty rules, and the ledger of residents' matters."""

from .ledger import MATTERS
from .places import STATIONS

__all__ = ["MATTERS", "STATIONS"]
