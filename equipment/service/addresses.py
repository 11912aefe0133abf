"""The pages that messages about kits lead to: everybody to those of their own side of the counter."""

from __future__ import annotations

from accounts.models import Account
from equipment.models import Kit, Reservation
from equipment.rules.kits import works_here
from foundation.links import absolute


def of(reservation: Reservation, reader: Account | None) -> str:
    """The page of a reservation; without account there is none to open."""
    if reader is None:
        return ""
    if works_here(reader):
        return absolute(endpoint="lending.show", reservation_id=reservation.id)
    return absolute(endpoint="borrowing.show", code=reservation.code)


def instead(reservation: Reservation, reader: Account | None) -> str:
    """Where one press takes another kit for the same time; colleagues move it."""
    if reader is None:
        return ""
    if works_here(reader):
        return absolute(endpoint="lending.move", reservation_id=reservation.id)
    return absolute(endpoint="borrowing.instead", code=reservation.code)


def to_choose(reader: Account | None) -> str:
    """Where another kit is chosen."""
    if reader is None:
        return ""
    return absolute(endpoint="lending.week" if works_here(reader) else "borrowing.need")


def of_kit(kit: Kit) -> str:
    return absolute(endpoint="kits.show", kit_id=kit.id)
