"""Pages of campaigns: planned, opened, watched, closed with their report; and whom to remind before the end."""

from __future__ import annotations

from vouchers.views.campaigns import (  # noqa: F401  they hang routes on bp
    index,
    planning,
    reminding,
    reporting,
    series,
    showing,
)
from vouchers.views.campaigns.blueprint import bp

__all__ = ["bp"]
