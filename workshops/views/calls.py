"""How many people somebody has to telephone: told in the menu, on the list of programmes and on the day."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select

from accounts.current import staff
from foundation import clock
from foundation.alerts import Alert, Count, alerts
from foundation.i18n import ngettext
from workshops.queries import telling, waiting


def _asked() -> Sequence[Select[int]]:
    viewer, now = staff(), clock.now()
    return waiting.count_to_call(viewer, now), telling.count_to_tell(viewer, now)


CALLS = Count(_asked, lambda number: ngettext("%(num)s person to call", "%(num)s people to call", number))


def calls() -> Alert | None:
    """None when nobody has to be called."""
    return alerts({"calls": CALLS}).get("calls")
