"""Pages of statements, at one address for partners, who see their own, and for the town."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_menu
from vouchers.views.statements import acting, files, showing  # noqa: F401  they hang routes on bp
from vouchers.views.statements.blueprint import bp

__all__ = ["bp"]

add_to_menu("statements.own", _l("Statements"), 48, lights_on=("statements",))
