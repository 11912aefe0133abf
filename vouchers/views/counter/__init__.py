"""The counter of a partner: small pages for a shop’s old phone, without script."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_menu, starts_at
from vouchers.views.counter import agreeing, home, receipt, sale  # noqa: F401  they hang routes on bp
from vouchers.views.counter.blueprint import bp
from vouchers.views.counter.scanning import scan_bp

__all__ = ["bp", "scan_bp"]

starts_at("counter.index", 38)
add_to_menu("counter.index", _l("Counter"), 47, lights_on=("counter",))
