"""Spaces, accents and slugs."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from foundation.storable import storable

_SPACES = re.compile(r"\s+")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss"})


def one_line(value: Any) -> str:
    """`value` as text on one line, without blanks around it; None is empty.

    Numbers of spreadsheets lose their useless decimals: 31000.0 is `31000`.
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list | tuple):
        value = "|".join(one_line(part) for part in value)
    if isinstance(value, dict):
        return ""
    return _SPACES.sub(" ", _storable(str(value))).strip()


def _storable(text: str) -> str:
    """Without what is never stored, and without halves of characters, which JSON can hide."""
    return storable(text).encode("utf-8", "ignore").decode("utf-8")


def paragraphs(value: Any) -> str:
    """`value` as text with its line breaks, blanks around each line removed."""
    if value is None:
        return ""
    lines = [one_line(line) for line in _storable(str(value)).splitlines()]
    return "\n".join(lines).strip()


def without_accents(text: str) -> str:
    """`Île` is `Ile`, `cœur` is `coeur`."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def search_key(text: Any) -> str:
    """What two spellings of one name share: lower case, no accent, one space between words."""
    return _NOT_A_WORD.sub(" ", without_accents(one_line(text)).lower()).strip()


def slug(*parts: Any) -> str:
    """A stable identifier made of `parts`, for rows that have none."""
    return "-".join(search_key(part).replace(" ", "-") for part in parts if search_key(part))


def shortened(text: str, length: int) -> str:
    """At most `length` characters, cut between words and marked with an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    if text[length - 1] != " " and " " in cut[length // 2 :]:
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:") + "…"
