"""Pages of activity records."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_menu
from mediation.views.records import following, history, listing, showing, writing  # noqa: F401  # they hang themselves on bp and people
from mediation.views.records.blueprint import bp

__all__ = ["bp"]

add_to_menu("records.mine", _l("Records"), 40, lights_on=("records",))
