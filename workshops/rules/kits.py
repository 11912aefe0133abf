"""The kits that sessions ask for: a kind in a few words and how many, the same words for the same kind."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.errors import Refused
from foundation.forbidden import check_text
from foundation.i18n import _l
from workshops.rules.planning import MOST_KITS
from workshops.rules.unplannable import BadKits

LONGEST_KIND = 40
USUAL_KITS = (_l("Tablets"), _l("Laptops"), _l("Robots to program"), _l("Cameras"), _l("Virtual reality headsets"))
"""Proposed before anybody asked for a kit."""


class NoKindOfKit(Refused):
    """A number of kits of which nobody said what they hold."""

    def __init__(self) -> None:
        super().__init__(_l("Write what kind of kit it is, for example: tablets."), "kits")


def kits_asked(rows: Iterable[tuple[str, int | None]], known: Iterable[str]) -> dict[str, int]:
    """Kind → how many, of lines of which some may be empty; without a number it is one.

    Args:
        known: kinds as they were written before; one that differs in capitals or spaces only is the same.

    Raises:
        NoKindOfKit, BadKits, and what `foundation.forbidden.check_text` raises
    """
    spelt = {_key(one): one for one in known}
    found: dict[str, int] = {}
    for typed, count in rows:
        words = " ".join(typed.split())
        if not words:
            if count:
                raise NoKindOfKit
            continue
        check_text(words, "kits")
        kind = spelt.setdefault(_key(words), words)
        found[kind] = found.get(kind, 0) + (1 if count is None else count)
    if any(not 1 <= count <= MOST_KITS or len(kind) > LONGEST_KIND for kind, count in found.items()):
        raise BadKits
    return found


def _key(kind: str) -> str:
    return " ".join(kind.split()).casefold()
