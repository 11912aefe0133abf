"""What a resident has chosen so far, as it travels in the address of each page of the booking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta
from typing import Any

from activity.models import Channel
from foundation.errors import Refused
from foundation.i18n import _l

START = "%Y%m%dT%H%MZ"
LARGEST_ID = 2**31 - 1
FARTHEST_DAY = timedelta(days=3 * 366)


class UnreadableChoice(Refused):
    """An address that was cut or made up (400)."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_l("This address is incomplete. Start again from the home page."))


@dataclass(frozen=True)
class Choice:
    """What for, where and when. `place` is the id of a venue, or the name of another channel.

    Attributes:
        draft: key of the answers that were typed already.
        near: id of the neighbourhood, `address` of the address, that places are sorted around.
    """

    service_id: int | None = None
    channel: Channel | None = None
    venue_id: int | None = None
    starts_at: datetime | None = None
    near: int | None = None
    address: int | None = None
    draft: str = ""

    @property
    def place(self) -> str:
        return str(self.venue_id) if self.venue_id is not None else self.channel or ""

    def at(self, place: str) -> Choice:
        """The same at another place, with no time chosen yet."""
        return replace(_placed(self, place), starts_at=None)

    def starting(self, starts_at: datetime) -> Choice:
        return replace(self, starts_at=starts_at)

    def query(self) -> dict[str, Any]:
        """The parameters of the address, without those that are empty."""
        start = self.starts_at.astimezone(UTC).strftime(START) if self.starts_at else ""
        found = {
            "motif": self.service_id,
            "ou": self.place,
            "debut": start,
            "quartier": self.near,
            "adresse": self.address,
            "d": self.draft,
        }
        return {name: value for name, value in found.items() if value}


def read(parameters: Mapping[str, str]) -> Choice:
    """The choice that an address spells.

    Raises:
        UnreadableChoice: a part of it makes no sense.
    """
    choice = Choice(
        service_id=read_id(parameters.get("motif")),
        near=read_id(parameters.get("quartier")),
        address=read_id(parameters.get("adresse")),
        draft=parameters.get("d", "")[:64],
        starts_at=read_start(parameters.get("debut")),
    )
    return _placed(choice, parameters.get("ou", ""))


def _placed(choice: Choice, place: str) -> Choice:
    if not place:
        return replace(choice, channel=None, venue_id=None)
    if place in {Channel.HOME, Channel.PHONE, Channel.VIDEO}:
        return replace(choice, channel=Channel(place), venue_id=None)
    return replace(choice, channel=Channel.VENUE, venue_id=read_id(place))


def read_id(text: str | None) -> int | None:
    """Raises: UnreadableChoice."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= LARGEST_ID):
        raise UnreadableChoice
    return int(text)


def read_start(text: str | None) -> datetime | None:
    """Raises: UnreadableChoice."""
    if not text:
        return None
    try:
        start = datetime.strptime(text, START).replace(tzinfo=UTC)
    except ValueError as error:
        raise UnreadableChoice from error
    if not MINYEAR < start.year < MAXYEAR:  # a wall clock may stand in another year
        raise UnreadableChoice
    return start


def read_day(text: str | None, today: date) -> date | None:
    """A day near enough to be shown.

    Raises:
        UnreadableChoice: it is none, or lies years away.
    """
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableChoice from error
    if abs(day - today) > FARTHEST_DAY:
        raise UnreadableChoice
    return day
