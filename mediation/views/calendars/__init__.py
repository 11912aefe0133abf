"""A mediator's calendars: read elsewhere by a private address, and brought in as busy time."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_menu
from mediation.views.calendars import busy, page, subscription  # noqa: F401  # they hang their routes on bp
from mediation.views.calendars.blueprint import bp

__all__ = ["bp"]

add_to_menu("calendars.mine", _l("My calendars"), 55, lights_on=("calendars",), setting=True)
