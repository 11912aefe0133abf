"""What goes out and comes back, and what is waiting for somebody."""

from __future__ import annotations

from flask import Response

from equipment.rules.kits import WORKERS
from equipment.views.lending.blueprint import bp
from foundation.security import allow
from foundation.web import draw


@bp.get("")
@allow(*WORKERS)
def today() -> Response:
    return draw("equipment/lending/today.html")
