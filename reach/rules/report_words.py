"""What a report calls a blank, in words that are kept with it."""

from __future__ import annotations

from typing import Any, Final

from foundation.i18n import _l

NEIGHBOURHOODS: Final = "blank:neighbourhoods"
VENUES: Final = "blank:venues"
SCHOOLS: Final = "blank:schools"
CARE_HOMES: Final = "blank:care_homes"
AGES: Final = "blank:ages"

BLANKS: dict[str, tuple[Any, Any]] = {
    NEIGHBOURHOODS: (
        _l("Neighbourhoods under half the rate of the territory"),
        _l(
            "Per 1,000 inhabitants, fewer than half as many people were reached there as over all neighbourhoods whose "
            "people and inhabitants are told."
        ),
    ),
    VENUES: (
        _l("Places without openings"),
        _l(
            "Places to which residents are sent, for which the calendar has neither a mediator nor a workshop in the "
            "period, and at which fewer than 11 contacts were recorded."
        ),
    ),
    SCHOOLS: (
        _l("Schools that never had a kit or a club"),
        _l("Schools in use to which no kit was ever handed over and for which no session took place, in any year."),
    ),
    CARE_HOMES: (
        _l("Care homes without a series"),
        _l("Care homes in use for which no session took place in the period. The last one before stands in brackets."),
    ),
    AGES: (
        _l("Ages hardly seen"),
        _l(
            "Ages under half of the mean of the ages that are told. How many people of each age live here is not "
            "known to this report, and the ages are not of one length: it is a question to ask, not a proof."
        ),
    ),
}
"""Key of the definition → (title, what counts as such a blank), in the order of the page."""
