"""Codes that people read aloud without mistake: residents, appointments. The last character catches a wrong one."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cache

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from foundation.db import db

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 characters, a prime: without 0 and O, 1, I and L. One wrong character, or two swapped, is always noticed."""
LENGTH = 6
AT_ONCE = 5_000
"""Codes looked up by one statement; SQLite takes at most 32,766 parameters."""


def check_character(body: str) -> str:
    """The last character of the code that begins with `body`: positions weigh 2, 3, 4… modulo 31."""
    total = sum(weight * ALPHABET.index(letter) for weight, letter in enumerate(body, 2))
    return ALPHABET[-total % len(ALPHABET)]


def new_code(choose: Callable[[str], str] = secrets.choice, length: int = LENGTH) -> str:
    """A code at random: 28 million of them; of ten characters, for what is worth money, 26 million million."""
    body = "".join(choose(ALPHABET) for _ in range(length - 1))
    return body + check_character(body)


def free_code(column: InstrumentedAttribute[str], length: int = LENGTH) -> str:
    """A code that no row has in `column`, which is unique: should two draw the same at once, the database refuses."""
    while True:
        code = new_code(length=length)
        if not db.session.scalar(_is_taken(column), {"code": code}):
            return code


def free_codes(column: InstrumentedAttribute[str], count: int, length: int = LENGTH) -> list[str]:
    """So many codes that no row has in `column`, in a statement or two; as above, the database has the last word."""
    codes: set[str] = set()
    while len(codes) < count:
        drawn = sorted({new_code(length=length) for _ in range(min(count - len(codes), AT_ONCE))} - codes)
        codes |= set(drawn) - set(db.session.scalars(select(column).where(column.in_(drawn))))
    return list(codes)


@cache
def _is_taken(column: InstrumentedAttribute[str]) -> Select[bool]:
    return select(exists().where(column == bindparam("code"))).execution_options(autoflush=False)


def read_code(text: str, length: int = LENGTH) -> str | None:
    """The code that `text` spells, with spaces, hyphens or small letters; None when it can not be one."""
    code = "".join(letter for letter in text.upper() if letter not in " -.\u00a0\u202f")
    if len(code) != length or any(letter not in ALPHABET for letter in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def spoken(code: str) -> str:
    """`K7M 2PQ`: two groups of three, as one reads them aloud."""
    return f"{code[:3]} {code[3:]}"
