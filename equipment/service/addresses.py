"""The pages that messages about kits lead to: everybody to those of their own side of the counter."""

from __future__ import annotations

from flask import current_app

from accounts.models import Account
from equipment.models import Kit, Reservation
from equipment.rules.kits import works_here


def of(reservation: Reservation, reader: Account | None) -> str:
    """The page of a reservation; without account there is none to open."""
    if reader is None:
        return ""
    if works_here(reader):
        return _whole(f"/equipe/materiel/reservations/{reservation.id}")
    return _whole(f"/hote/mallettes/{reservation.code}")


def instead(reservation: Reservation, reader: Account | None) -> str:
    """Where one press takes another kit for the same time; colleagues move it on its page."""
    if reader is None or works_here(reader):
        return of(reservation, reader)
    return _whole(f"/hote/mallettes/{reservation.code}/autre")


def to_choose(reader: Account | None) -> str:
    """Where a kit is chosen by need."""
    if reader is None:
        return ""
    return _whole("/equipe/materiel" if works_here(reader) else "/hote/mallettes/reserver")


def of_kit(kit: Kit) -> str:
    return _whole(f"/equipe/materiel/mallettes/{kit.id}")


def _whole(path: str) -> str:
    return f"{current_app.config['BASE_URL']}{path}"
