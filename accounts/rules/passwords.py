"""What may be a password: long, of any kind of characters, and not one that everybody tries first.

After NIST SP 800-63B (2025) and ANSSI-PG-078: length and a list of common ones, no composition rules, no expiry.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from foundation.errors import Refused
from foundation.i18n import _l

SHORTEST = 15
LONGEST = 200
LONGEST_UNIT = 5
KEYBOARDS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
)
SHORTEST_WALK = 4
MOST_COMMON_WORDS = 3
COMMON = Path(__file__).resolve().parent / "common_passwords.txt"


class PasswordTooShort(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Use at least 15 characters, for example four words and a number."), field)


class PasswordTooLong(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Use at most 200 characters."), field)


class PasswordTooCommon(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Too many people use this password. Choose words that do not go together."), field)


class PasswordNamesOwner(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Do not use your name or your e-mail address in your password."), field)


class PasswordRepeats(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("This password repeats the same few characters. Choose different words."), field)


def normalised(password: str) -> str:
    """One form for what different keyboards send for the same letters (NFC)."""
    return unicodedata.normalize("NFC", password)


def check(password: str, *, name: str, email: str, field: str = "password") -> None:
    """Refuse a weak password.

    Args:
        name, email: of its owner; neither may be part of it.
        field: the form field that a refusal belongs to.

    Raises:
        PasswordTooShort, PasswordTooLong, PasswordRepeats, PasswordTooCommon, PasswordNamesOwner
    """
    text = normalised(password)
    if len(text) < SHORTEST:
        raise PasswordTooShort(field)
    if len(text) > LONGEST:
        raise PasswordTooLong(field)
    plain = _plain(text)
    if _repeats(text.casefold()):
        raise PasswordRepeats(field)
    if _is_common(text.casefold()) or _is_common(plain):
        raise PasswordTooCommon(field)
    if any(part in plain for part in _parts_of_owner(name, email)):
        raise PasswordNamesOwner(field)


def _plain(text: str) -> str:
    """Lower case, without accents or anything but letters and digits."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _repeats(text: str) -> bool:
    """Whether the whole text is a unit of up to five characters, again and again: `ababab…`, `aaaa…`."""
    return any(text == (text[:unit] * (len(text) // unit + 1))[: len(text)] for unit in range(1, LONGEST_UNIT + 1))


def _is_common(text: str) -> bool:
    """Whether the text is a known password, or at most three common words or walks with digits and signs between."""
    if text in common():
        return True
    pieces = _pieces(text)
    return pieces is not None and len(pieces) <= MOST_COMMON_WORDS


def _pieces(text: str) -> set[str] | None:
    """The common words and keyboard walks that `text` is made of, digits and signs aside; None when of others too."""
    words = common()
    longest = max(map(len, words))
    pieces: set[str] = set()
    at = 0
    while at < len(text):
        word = next((n for n in range(longest, 2, -1) if text[at : at + n] in words), 0)
        step = max(_walk(text[at:]), word)
        if step:
            pieces.add(text[at : at + step])
        elif text[at].isalpha():
            return None
        at += step or 1
    return pieces


def _walk(text: str) -> int:
    """How many first characters follow a keyboard or the alphabet, forwards or backwards; 0 when under four."""
    best = 0
    for row in KEYBOARDS:
        for line in (row, row[::-1]):
            length = next((n for n in range(min(len(text), len(line)), 0, -1) if text[:n] in line), 0)
            best = max(best, length)
    return best if best >= SHORTEST_WALK else 0


@cache
def common() -> frozenset[str]:
    """Words and whole passwords that people choose first, one a line in the file beside this one."""
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _parts_of_owner(name: str, email: str) -> set[str]:
    """Parts of the owner's name and e-mail that are long enough to be told from chance."""
    local, _at, domain = email.casefold().partition("@")
    texts = [*re.split(r"\W+", name), *re.split(r"\W+", local), local, domain.rsplit(".", 1)[0]]
    return {part for part in map(_plain, texts) if len(part) >= 4}
