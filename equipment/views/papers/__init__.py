"""Labels for kits and what is in them."""

from __future__ import annotations

from equipment.views.papers import labels  # noqa: F401  it hangs routes on bp
from equipment.views.papers.blueprint import bp

__all__ = ["bp"]
