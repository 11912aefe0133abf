"""Pages on which the staff keep programmes and their sessions."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.pages import add_to_menu
from workshops.views.calls import CALLS
from workshops.views.programmes import (  # noqa: F401  they hang routes and words on bp
    changing,
    describing,
    framing,
    helping,
    listing,
    planning,
    sessions,
    sheets,
)
from workshops.views.programmes.blueprint import bp

__all__ = ["bp"]

add_to_menu(
    "programmes.programme_list",
    _l("Workshops"),
    45,
    lights_on=("programmes", "papers", "attendance", "enrolments", "skills"),
    alert=CALLS,
)
