"""Somebody without an account opens a record of theirs with its code and what only they know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from accounts import service as accounts
from foundation.db import in_transaction
from foundation.errors import Refused
from people import queries
from people.models import Person


class Owned(Protocol):
    """A record of somebody, or of nobody who could prove it."""

    @property
    def person(self) -> Person | None: ...


Record = TypeVar("Record", bound=Owned)


def opened(
    by_code: Callable[[str], Record | None], code: str | None, proof: str | None, *, purpose: str, address: str,
    unknown: type[Refused], year: bool = False,
) -> Record:  # fmt: skip
    """The record of this code, when `proof` is the telephone number or the name of its person, or the year of birth.

    Each guess is counted for the network address, and written before it is looked at, so that many at once can not
    slip through; the right one is taken back. A wrong code and a wrong proof are refused alike.

    A year is one of eighty: whoever found a code would have it soon from many addresses. So it is the tries of one code
    that are counted then, from wherever they come, and gently those of an address: a whole library is one.

    Args:
        purpose: what is guessed, e.g. `appointment`: each is counted by itself.
        unknown: the refusal.
        year: the proof is the year of birth.

    Raises:
        `unknown`, TooManyTries
    """
    typed = code or ""
    in_transaction(
        lambda: accounts.count_guess_of(purpose, typed, address) if year else accounts.count_guess(purpose, address)
    )
    found = by_code(typed)
    proves = queries.born_in if year else queries.proves
    if found is None or found.person is None or not proves(found.person, proof or ""):
        raise unknown
    in_transaction(
        lambda: (
            accounts.take_back_guess_of(purpose, typed, address) if year else accounts.take_back_guess(purpose, address)
        )
    )
    return found
