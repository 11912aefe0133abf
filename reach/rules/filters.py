"""Which contacts a page counts, and how that is written in its address, so that a view can be shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from activity.models import AgeBand, Channel
from foundation.errors import Refused
from foundation.i18n import _l
from people.models import Gender, Status
from reach.rules import periods
from reach.rules.periods import Span


class Side(StrEnum):
    """Whether a neighbourhood is the one people live in, or the one they were received in. Written in addresses."""

    RESIDENCE = "domicile"
    PLACE = "lieu"


class Priority(StrEnum):
    """Whether a neighbourhood is a priority one (QPV). Written in addresses; unknown is a value."""

    YES = "oui"
    NO = "non"
    UNKNOWN = "inconnu"


class UnreadableFilter(Refused):
    """Nothing is counted rather than more than what was asked for."""

    def __init__(self, key: str) -> None:
        super().__init__(_l("This filter can not be read. Choose it again."), key)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What is counted; None: whatever it is.

    Attributes:
        side: which neighbourhood `neighbourhood_id`, `priority` and `commune_id` speak of, and the dimensions
            `priority` and `commune` too.
    """

    span: Span
    side: Side = Side.RESIDENCE
    neighbourhood_id: int | None = None
    priority: Priority | None = None
    commune_id: int | None = None
    structure_id: int | None = None
    venue_id: int | None = None
    mediator_id: int | None = None
    age_band: AgeBand | None = None
    gender: Gender | None = None
    status: Status | None = None
    channel: Channel | None = None

    @property
    def before(self) -> Filters:
        """The same, over the same span before."""
        return replace(self, span=self.span.before)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the period is chosen."""
        return self != Filters(span=self.span, side=self.side)

    def to_address(self) -> dict[str, str]:
        """Key → text, for the query of an address; what stands for itself is left out."""
        said: dict[str, str] = {"periode": periods.written(self.span)}
        if self.side is not Side.RESIDENCE:
            said["cote"] = self.side.value
        for name, (key, _reads) in _KEYS.items():
            if (value := getattr(self, name)) is not None:
                said[key] = str(value)
        return said


def from_address(query: Mapping[str, str], *, today: date) -> Filters:
    """What an address asks for; without a period, the month of `today`.

    Raises:
        UnreadablePeriod, UnreadableFilter
    """
    span = periods.read(query["periode"]) if query.get("periode") else periods.month_of(today)
    side = _value(query, "cote", Side) or Side.RESIDENCE
    chosen = {name: _value(query, key, reads) for name, (key, reads) in _KEYS.items()}
    return Filters(span=span, side=side, **chosen)


def _value(query: Mapping[str, str], key: str, reads: Callable[[str], Any]) -> Any:
    text = query.get(key, "")
    if not text:
        return None
    try:
        return reads(text)
    except ValueError as error:
        raise UnreadableFilter(key) from error


def _id(text: str) -> int:
    """An identifier, in the digits that an address of ours is written with."""
    if not (text.isascii() and text.isdigit() and len(text) <= len("2147483647") and int(text) < 2**31):
        raise ValueError(text)
    return int(text)


_KEYS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "neighbourhood_id": ("quartier", _id),
    "priority": ("qpv", Priority),
    "commune_id": ("commune", _id),
    "structure_id": ("structure", _id),
    "venue_id": ("lieu", _id),
    "mediator_id": ("mediateur", _id),
    "age_band": ("age", AgeBand),
    "gender": ("genre", Gender),
    "status": ("statut", Status),
    "channel": ("canal", Channel),
}
"""Field → its key in an address, and how its text is read."""

CHOSEN = tuple(field.name for field in fields(Filters) if field.name in _KEYS)
"""The fields that narrow what is counted, in the order in which they are shown."""
