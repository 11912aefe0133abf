"""Solidarity cards: given, renewed, stopped, lost, replaced, ended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select, update

from accounts.models import Account
from foundation import audit, clock
from foundation.codes import free_code
from foundation.db import db, explain_constraint, rows_changed
from foundation.forbidden import check_text
from foundation.i18n import _
from people import service as people
from people.models import Person
from people.references import when_forgotten, when_parted
from vouchers.models import Card, CardCategory, CardEvent, CardEventKind, CardState, Voucher
from vouchers.queries.holders import LIVE
from vouchers.rules.cards import (
    CardIsOver,
    HasACard,
    NewCard,
    NoSuchCard,
    NoSuchCategory,
    NoSuchHolder,
    NumberTaken,
    ProofInFuture,
    check_current,
    check_new,
    check_replaceable,
    check_validity,
)
from vouchers.rules.codes import CARD_LENGTH
from vouchers.rules.reach import id_of
from vouchers.rules.states import check_reason
from vouchers.service import ending
from vouchers.service.days import day_of, start_of

explain_constraint("uq_card_person_id", HasACard)
explain_constraint("uq_card_former_number", NumberTaken)
CURRENT = [state for state in CardState if state.current]


def create(
    wanted: NewCard, actor: Account | None, *, now: datetime, kind: CardEventKind = CardEventKind.CREATED
) -> Card:
    """Give somebody a card; their record is kept at least as long as it.

    Args:
        actor: who gives it, and saw the proof; None: an import by a job.
        kind: `imported` when it comes from a file.

    Raises:
        NoSuchHolder, NoSuchCategory, HasACard, NumberTaken, and what `check_new` refuses
    """
    check_new(wanted, day_of(now))
    _check_holder(wanted.person_id)
    _check_category(wanted.category_id)
    _check_number(wanted)
    card = Card(
        number=free_code(Card.number, CARD_LENGTH), state=CardState.LIVE, created_at=now,
        person_id=wanted.person_id, category_id=wanted.category_id, valid_from=wanted.valid_from,
        valid_until=wanted.valid_until, household=wanted.household.strip(), former_number=wanted.former_number.strip(),
        proof_seen_on=wanted.proof_seen_on if actor else None,
        proof_seen_by_id=actor.id if actor and wanted.proof_seen_on else None,
    )  # fmt: skip
    db.session.add(card)
    db.session.flush()
    people.touch(card.person_id, start_of(card.valid_until))
    return _noted(card, kind, actor, now)


def renew(
    card_id: int, valid_until: date, actor: Account, *, now: datetime, proof_seen_on: date | None = None,
    category_id: int | None = None,
) -> Card:  # fmt: skip
    """Give a card more time, with its number; the proof is seen again, the category may have changed.

    Raises:
        NoSuchCard, CardIsOver, BadValidity, ProofInFuture, NoSuchCategory
    """
    card = locked(card_id)
    check_current(card.state)
    today = day_of(now)
    check_validity(max(today, card.valid_from), valid_until)
    if proof_seen_on is not None:
        if proof_seen_on > today:
            raise ProofInFuture
        card.proof_seen_on, card.proof_seen_by_id = proof_seen_on, actor.id
    if category_id is not None and category_id != card.category_id:
        _check_category(category_id)
        card.category_id = category_id
    card.valid_until = valid_until
    people.touch(card.person_id, start_of(valid_until))
    return _noted(card, CardEventKind.RENEWED, actor, now)


def see_proof(card_id: int, actor: Account, *, now: datetime) -> Card:
    """Note that somebody has just seen the proof of income. The same person on the same day changes nothing.

    Raises:
        NoSuchCard, CardIsOver
    """
    card, today = locked(card_id), day_of(now)
    check_current(card.state)
    if (card.proof_seen_on, card.proof_seen_by_id) == (today, actor.id):
        return card
    card.proof_seen_on, card.proof_seen_by_id = today, actor.id
    return _noted(card, CardEventKind.PROOF_SEEN, actor, now)


def suspend(card_id: int, reason: str, actor: Account, *, now: datetime) -> Card:
    """Stop a card for a while: its vouchers wait. Doing so again changes nothing.

    Raises:
        NoSuchCard, CardIsOver, ReasonMissing
    """
    return _become(card_id, CardState.SUSPENDED, CardEventKind.SUSPENDED, check_reason(reason), actor, now)


def resume(card_id: int, actor: Account, *, now: datetime) -> Card:
    """Let a suspended card count again. Doing so again changes nothing.

    Raises:
        NoSuchCard, CardIsOver
    """
    return _become(card_id, CardState.LIVE, CardEventKind.RESUMED, "", actor, now)


def lose(card_id: int, actor: Account, *, now: datetime, reason: str = "") -> Card:
    """Stop a lost card for good; `replace` gives another one. Doing so again changes nothing.

    Raises:
        NoSuchCard, CardIsOver, and what `check_text` finds in the reason
    """
    check_text(reason, "reason")
    return _become(card_id, CardState.LOST, CardEventKind.LOST, reason.strip(), actor, now)


def end(card_id: int, reason: str, actor: Account, *, now: datetime) -> Card:
    """End a card: whoever has it has no right to it any more, and what is left of its vouchers, of whatever
    structure, goes back to the budgets. Doing so again changes nothing.

    Raises:
        NoSuchCard, CardIsOver, ReasonMissing, ChangedMeanwhile
    """
    why = check_reason(reason)
    campaign_ids = ending.lock_campaigns_on(card_id)
    card = _become(card_id, CardState.ENDED, CardEventKind.ENDED, why, actor, now)
    ending.cancel_on(card.id, why, actor, campaign_ids, now=now)
    return card


def replace(card_id: int, actor: Account, *, now: datetime, reason: str = "") -> Card:
    """A card with a new number in place of this one, which is dead; its vouchers are on the new one. Doing so again
    for the same card gives the same new one.

    Raises:
        NoSuchCard, CardIsOver, HasACard, and what `check_text` finds in the reason
    """
    check_text(reason, "reason")
    old = locked(card_id)
    if already := db.session.scalar(select(Card).where(Card.replaces_id == old.id)):
        return already
    check_replaceable(old.state)
    card = _successor(old, now)
    old.state = CardState.REPLACED
    _noted(old, CardEventKind.REPLACED, actor, now, reason.strip())
    db.session.add(card)
    db.session.flush()
    _move_vouchers(old.id, card.id)
    return _noted(card, CardEventKind.CREATED, actor, now)


def locked(card_id: int) -> Card:
    """Raises: NoSuchCard"""
    card = db.session.get(Card, card_id, with_for_update={"key_share": True}, populate_existing=True)
    if card is None:
        raise NoSuchCard
    return card


def _become(card_id: int, state: CardState, kind: CardEventKind, reason: str, actor: Account, now: datetime) -> Card:
    card = locked(card_id)
    if card.state is state:
        return card
    if not card.state.current and (card.state, state) != (CardState.LOST, CardState.ENDED):
        raise CardIsOver
    card.state = state
    return _noted(card, kind, actor, now, reason)


def _noted(card: Card, kind: CardEventKind, actor: Account | None, now: datetime, reason: str = "") -> Card:
    """Append what happened, and write what changed."""
    db.session.add(CardEvent(card_id=card.id, kind=kind, at=now, actor_id=id_of(actor), reason=reason))
    db.session.flush()
    audit.record(f"card.{kind.value}", card.reference, actor_id=id_of(actor))
    return card


def _check_holder(person_id: int) -> None:
    """Nobody gets a card whose record was joined to another or forgotten, nor a second one.

    Raises:
        NoSuchHolder, HasACard
    """
    person = db.session.get(Person, person_id)
    if person is None or person.merged_into_id is not None or person.anonymised_at is not None:
        raise NoSuchHolder
    theirs = select(Card.id).where(Card.person_id == person_id, Card.state.in_([*CURRENT, CardState.LOST]))
    if db.session.scalar(theirs.limit(1)) is not None:
        raise HasACard


def _check_category(category_id: int) -> None:
    """Raises: NoSuchCategory"""
    category = db.session.get(CardCategory, category_id)
    if category is None or not category.active:
        raise NoSuchCategory


def _check_number(wanted: NewCard) -> None:
    """A card that is lost or over keeps its number: the CCAS gives it to nobody else.

    Raises:
        HasACard, NumberTaken
    """
    number = wanted.former_number.strip()
    known = select(Card.person_id, Card.state).where(Card.former_number == number)
    for person_id, state in db.session.execute(known) if number else ():
        if person_id != wanted.person_id:
            raise NumberTaken
        if state in CURRENT:
            raise HasACard


def _successor(old: Card, now: datetime) -> Card:
    """As the old one was; one that was suspended stays so."""
    state = CardState.SUSPENDED if old.state is CardState.SUSPENDED else CardState.LIVE
    same = (
        "person_id", "category_id", "valid_from", "valid_until", "household", "former_number", "proof_seen_by_id",
        "proof_seen_on",
    )  # fmt: skip
    return Card(
        number=free_code(Card.number, CARD_LENGTH), state=state, replaces_id=old.id, created_at=now,
        **{name: getattr(old, name) for name in same},
    )  # fmt: skip


def _move_vouchers(old_id: int, new_id: int) -> None:
    """The balance follows, in ascending order of vouchers."""
    ids = db.session.scalars(
        select(Voucher.id).where(Voucher.card_id == old_id).order_by(Voucher.id).with_for_update(key_share=True)
    ).all()
    db.session.execute(update(Voucher).where(Voucher.id.in_(ids)).values(card_id=new_id))


def end_of_forgotten(person_ids: Collection[int]) -> None:
    """Nobody is left who could show the card: it ends, and what its vouchers promised goes back to the budgets.

    What was paid stays as it was, without a name: partners and the treasury count on it.
    """
    now = clock.now()
    vouchers = select(Voucher.id).where(Voucher.person_id.in_(person_ids), Voucher.state.in_(LIVE))
    for voucher_id in db.session.scalars(vouchers.order_by(Voucher.campaign_id, Voucher.id)).all():
        ending.cancel(voucher_id, _("The person’s data were erased."), None, now=now)
    cards = select(Card).where(Card.person_id.in_(person_ids), Card.state.in_([*CURRENT, CardState.LOST]))
    for card in db.session.scalars(cards.order_by(Card.id).with_for_update(key_share=True)):
        card.state = CardState.ENDED
        _noted(card, CardEventKind.ENDED, None, now)


def part(kept_id: int, gone_id: int) -> None:
    """Two records are two people again: a card given in place of another since goes with that one, and all vouchers
    are whose the card is that they are on.
    """
    theirs = select(Card.id).where(Card.person_id == gone_id)
    followed = update(Card).where(Card.person_id == kept_id, Card.replaces_id.in_(theirs)).values(person_id=gone_id)
    while rows_changed(followed.execution_options(synchronize_session=False)):
        continue
    holder = select(Card.person_id).where(Card.id == Voucher.card_id).scalar_subquery()
    of_both = select(Card.id).where(Card.person_id.in_([kept_id, gone_id]))
    db.session.execute(
        update(Voucher)
        .where(Voucher.card_id.in_(of_both), Voucher.person_id != holder)
        .values(person_id=holder)
        .execution_options(synchronize_session=False)
    )


when_forgotten(end_of_forgotten)
when_parted(part)
