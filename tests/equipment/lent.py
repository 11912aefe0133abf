"""What tests of the team's pages of lending begin with: somebody signed in, a page read as people read it."""

from __future__ import annotations

from html import unescape
from typing import Any

from sqlalchemy import select

from accounts.models import Account
from equipment.models import Reservation
from foundation.db import db, transaction
from tests.cast import Cast, sign_in
from tests.workshops.pages import as_stranger, main_of

TODAY, WEEK, LIST = "/equipe/materiel", "/equipe/materiel/semaine", "/equipe/materiel/reservations"
RESERVE = "/equipe/materiel/reserver"

__all__ = ["LIST", "RESERVE", "TODAY", "WEEK", "as_stranger", "form", "of", "one", "read", "reservations", "sent"]


def read(client: Any, path: str, status: int = 200) -> str:
    """The words of a page."""
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return unescape(main_of(response))


def one(reservation: Reservation) -> str:
    """The address of a reservation."""
    return f"{LIST}/{reservation.id}"


def reservations() -> list[Reservation]:
    """All there are, by start, as the database has them now."""
    db.session.rollback()
    return list(db.session.scalars(select(Reservation).order_by(Reservation.starts_at, Reservation.id)))


def of(cast: Cast, member: str, structure: str) -> Account:
    """A member of the cast who works for a structure of it."""
    with transaction():
        account = db.session.get_one(Account, cast.ids[member])
        account.structure_id = cast.ids[structure]
    return account


def form(**changes: Any) -> dict[str, Any]:
    """What the page sends that reserves for the team on Tuesday morning, half past eight to half past eleven."""
    usual = {
        "kit_id": "", "units_wanted": "", "kind": "", "group_label": "", "head_count": "", "activity": "",
        "day": "2026-03-17", "part": "matin", "starts": "", "ends": "", "last_day": "", "every": "0", "until": "",
        "borrower": "", "venue_id": "", "outward": "collected", "homeward": "collected", "contact_phone": "",
        "sheet_url": "", "key": "page-1",
    }  # fmt: skip
    return usual | changes


def sent(client: Any, cast: Cast, path: str, *, by: str = "mediator", **data: Any) -> Any:
    """The answer to a form."""
    sign_in(client, getattr(cast, by))
    return client.post(path, data=data)
