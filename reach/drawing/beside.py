"""The table that stands beside a drawing and says the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """As many cells in each row as in the header, all written out for people; the first of a row names it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
