"""The dashboard of reach: figures of a period, their map and charts."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_menu
from reach.views.dashboard import behind, pages, pictures  # noqa: F401  # they hang themselves on bp
from reach.views.dashboard.blueprint import bp

__all__ = ["bp"]

add_to_menu("reach.index", _l("Reach"), 49, lights_on=("reach", "blanks", "reports", "exports"))
