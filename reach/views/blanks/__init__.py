"""The page of what is not reached, its maps, and what one more opening would change."""

from __future__ import annotations

from reach.views.blanks import maps, page  # noqa: F401  they hang routes on bp
from reach.views.blanks.asked import bp

__all__ = ["bp"]
