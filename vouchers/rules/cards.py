"""When a card is given, renewed, stopped, replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from foundation.errors import Conflict, Refused, Unknown
from foundation.forbidden import check_text
from foundation.i18n import _l
from vouchers.models import CardState

LONGEST_VALIDITY = timedelta(days=3 * 366)
LONGEST = {"household": 40, "former_number": 40}


class NoSuchCard(Unknown):
    def __init__(self) -> None:
        super().__init__(_l("There is no such card."))


class NoSuchHolder(Unknown):
    """No such person, or joined to another record, or forgotten."""

    def __init__(self) -> None:
        super().__init__(_l("There is no such person. Look for them again."), "person")


class NoSuchCategory(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Choose a category that is in use."), "category")


class HasACard(Conflict):
    """Also when two records are joined that have one each."""

    def __init__(self) -> None:
        super().__init__(_l("This person has a card already. Renew or replace it, or end one of two."), "person")


class NumberTaken(Conflict):
    """A number of the CCAS is of one person, whatever became of their card. It does not say whose."""

    def __init__(self) -> None:
        super().__init__(
            _l("This number is on the card of somebody else. Check it, or leave it empty."), "former_number"
        )


class BadValidity(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The last day comes after the first one, and not more than 3 years later."), "valid_until")


class ProofInFuture(Refused):
    def __init__(self) -> None:
        super().__init__(_l("The proof was seen today or before."), "proof_seen_on")


class KeyTooLong(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("This key is too long: keep to 40 characters."), field)


class CardIsOver(Conflict):
    """What was asked is for a card that still counts."""

    title = _l("This can not be done")

    def __init__(self) -> None:
        super().__init__(_l("This card was replaced or ended, or is lost: this can not be done with it any more."))


class CardHasEnded(Conflict):
    """A paper would promise what does not count any more."""

    title = _l("This can not be done")

    def __init__(self) -> None:
        super().__init__(_l("The last day of this card has passed. Renew it first, then print it."))


@dataclass(frozen=True)
class NewCard:
    """A card to give. `proof_seen_on`: the day on which whoever gives it saw the proof of income; None: not seen."""

    person_id: int
    category_id: int
    valid_from: date
    valid_until: date
    household: str = ""
    former_number: str = ""
    proof_seen_on: date | None = None


def check_new(wanted: NewCard, today: date) -> None:
    """Raises: BadValidity, ProofInFuture, KeyTooLong, and what `check_text` finds in a key"""
    check_validity(wanted.valid_from, wanted.valid_until)
    if wanted.proof_seen_on is not None and wanted.proof_seen_on > today:
        raise ProofInFuture
    for field, most in LONGEST.items():
        if len(getattr(wanted, field)) > most:
            raise KeyTooLong(field)
        check_text(getattr(wanted, field), field)


def check_validity(valid_from: date, valid_until: date) -> None:
    """Raises: BadValidity"""
    if not timedelta(0) <= valid_until - valid_from <= LONGEST_VALIDITY:
        raise BadValidity


def check_current(state: CardState) -> None:
    """Raises: CardIsOver"""
    if not state.current:
        raise CardIsOver


def check_printable(state: CardState, valid_until: date, today: date) -> None:
    """Raises: CardIsOver, CardHasEnded"""
    check_current(state)
    if valid_until < today:
        raise CardHasEnded


def check_replaceable(state: CardState) -> None:
    """A lost card is replaced too. Raises: CardIsOver"""
    if state not in {CardState.LIVE, CardState.SUSPENDED, CardState.LOST}:
        raise CardIsOver
