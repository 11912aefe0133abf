"""Text messages as the networks count them (3GPP TS 23.038): GSM-7, or UCS-2 as soon as one letter is not in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = "\f^{}\\[~]|€"
"""Each of these is sent as two characters."""
SINGLE_GSM7, PART_GSM7 = 160, 153
SINGLE_UCS2, PART_UCS2 = 70, 67
_REPLACED = {
    "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...", "œ": "oe", "Œ": "OE",
    "\u00a0": " ", "\u202f": " ", "\u2011": "-", "·": ".", "•": "-", "°": "o",
}  # fmt: skip


@dataclass(frozen=True)
class Count:
    """How the networks carry a text: `units` are septets, or UTF-16 code units when `unicode`."""

    unicode: bool
    units: int
    segments: int


def is_gsm7(text: str) -> bool:
    return all(letter in BASIC or letter in EXTENSION for letter in text)


def counted(text: str) -> Count:
    """How many messages `text` is billed as. A character that takes two units is never cut between two parts."""
    if is_gsm7(text):
        widths = [2 if letter in EXTENSION else 1 for letter in text]
        return Count(unicode=False, units=sum(widths), segments=_parts(widths, SINGLE_GSM7, PART_GSM7))
    widths = [len(letter.encode("utf-16-le")) // 2 for letter in text]
    return Count(unicode=True, units=sum(widths), segments=_parts(widths, SINGLE_UCS2, PART_UCS2))


def _parts(widths: list[int], single: int, part: int) -> int:
    if sum(widths) <= single:
        return 1
    parts, used = 1, 0
    for width in widths:
        if used + width > part:
            parts, used = parts + 1, 0
        used += width
    return parts


def in_gsm7(text: str) -> str:
    """`text` with what GSM-7 lacks written with what it has (`ç` as `c`); a letter of another script stays."""
    return "".join(letter if letter in BASIC or letter in EXTENSION else _nearest(letter) for letter in text)


def _nearest(letter: str) -> str:
    if letter in _REPLACED:
        return _REPLACED[letter]
    bare = "".join(one for one in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(one))
    return bare if bare and is_gsm7(bare) else letter


def first_that_fits(variants: Iterable[str], segments: int = 1) -> str:
    """The first of `variants`, richest first, that is billed as at most `segments` messages.

    Those after it are not looked at. If none is, the first of those that are billed least.
    """
    seen = []
    for text in variants:
        if counted(text).segments <= segments:
            return text
        seen.append(text)
    return min(seen, key=lambda text: counted(text).segments, default="")
