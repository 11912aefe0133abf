"""Pages of partners: agreements, accounts at banks, and a statement by hand."""

from __future__ import annotations

from vouchers.views.partners import agreeing, banking, showing, stating  # noqa: F401  they hang routes on bp
from vouchers.views.partners.blueprint import bp

__all__ = ["bp"]
