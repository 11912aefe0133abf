"""What became of a device: asked of the resident on a page with one press, or at the desk."""

from __future__ import annotations

from vouchers.views.follow_ups import desk, figures, own, steps  # noqa: F401  they hang routes on bp
from vouchers.views.follow_ups.blueprint import bp

__all__ = ["bp"]
