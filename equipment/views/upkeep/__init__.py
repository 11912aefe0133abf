"""Pages of upkeep: incidents from the first report to the end, planned upkeep, and the figures of equipment."""

from __future__ import annotations

from equipment.views.upkeep import (  # noqa: F401  they hang routes on bp
    figures,
    listing,
    plans,
    reporting,
    settling,
)
from equipment.views.upkeep.blueprint import bp

__all__ = ["bp"]
