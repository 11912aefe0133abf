"""Text as it is kept: without what no database holds, and without what turns round the text that follows it."""

from __future__ import annotations

import re

UNSEEN = "[\x00\u202a-\u202e\u2066-\u2069]"
"""NUL, which PostgreSQL refuses; and characters that set the direction of all that follows up to where they end it.

A name that leaves one open is read backwards together with whatever stands behind it, on a page, in a message, on
paper; telephones put them around numbers that are copied. Marks that act at one place alone (U+200E, U+200F) stay:
Arabic needs them. Pages set the direction of a name themselves, with `<bdi>`.
"""
_UNSEEN = re.compile(UNSEEN)


def storable(text: str) -> str:
    """`text` without them."""
    return _UNSEEN.sub("", text)


def is_storable(text: str) -> bool:
    """Whether it holds none of them."""
    return _UNSEEN.search(text) is None
