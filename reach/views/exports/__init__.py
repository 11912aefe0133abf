"""Files for other programs: the figures of a view, and activity records in La Coop's columns."""

from __future__ import annotations

from reach.views.exports import figures, records  # noqa: F401  they hang routes on bp
from reach.views.exports.blueprint import bp

__all__ = ["bp"]
