"""Pages on which colleagues and prescribers book for somebody, and look after appointments."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_menu, starts_at
from mediation.views.desk import appointment, booking, calendars, referrals, why  # noqa: F401  # they hang their routes on bp
from mediation.views.desk.blueprint import bp

__all__ = ["bp"]

add_to_menu("desk.new_appointment", _l("New appointment"), 20, lights_on=("desk.choose", "desk.confirm", "desk.why"))
add_to_menu("desk.team_calendars", _l("Team"), 15, lights_on=("desk",))
add_to_menu("desk.referrals", _l("People I sent"), 25, lights_on=("desk",))
starts_at("desk.team_calendars", 20)
starts_at("desk.referrals", 40)
