"""How many people somebody has to telephone: told in the menu, on the list of programmes and on the day."""

from __future__ import annotations

from accounts.current import staff
from foundation import clock
from foundation.i18n import ngettext
from foundation.pages import Alert
from workshops.queries import telling, waiting


def calls() -> Alert | None:
    """None when nobody has to be called."""
    viewer, now = staff(), clock.now()
    number = waiting.count_to_call(viewer, now) + telling.count_to_tell(viewer, now)
    return Alert(number, ngettext("%(num)s person to call", "%(num)s people to call", number)) if number else None
