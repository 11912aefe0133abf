"""Pages of the register of equipment: kits, their devices, what is counted in them; and what a label leads to."""

from __future__ import annotations

from equipment.views.kits import (  # noqa: F401  they hang routes on bp
    adding,
    counting,
    describing,
    items,
    items_leaving,
    leaving,
    listing,
    looking,
    photos,
    scanning,
    showing,
)
from equipment.views.kits.blueprint import bp

__all__ = ["bp"]
