"""Cards as the staff look for them and at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Account
from foundation.codes import read_code
from foundation.db import db
from people import queries as people
from people.queries import Found
from vouchers.models import Card, CardCategory, CardEvent, CardState, Voucher
from vouchers.queries.holders import LIVE
from vouchers.rules.cards import NoSuchCard
from vouchers.rules.categories import NoSuchCategoryKnown
from vouchers.rules.codes import CARD_LENGTH

SOON = timedelta(days=60)
LONGEST_QUERY = people.LONGEST_QUERY
_SHOWN: Select[Card] = select(Card).options(joinedload(Card.person), joinedload(Card.category))
_NEWEST = (Card.state.in_([CardState.LIVE, CardState.SUSPENDED]).desc(), Card.id.desc())


@dataclass(frozen=True)
class FoundCards:
    """What a search finds: cards, and people who have none that counts or was lost."""

    cards: list[Card]
    without: list[Found]


def find(query: str) -> FoundCards:
    """By number, ours or that of the CCAS; else by all that finds a person. Cards that count come first."""
    text = query.strip()[:LONGEST_QUERY]
    number = read_code(text, CARD_LENGTH)
    same = Card.former_number == text if number is None else Card.number == number
    if text and (by_number := list(db.session.scalars(_SHOWN.where(same).order_by(*_NEWEST)))):
        return FoundCards(by_number, [])
    found = people.find(text) if text else []
    order = {one.id: rank for rank, one in enumerate(found)}
    cards = list(db.session.scalars(_SHOWN.where(Card.person_id.in_(order)).order_by(*_NEWEST)))
    cards.sort(key=lambda one: order[one.person_id])
    having = {one.person_id for one in cards if one.state.current or one.state is CardState.LOST}
    return FoundCards(cards, [one for one in found if one.id not in having])


def of_state(state: CardState, *, limit: int, offset: int) -> Sequence[Card]:
    """Cards of this state, the newest first."""
    return db.session.scalars(
        _SHOWN.where(Card.state == state).order_by(Card.id.desc()).limit(limit).offset(offset)
    ).all()


def ending_soon(today: date, *, limit: int, offset: int) -> Sequence[Card]:
    """Live cards that end in the next 60 days or have ended unrenewed, the first to end first."""
    ending = _SHOWN.where(Card.state == CardState.LIVE, Card.valid_until <= today + SOON)
    return db.session.scalars(ending.order_by(Card.valid_until, Card.id).limit(limit).offset(offset)).all()


_UNPROVED = (Card.state.in_([CardState.LIVE, CardState.SUSPENDED]), Card.proof_seen_on.is_(None))


def without_proof(*, limit: int, offset: int) -> Sequence[Card]:
    """Cards that count of which nobody noted the proof of income, the newest first."""
    return db.session.scalars(_SHOWN.where(*_UNPROVED).order_by(Card.id.desc()).limit(limit).offset(offset)).all()


def how_many_without_proof() -> int:
    return db.session.scalar(select(func.count()).select_from(Card).where(*_UNPROVED)) or 0


def counts() -> dict[CardState, int]:
    """How many cards there are of each state."""
    counted = db.session.execute(select(Card.state, func.count()).group_by(Card.state))
    rows = {state: number for state, number in counted}
    return {state: rows.get(state, 0) for state in CardState}


def seen(card_id: int) -> Card:
    """A card with what happened to it and by whom.

    Raises:
        NoSuchCard
    """
    whole = _SHOWN.options(
        joinedload(Card.proof_seen_by), selectinload(Card.events).joinedload(CardEvent.actor)
    ).where(Card.id == card_id)  # fmt: skip
    card = db.session.scalar(whole)
    if card is None:
        raise NoSuchCard
    return card


def by_number(number: str) -> Card | None:
    """The card of a number, already read."""
    return db.session.scalar(_SHOWN.where(Card.number == number))


def standing_of(person_id: int) -> Card | None:
    """The card of a person: the one that counts, else the one that was lost and waits to be replaced."""
    kept = [CardState.LIVE, CardState.SUSPENDED, CardState.LOST]
    return db.session.scalar(_SHOWN.where(Card.person_id == person_id, Card.state.in_(kept)).order_by(*_NEWEST))


def successor_of(card_id: int) -> Card | None:
    """The card that replaces this one."""
    return db.session.scalar(select(Card).where(Card.replaces_id == card_id))


def vouchers_of(card: Card, viewer: Account) -> list[Voucher]:
    """Vouchers on a card, the newest first: of the territory's campaigns, and of those of the viewer's structure."""
    rows = db.session.scalars(
        select(Voucher)
        .options(joinedload(Voucher.campaign))
        .where(Voucher.card_id == card.id)
        .order_by(Voucher.id.desc())
    )
    return [
        one for one in rows if viewer.structure_id is None or one.campaign.structure_id in {None, viewer.structure_id}
    ]


def replaced_by(card: Card) -> Card | None:
    """The card in place of which this one was given."""
    return db.session.get(Card, card.replaces_id) if card.replaces_id else None


def left_on(card_id: int) -> tuple[int, int]:
    """How many vouchers on a card are live, of whatever campaign, and the cents that are left on them."""
    query = select(func.count(), func.coalesce(func.sum(Voucher.left_cents), 0))
    number, cents = db.session.execute(query.where(Voucher.card_id == card_id, Voucher.state.in_(LIVE))).one()
    return number, int(cents)


def categories(*, active: bool = False) -> list[CardCategory]:
    """The categories of the town, or those in use, by name."""
    query = select(CardCategory).order_by(func.lower(CardCategory.label), CardCategory.id)
    return list(db.session.scalars(query.where(CardCategory.active) if active else query))


def cards_by_category() -> dict[int, int]:
    """How many cards that count each category has."""
    current = [state for state in CardState if state.current]
    query = select(Card.category_id, func.count()).where(Card.state.in_(current)).group_by(Card.category_id)
    return {category_id: number for category_id, number in db.session.execute(query)}


def events_of(person_id: int) -> list[tuple[int, CardEvent]]:
    """(id of the card, what happened), of all cards of a person."""
    query = select(Card.id, CardEvent).join(CardEvent, CardEvent.card_id == Card.id)
    rows = db.session.execute(query.where(Card.person_id == person_id).order_by(CardEvent.id))
    return [(card_id, event) for card_id, event in rows]


def category(category_id: int) -> CardCategory:
    """Raises: NoSuchCategoryKnown"""
    found = db.session.get(CardCategory, category_id)
    if found is None:
        raise NoSuchCategoryKnown
    return found


def is_any_given() -> bool:
    """Whether anybody has a card: until then residents are not told of one."""
    return bool(db.session.scalar(select(exists().where(Card.state == CardState.LIVE))))
