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
            "Fewer than half as many people were reached there, per 1,000 inhabitants, as in all "
            "neighbourhoods whose figures are published taken together."
        ),
    ),
    VENUES: (
        _l("Places without openings"),
        _l(
            "Places residents are directed to, for which the calendar has neither a mediator nor a workshop"
            " in the period, and where fewer than 11 contacts were recorded."
        ),
    ),
    SCHOOLS: (
        _l("Schools that never had a kit or a club"),
        _l("Schools in use that were never lent a kit and for which no session took place, in any year."),
    ),
    CARE_HOMES: (
        _l("Care homes without a series"),
        _l("Care homes in use for which no session took place in the period. The last one before it is in brackets."),
    ),
    AGES: (
        _l("Ages hardly seen"),
        _l(
            "Age groups with fewer than half the average number of people of the age groups that are "
            "published. How many people of each age live here is not known to this report, and the groups "
            "do not all span as many years: it is a question to ask, not a proof."
        ),
    ),
}
"""Key of the definition → (title, what counts as such a blank), in the order of the page."""
