"""Pages on which the team and prescribers register people, and look after registrations and waiting lists."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_menu
from workshops.views.enrolments import (  # noqa: F401  they hang routes on bp
    acts,
    answering,
    calling,
    checking,
    group,
    history,
    sending,
    showing,
    voucher,
    who,
)
from workshops.views.enrolments.blueprint import bp

__all__ = ["bp"]

add_to_menu("enrolments.openings", _l("Workshops"), 45, lights_on=("enrolments",))
