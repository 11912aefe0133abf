"""What a racer does over HTTP in one round: functions of a module, so that another process finds them."""

from __future__ import annotations

from flask import current_app

from tests.client import StrictClient
from tests.vouchers.counters import TABLET

Counter = tuple[str, str]
"""A code, and the secret of an open session of whoever is at the counter."""


def one_page(stake: Counter, _number: int) -> str:
    """The same page, sent by everybody."""
    return _taken(stake, stake[0], "SN1")


def own_page(stake: Counter, number: int) -> str:
    """Forty tills with a page and a device each."""
    return _taken(stake, f"{stake[0]} {number}", f"SN{number}")


def guess(stake: Counter, _number: int) -> str:
    """A code that nobody has."""
    answer = _shop(stake[1]).post("/partenaire", data={"code": "2222222222"})
    return f"{answer.status_code} {answer.location or ''}"


def _taken(stake: Counter, key: str, serial: str) -> str:
    sent = TABLET | {"request_key": key, "agreed": "10000", "serial": serial}
    answer = _shop(stake[1]).post(f"/partenaire/cheque/{stake[0]}/encaisser", data=sent)
    return f"{answer.status_code} {answer.location or ''}"


def _shop(token: str) -> StrictClient:
    client = StrictClient(current_app._get_current_object(), current_app.response_class, use_cookies=True)
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return client
