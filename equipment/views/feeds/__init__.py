"""Calendars of kits, of schools and of care homes, read elsewhere by a secret address."""

from __future__ import annotations

from equipment.views.feeds import page, subscription  # noqa: F401  they hang routes on bp
from equipment.views.feeds.blueprint import bp

__all__ = ["bp"]
