"""Pages on which kits are handed over and taken back."""

from __future__ import annotations

from equipment.views.handing import giving, taking, written  # noqa: F401  they hang routes on bp
from equipment.views.handing.blueprint import bp

__all__ = ["bp"]
