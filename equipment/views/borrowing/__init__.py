"""Pages of those who borrow: teachers, head teachers, coordinators of care homes."""

from __future__ import annotations

from equipment.views.borrowing import (  # noqa: F401  they hang routes on bp
    asking,
    calendar_file,
    choosing,
    correcting,
    detailing,
    ending,
    home,
    moving,
    one,
    reporting,
    sending,
    swapping,
    timing,
    week,
)
from equipment.views.borrowing.answering import TO_ANSWER
from equipment.views.borrowing.blueprint import bp
from foundation.i18n import _l
from foundation.pages import add_to_menu, starts_at

__all__ = ["bp"]

starts_at("borrowing.index", 35)
add_to_menu("borrowing.index", _l("My kits"), 46, lights_on=("borrowing", "kit_feeds"), alert=TO_ANSWER)
