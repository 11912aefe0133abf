"""Pages of a mediator's day and week."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_menu, starts_at
from mediation.views.day import marks, pages, walk_ins  # noqa: F401  # they hang their routes on bp
from mediation.views.day.blueprint import bp

__all__ = ["bp"]

APPOINTMENT = ("desk.show_appointment", "desk.choose_move", "desk.move", "desk.ask_cancel", "desk.cancel")
add_to_menu("day.today", _l("Day ahead"), 10, lights_on=("day", *APPOINTMENT))
starts_at("day.today", 10)
