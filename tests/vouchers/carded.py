"""What tests of card pages share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from foundation.db import db, in_transaction
from people import service as people
from people.service import Details
from tests.vouchers.given import YEAR_END, category
from vouchers.models import Card, CardEvent, CardEventKind

PAGE = "/equipe/cartes"


def text(response: Any) -> str:
    """What a page says, with plain spaces."""
    return response.get_data(as_text=True).replace("\u00a0", " ").replace("\u202f", " ")


def resident(given_name: str = "Jeanne", family_name: str = "Kerlaz", birth_year: int | None = 1957) -> int:
    """Somebody who can be found; their id."""
    details = Details(given_name=given_name, family_name=family_name, birth_year=birth_year)
    return in_transaction(lambda: people.create(details)).id


def given(client: Any, **more: Any) -> Any:
    """The answer to a card given by its page to somebody new, or to `person_id`."""
    who = more.pop("person_id", None) or resident()
    data = {
        "category": str(category()), "valid_from": "2026-03-10", "valid_until": YEAR_END.isoformat(),
        "proof_seen": "y", "proof_seen_on": "2026-03-10",
    }  # fmt: skip
    return client.post(f"{PAGE}/nouvelle?habitant={who}", data=data | more)


def newest() -> Card:
    """The last card, as the database holds it."""
    db.session.rollback()
    return db.session.scalars(select(Card).order_by(Card.id.desc()).limit(1)).one()


def how_many() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Card.id))) or 0


def happened(card_id: int) -> list[CardEventKind]:
    """What happened to a card, in order."""
    db.session.rollback()
    query = select(CardEvent.kind).where(CardEvent.card_id == card_id).order_by(CardEvent.id)
    return list(db.session.scalars(query))


def keeps_files_in(app: Flask, folder: Path, monkeypatch: Any) -> None:
    """Let imports write into `folder`."""
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], var=folder))
