"""What tests of the pages of borrowers send, and what they read."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.models import Account
from equipment.models import Reservation
from foundation.db import db
from tests.cast import Cast, sign_in
from tests.equipment.given import TUESDAY, host_of_school

HOME = "/hote/mallettes"
ASK = f"{HOME}/reserver"


def as_teacher(client: FlaskClient, cast: Cast, **changes: Any) -> Account:
    """Bruno Lacaze of the school, signed in."""
    account = host_of_school(cast, **changes)
    sign_in(client, account)
    return account


def need(**changes: Any) -> dict[str, Any]:
    """Three tablets for CM1 and Scratch on Tuesday morning, as the first page sends it."""
    usual = {
        "units_wanted": "3", "kind": "", "group_label": "CM1", "head_count": "24", "activity": "Scratch",
        "day": TUESDAY.isoformat(), "part": "matin", "starts": "", "ends": "", "last_day": "", "every": "0",
        "until": "", "kit_id": "0",
    }  # fmt: skip
    return usual | changes


def details(**changes: Any) -> dict[str, Any]:
    """How it travels, as the third page sends it; the conditions are accepted."""
    usual = {"outward": "collected", "homeward": "delivered", "contact_phone": "", "sheet_url": "", "accepted": "y"}
    return usual | changes


def asked(client: FlaskClient, **changes: Any) -> str:
    """The key of the answers of a first page that was sent."""
    response = client.post(ASK, data=need(**changes))
    assert response.status_code == 303, faults(response)
    return key_of(response.location)


def chosen(client: FlaskClient, kit_id: int, *, more: dict[str, Any] | None = None, **changes: Any) -> str:
    """The same, once the kit is chosen and the conditions are accepted."""
    key = asked(client, **changes)
    client.post(f"{ASK}/choisir?d={key}", data={"kit_id": kit_id, **(more or {})})
    response = client.post(f"{ASK}/conditions?d={key}", data=details())
    assert response.location == f"{ASK}/verifier?d={key}", faults(response)
    return key


def send(client: FlaskClient, key: str) -> Any:
    """The last press, of the page as it is now."""
    return client.post(f"{ASK}/verifier?d={key}", data={"shown": shown(client, key)})


def shown(client: FlaskClient, key: str) -> str:
    """What the last page says that it shows; empty when it is not to be had."""
    found = re.search(r'name="shown" value="(\w+)"', client.get(f"{ASK}/verifier?d={key}").get_data(as_text=True))
    return found[1] if found else ""


def key_of(location: str) -> str:
    return parse_qs(urlsplit(location).query)["d"][0]


def faults(response: Any) -> list[str]:
    """What the page says is wrong."""
    page = response.get_data(as_text=True)
    found = re.findall(r'<div class="faults".*?</div>', page, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def reservations() -> list[Reservation]:
    """All there are, by start."""
    db.session.rollback()
    query = select(Reservation).order_by(Reservation.starts_at, Reservation.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))
