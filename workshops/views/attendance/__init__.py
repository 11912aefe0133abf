"""Pages of the day of a session."""

from __future__ import annotations

from workshops.service import copies  # noqa: F401  it tells people what is kept of them, and forgets it
from workshops.views.attendance import (  # noqa: F401  they hang routes on bp
    closing,
    device,
    page,
    pressing,
    today,
    walk_ins,
)
from workshops.views.attendance.blueprint import bp

__all__ = ["bp"]
