"""What mediation forgets, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, update

from foundation import clock
from foundation.db import db
from foundation.period import whole_day
from mediation.models import Appointment


def erase_home_addresses(now: datetime) -> int:
    """Forget where people live from the day after they were visited; returns how many addresses went."""
    zone = clock.territory_zone()
    today = whole_day(now.astimezone(zone).date(), zone)
    result = db.session.execute(
        update(Appointment)
        .where(Appointment.ends_at < today.start, Appointment.home_address != "")
        .values(home_address="")
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", result).rowcount
