"""Pages of vouchers: issued to somebody, handed over, looked through, put right."""

from __future__ import annotations

from vouchers.views.issuing import (  # noqa: F401  they hang routes on bp
    history,
    index,
    person,
    righting,
    showing,
)
from vouchers.views.issuing.blueprint import bp

__all__ = ["bp"]
