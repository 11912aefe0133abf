"""Solidarity cards: nominative, dated, one that counts per person."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Account
from foundation.db import Base, UtcDateTime
from foundation.models import enum_type
from foundation.privacy import not_personal, personal
from people.models import Person
from people.references import follows_merge

KEPT = "24 months after the card ends"
_CURRENT = text("state IN ('live', 'suspended')")
_KNOWN_AT_CCAS = text("state IN ('live', 'suspended') AND former_number <> ''")


def household_key(typed: str) -> str:
    """What two ways of writing the key of one household have in common: `f004 - 1` and `F004-1` are `f0041`.

    Empty when nothing is said, or only a dash.
    """
    return "".join(sign for sign in typed.lower() if sign.isalnum())


def _key_of_row(context: Any) -> str:
    return household_key(context.get_current_parameters()["household"])


class CardCategory(Base):
    """Why somebody has a card, in the words of the town."""

    __tablename__ = "card_category"
    __table_args__ = (CheckConstraint("label <> ''", name="named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(80), unique=True)
    active: Mapped[bool] = mapped_column(default=True)


class CardState(StrEnum):
    LIVE = "live"
    SUSPENDED = "suspended"
    LOST = "lost"
    REPLACED = "replaced"
    ENDED = "ended"

    @property
    def current(self) -> bool:
        """Whether it is the card of its person; there is one at most."""
        return self in {CardState.LIVE, CardState.SUSPENDED}


class Card(Base):
    """A card of one person. The proof of income is seen and never kept: who saw it, and on which day.

    A replaced card leads to nothing any more; what was on it is on the card that replaces it. `household` is the key
    by which the CCAS knows who lives together, as it was typed, empty when it is not known; `household_key` is what is
    compared of it.
    """

    __tablename__ = "card"
    __table_args__ = (
        CheckConstraint("valid_from <= valid_until", name="end_after_start"),
        CheckConstraint("(proof_seen_by_id IS NULL) = (proof_seen_on IS NULL)", name="proof_seen_by_somebody"),
        CheckConstraint("replaces_id <> id", name="replaces_another"),
        Index("uq_card_person_id", "person_id", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
        Index(
            "uq_card_former_number",
            "former_number",
            unique=True,
            sqlite_where=_KNOWN_AT_CCAS,
            postgresql_where=_KNOWN_AT_CCAS,
        ),
        Index("ix_card_person_id", "person_id"),
        Index("ix_card_category_id_state", "category_id", "state"),
        Index("ix_card_household_key", "household_key"),
        Index("ix_card_former_number", "former_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    number: Mapped[str] = mapped_column(String(9), unique=True, info=personal("finding the card at a counter", KEPT))
    former_number: Mapped[str] = mapped_column(
        String(40), default="", info=personal("finding the card at a counter", KEPT), comment="in the file of the CCAS"
    )
    category_id: Mapped[int] = mapped_column(ForeignKey(CardCategory.id))
    state: Mapped[CardState] = mapped_column(enum_type(CardState), default=CardState.LIVE)
    valid_from: Mapped[date] = mapped_column(Date, info=not_personal())
    valid_until: Mapped[date] = mapped_column(Date, info=not_personal(), comment="the last day")
    household: Mapped[str] = mapped_column(
        String(40), default="", info=personal("giving a household no more than its share", KEPT)
    )
    household_key: Mapped[str] = mapped_column(
        String(40), default=_key_of_row, info=personal("giving a household no more than its share", KEPT),
        comment="the same without case, spaces, dashes and dots",
    )  # fmt: skip
    proof_seen_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    proof_seen_on: Mapped[date | None] = mapped_column(Date, info=personal("showing that the income was checked", KEPT))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())

    person: Mapped[Person] = relationship()
    category: Mapped[CardCategory] = relationship()
    proof_seen_by: Mapped[Account | None] = relationship()
    events: Mapped[list[CardEvent]] = relationship(order_by="CardEvent.id", back_populates="card")

    @property
    def reference(self) -> str:
        """What its audit entries are filed under."""
        return f"card:{self.id}"


class CardEventKind(StrEnum):
    CREATED = "created"
    IMPORTED = "imported"
    CHANGED = "changed"
    PROOF_SEEN = "proof_seen"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    LOST = "lost"
    REPLACED = "replaced"
    ENDED = "ended"


class CardEvent(Base):
    """One thing that happened to a card: who, when, why. Appended, never changed."""

    __tablename__ = "card_event"
    __table_args__ = (Index("ix_card_event_card_id", "card_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey(Card.id))
    kind: Mapped[CardEventKind] = mapped_column(enum_type(CardEventKind))
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=not_personal())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), comment="none: a job")
    reason: Mapped[str] = mapped_column(String(300), default="", info=not_personal(), comment="names nobody")

    card: Mapped[Card] = relationship(back_populates="events")
    actor: Mapped[Account | None] = relationship()


follows_merge(Card.person_id, erased=("former_number", "household", "household_key"))
