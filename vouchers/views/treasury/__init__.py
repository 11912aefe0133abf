"""Pages of the treasury: what waits, the files of transfers, the account of the town."""

from __future__ import annotations

from vouchers.views.treasury import banking, calling_off, paying  # noqa: F401  they hang routes on bp
from vouchers.views.treasury.blueprint import bp

__all__ = ["bp"]
