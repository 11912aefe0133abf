"""Counting what is in kits, with a phone."""

from __future__ import annotations

from equipment.views.stock import closing, listing, report, walking  # noqa: F401  they hang routes on bp
from equipment.views.stock.blueprint import bp

__all__ = ["bp"]
