"""Pages on which the team lends kits: what is on today, the week, reservations."""

from __future__ import annotations

from equipment.views.lending import (  # noqa: F401  they hang routes on bp
    answering,
    index,
    moving,
    reserving,
    showing,
    today,
    week,
)
from equipment.views.lending.blueprint import bp
from foundation.i18n import _l
from foundation.pages import add_to_menu

__all__ = ["bp"]

add_to_menu(
    "lending.today",
    _l("Equipment"),
    48,
    lights_on=("lending", "kits", "kit_feeds", "kit_papers", "kit_imports", "stock", "handing", "upkeep"),
)
