"""The reservations of a school or a care home, as its people look at them: what is next, what waits, what is out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.models import Account
from equipment.models import Handing, Reservation, ReservationState
from equipment.rules.kits import Lendable
from equipment.rules.late import Late, awaited
from equipment.rules.refusals import NoPlaceOfYours, NoSuchReservation
from foundation.errors import Conflict
from foundation.i18n import _l

TO_US = {Handing.COLLECTED: _l("We collect it"), Handing.DELIVERED: _l("The team brings it")}
BACK = {Handing.COLLECTED: _l("We bring it back"), Handing.DELIVERED: _l("The team fetches it")}
"""How the kit gets there and back, in the words of those who borrow it."""
SOON = timedelta(days=2)
"""A kit that is late does not come back by itself in time for a loan that is so near."""
REPORTED_FOR = timedelta(days=14)
"""How long after it came back something may still be reported about a kit."""


class NotWithYou(Conflict):
    """A problem is reported by whoever has the kit, or had it a moment ago."""

    def __init__(self) -> None:
        super().__init__(_l("This kit is not with you at present. Call us if something is wrong with it."))


@dataclass(frozen=True)
class Handling:
    """The next time that a kit changes hands.

    Attributes:
        back: it comes back; else it goes out.
    """

    reservation: Reservation
    at: datetime
    back: bool

    @property
    def handing(self) -> Handing:
        return self.reservation.homeward if self.back else self.reservation.outward


@dataclass(frozen=True)
class Mine:
    """All of them, each once; `past` the latest first, the others by start."""

    coming: list[Reservation] = field(default_factory=list)
    waiting: list[Reservation] = field(default_factory=list)
    out: list[Reservation] = field(default_factory=list)
    past: list[Reservation] = field(default_factory=list)


def check_place(account: Account) -> None:
    """Raises: NoPlaceOfYours"""
    if account.place is None:
        raise NoPlaceOfYours


def check_own(reservation: Reservation | None, account: Account) -> Reservation:
    """The reservation, when it is of the very place of this account, whatever else the account may see.

    Raises:
        NoSuchReservation
    """
    mine = (account.school_id, account.care_home_id)
    if reservation is None or mine == (None, None) or (reservation.school_id, reservation.care_home_id) != mine:
        raise NoSuchReservation
    return reservation


def sorted_out(reservations: Sequence[Reservation], now: datetime) -> Mine:
    """`reservations` are in order of their start."""
    found = Mine()
    for one in reservations:
        if one.state is ReservationState.HANDED_OVER:
            found.out.append(one)
        elif one.state is ReservationState.APPROVED and one.ends_at > now:
            found.coming.append(one)
        elif one.state is ReservationState.REQUESTED and one.ends_at > now:
            found.waiting.append(one)
        else:
            found.past.insert(0, one)
    return found


def next_handling(mine: Mine) -> Handling | None:
    """What comes first: a kit that should be back already, then whatever is due next."""
    found = [Handling(one, one.ends_at, back=True) for one in mine.out]
    found += [Handling(one, one.starts_at, back=False) for one in mine.coming]
    return min(found, key=lambda one: one.at, default=None)


def unserved(reservations: Sequence[Reservation], kits: Mapping[int, Lendable]) -> list[Reservation]:
    """Those whose kit does not go out any more, or holds too few working devices for what is wanted."""
    return [
        one
        for one in reservations
        if (kit := kits.get(one.kit_id)) is None or not kit.goes_out or kit.working < one.units_wanted
    ]


def by_kit(reservations: Sequence[Reservation]) -> list[list[Reservation]]:
    """Those of each kit together, in the order of the first of each."""
    found: dict[int, list[Reservation]] = {}
    for one in reservations:
        found.setdefault(one.kit_id, []).append(one)
    return list(found.values())


def not_back_yet(
    reservations: Sequence[Reservation], late_loans: Mapping[int, Late], now: datetime
) -> list[Reservation]:
    """Those that begin soon, and whose kit is still out on a loan that should be over.

    Args:
        late_loans: kit → the loan that is late.
    """
    return [
        one
        for one in reservations
        if one.starts_at < now + SOON and awaited(one, late_loans)
    ]  # fmt: skip


def is_with_them(reservation: Reservation, now: datetime) -> bool:
    """Whether the borrower has the kit, should have it by now, or brought it back lately."""
    state = reservation.state
    begun = state is ReservationState.APPROVED and reservation.starts_at <= now
    lately = state is ReservationState.RETURNED and now < reservation.ends_at + REPORTED_FOR
    return state is ReservationState.HANDED_OVER or begun or lately


def check_with_them(reservation: Reservation, now: datetime) -> None:
    """Raises: NotWithYou"""
    if not is_with_them(reservation, now):
        raise NotWithYou
