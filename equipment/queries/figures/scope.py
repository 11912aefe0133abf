"""Whose kits figures tell of: all of them, those that the territory shares, or those of one structure."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import InstrumentedAttribute


@dataclass(frozen=True)
class Scope:
    """`everything`, or what belongs to `structure_id` (None: to the whole territory)."""

    everything: bool = True
    structure_id: int | None = None

    def of(self, column: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
        """Whether a row belongs to it; `column` is its structure."""
        if self.everything:
            return true()
        return column.is_(None) if self.structure_id is None else column == self.structure_id
