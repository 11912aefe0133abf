"""The only place that reads the computer's clock, so that a test can stop it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def territory_zone() -> ZoneInfo:
    """The wall clock of the territory this deployment serves."""
    return ZoneInfo(current_app.config["TIMEZONE"])


def today() -> date:
    """The present day on the territory's wall clock."""
    return now().astimezone(territory_zone()).date()
