"""Codes that people read aloud without mistake: residents, appointments. The last character catches a wrong one."""

from __future__ import annotations

import secrets
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 characters, a prime: without 0 and O, 1, I and L. One wrong character, or two swapped, is always noticed."""
LENGTH = 6


def check_character(body: str) -> str:
    """The last character of the code that begins with `body`: positions weigh 2, 3, 4… modulo 31."""
    total = sum(weight * ALPHABET.index(letter) for weight, letter in enumerate(body, 2))
    return ALPHABET[-total % len(ALPHABET)]


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """A code at random: 28 million of them."""
    body = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_character(body)


def read_code(text: str) -> str | None:
    """The code that `text` spells, with spaces, hyphens or small letters; None when it can not be one."""
    code = "".join(letter for letter in text.upper() if letter not in " -.\u00a0\u202f")
    if len(code) != LENGTH or any(letter not in ALPHABET for letter in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def spoken(code: str) -> str:
    """`K7M 2PQ`: two groups of three, as one reads them aloud."""
    return f"{code[:3]} {code[3:]}"
