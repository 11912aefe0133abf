"""By what figures are split, what the values are, and what they are called."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from activity.models import AgeBand, Channel
from activity.rules.labels import AGE_BANDS, CHANNELS
from foundation.i18n import _l
from people.models import Gender, Status
from people.words import GENDERS, STATUSES
from reach.rules.filters import Filters, Priority, Side

Value = int | str
"""An id, the value of an enumeration, `2026-11`, or one of the three below."""

UNKNOWN: Final = "unknown"
"""Not known: of the neighbourhood somebody lives in, or of the one a place is in."""
OUTSIDE: Final = "outside"
"""Known to live outside of the territory."""
NONE: Final = "none"
"""Known to be none: at no venue (at home, by telephone, at a school), or of no structure (the territory's own team)."""


class Dimension(StrEnum):
    """A split of figures. `PRIORITY` and `COMMUNE` speak of the side that the filters choose.

    A person counts once in each value in which they had a contact, and once in the total: somebody who moved house,
    or who saw two mediators, is in two lines, so that lines of people may add up to more than the total. Contacts,
    minutes and heads add up to it exactly, but for minutes and records of a group whose people are in several lines.
    """

    NEIGHBOURHOOD = "neighbourhood"
    PLACE_NEIGHBOURHOOD = "place_neighbourhood"
    PRIORITY = "priority"
    COMMUNE = "commune"
    STRUCTURE = "structure"
    VENUE = "venue"
    MEDIATOR = "mediator"
    AGE_BAND = "age_band"
    GENDER = "gender"
    STATUS = "status"
    CHANNEL = "channel"
    MONTH = "month"


LABELS: dict[Dimension, Any] = {
    Dimension.NEIGHBOURHOOD: _l("Neighbourhood of residence"),
    Dimension.PLACE_NEIGHBOURHOOD: _l("Neighbourhood of the place"),
    Dimension.PRIORITY: _l("Priority neighbourhood (QPV)"),
    Dimension.COMMUNE: _l("Commune"),
    Dimension.STRUCTURE: _l("Structure"),
    Dimension.VENUE: _l("Place"),
    Dimension.MEDIATOR: _l("Mediator"),
    Dimension.AGE_BAND: _l("Age on that day"),
    Dimension.GENDER: _l("Gender"),
    Dimension.STATUS: _l("Occupation"),
    Dimension.CHANNEL: _l("Channel"),
    Dimension.MONTH: _l("Month"),
}
PRIORITIES = {
    Priority.YES: _l("In a priority neighbourhood"),
    Priority.NO: _l("Not in a priority neighbourhood of the territory"),
    Priority.UNKNOWN: _l("Not known"),
}
WORDS: dict[Dimension, dict[Any, Any]] = {
    Dimension.PRIORITY: PRIORITIES,
    Dimension.AGE_BAND: AGE_BANDS,
    Dimension.GENDER: GENDERS,
    Dimension.STATUS: STATUSES,
    Dimension.CHANNEL: CHANNELS,
}
"""Of each dimension whose values are settled, what they are called, in their order."""
LAST: dict[Dimension, dict[Value, Any]] = {
    Dimension.NEIGHBOURHOOD: {OUTSIDE: _l("Outside the territory"), UNKNOWN: _l("Neighbourhood not known")},
    Dimension.PLACE_NEIGHBOURHOOD: {UNKNOWN: _l("Neighbourhood not known")},
    Dimension.COMMUNE: {OUTSIDE: _l("Outside the territory"), UNKNOWN: _l("Commune not known")},
    Dimension.STRUCTURE: {NONE: _l("The territory's own team")},
    Dimension.VENUE: {NONE: _l("Elsewhere than at a venue")},
}
"""Of each dimension whose values are rows, what comes after them: shown beside, never within an “other”."""
NOT_TOLD: dict[Dimension, Value] = {
    Dimension.NEIGHBOURHOOD: UNKNOWN,
    Dimension.PLACE_NEIGHBOURHOOD: UNKNOWN,
    Dimension.PRIORITY: Priority.UNKNOWN.value,
    Dimension.COMMUNE: UNKNOWN,
    Dimension.AGE_BAND: AgeBand.NOT_COMMUNICATED.value,
    Dimension.GENDER: Gender.NOT_COMMUNICATED.value,
    Dimension.STATUS: Status.NOT_COMMUNICATED.value,
}
"""The value that stands for "not known"; heads of a count whom nobody named are there, of all that nobody told."""
SETTLED: dict[Dimension, tuple[Value, ...]] = {
    Dimension.PRIORITY: tuple(one.value for one in Priority),
    Dimension.AGE_BAND: tuple(one.value for one in AgeBand),
    Dimension.GENDER: tuple(one.value for one in Gender),
    Dimension.STATUS: tuple(one.value for one in Status),
    Dimension.CHANNEL: tuple(one.value for one in Channel),
}
"""Of each dimension with settled values, all of them, in order."""


def chosen(filters: Filters) -> dict[Dimension, Value]:
    """What the filters keep, as values of dimensions: a filter keeps what the line of that value counts."""
    by_place = filters.side is Side.PLACE
    wanted = {
        Dimension.PLACE_NEIGHBOURHOOD if by_place else Dimension.NEIGHBOURHOOD: filters.neighbourhood_id,
        Dimension.PRIORITY: filters.priority,
        Dimension.COMMUNE: filters.commune_id,
        Dimension.STRUCTURE: filters.structure_id,
        Dimension.VENUE: filters.venue_id,
        Dimension.MEDIATOR: filters.mediator_id,
        Dimension.AGE_BAND: filters.age_band,
        Dimension.GENDER: filters.gender,
        Dimension.STATUS: filters.status,
        Dimension.CHANNEL: filters.channel,
    }
    values = {dimension: value.value if isinstance(value, StrEnum) else value for dimension, value in wanted.items()}
    return {dimension: value for dimension, value in values.items() if value is not None}
