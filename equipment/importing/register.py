"""The register as a row of a file of devices meets it: kits, structures, and whose register is written by whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from accounts.models import Account
from equipment.importing.rows import Facts
from equipment.queries.registers import Shelf, structure_names
from equipment.rules.codes import plain_code
from equipment.rules.importing import UnknownKit, UnknownStructure
from equipment.rules.keeping import keeps
from foundation.i18n import _l
from places.clean.text import search_key
from places.importing import cells

RESERVE = _l("in reserve")
_read_reserve = cells.one_of({"reserve": RESERVE}, {"stock": "reserve"})


@dataclass(frozen=True)
class Register:
    """What there is: kits and structures by their codes and names, and whose register is written by whom.

    `out` are the devices that loans have with them.
    """

    shelves: Mapping[str, Shelf]
    structures: Mapping[str, int]
    actor: Account
    today: date
    out: Collection[int] = ()

    def shelf(self, facts: Facts) -> Shelf | None:
        """The kit that a row puts its device into; None: the reserve.

        Raises:
            UnknownKit: none, out of use, or another structure's.
        """
        found = self.shelves.get(plain_code(facts["kit"]))
        if found is None and _is_reserve(facts["kit"]):
            return None
        if found is None or not found.in_use or not keeps(self.actor, found.structure_id):
            raise UnknownKit
        return found

    @cached_property
    def codes(self) -> dict[int | None, str]:
        """Of the kits, by their ids; that of the reserve is empty."""
        return {None: "", **{shelf.id: code for code, shelf in self.shelves.items()}}

    @cached_property
    def named(self) -> dict[str, Mapping[Any, str]]:
        """What the numbers of kits and of owners are called."""
        return {"kit_id": self.codes, "structure_id": structure_names()}

    def structure(self, facts: Facts) -> int | None:
        """Whose a device in reserve is: of the structure that is named, else of that of the person at hand.

        Raises:
            UnknownStructure
        """
        if "structure" not in facts:
            return self.actor.structure_id
        found = self.structures.get(search_key(facts["structure"]))
        if found is None or not keeps(self.actor, found):
            raise UnknownStructure
        return found


def _is_reserve(said: str) -> bool:
    try:
        _read_reserve(said, "kit")
    except cells.BadWord:
        return False
    return True
