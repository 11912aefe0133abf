"""What every message is made of, and how a text message is brought to the length that the networks carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from foundation.i18n import language, wall_clock
from foundation.outbox.sms import first_that_fits, in_gsm7

SEGMENTS = {"ar": 2}
"""Arabic is sent with 70 letters a message; two are allowed."""
CUTS = (40, 30, 20)


@dataclass(frozen=True)
class Text:
    """Subject and body of one message; a text message has no subject."""

    subject: str
    body: str


def fitted(variants: Iterable[str]) -> str:
    """The first of `variants`, richest first, that one text message in the language at hand carries.

    If none does, the first of those that are billed least: what is cut for nothing is not cut.
    """
    ended = (text.replace("….", "…") for text in variants)
    written = ended if language() == "ar" else (in_gsm7(text) for text in ended)
    return first_that_fits(written, SEGMENTS.get(language(), 1))


def ever_shorter(words: str, cuts: Iterable[int] = CUTS) -> list[str]:
    """`words`, and what is left of them where a text message has no room for all: dots stand for the rest.

    Args:
        cuts: how many letters are left, the most first.
    """
    return [words, *(_cut(words, most) for most in cuts if most < len(words))]


def _cut(words: str, most: int) -> str:
    """Behind a word, unless that leaves less than half of what there is room for."""
    whole = words[: most + 1].rpartition(" ")[0]
    kept = whole if 2 * len(whole) >= most else words[:most]
    return f"{kept.rstrip(' ,-–:')}…"


def tight_clock(instant: datetime) -> str:
    """`9h00`: a text message has no room for spaces."""
    return wall_clock(instant).replace("\u202f", "")
