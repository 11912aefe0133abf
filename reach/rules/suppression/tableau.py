"""How hidden figures hang together: moving some moves others, so that every sum stays what it is.

The rows of a dictionary in the sense of the simplex method, in whole numbers throughout: each row says how one figure
follows from those that are moved freely. Rounding never lets a secret out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import gcd

Row = dict[int, int]


class Tableau:
    """Rows {follower: {leader: how far the follower moves, in parts, when the leader moves by one}}.

    `parts[follower]` says of how many parts one whole of the follower is: nearly always of one.
    """

    def __init__(self, sums: Iterable[Mapping[int, int]], follows: Callable[[int, int], object]) -> None:
        """`follows(figure, factor)` ranks what is to follow in a sum: the lowest does."""
        self.rows: dict[int, Row] = {}
        self.parts: dict[int, int] = {}
        self.columns: dict[int, set[int]] = {}
        for terms in sums:
            row = self._in_leaders(terms)
            if row:
                ranked = sorted((follows(figure, factor), figure) for figure, factor in row.items())
                self._solve(row, ranked[0][1])

    def _in_leaders(self, terms: Mapping[int, int]) -> Row:
        """The sum with each follower replaced by what it follows, times whatever keeps it whole."""
        whole = 1
        for figure in terms:
            whole *= self.parts.get(figure, 1)
        row: Row = {}
        for figure, factor in terms.items():
            parts = self.parts.get(figure, 1)
            for leader, amount in self.rows.get(figure, {figure: 1}).items():
                row[leader] = row.get(leader, 0) + factor * amount * (whole // parts)
        return {leader: amount for leader, amount in row.items() if amount}

    def _solve(self, row: Row, follower: int) -> None:
        """Let `follower` follow from the rest of a `row` that comes to nothing, in all rows."""
        factor = row.pop(follower)
        sign = -1 if factor > 0 else 1
        own, parts = _shortened({leader: sign * amount for leader, amount in row.items()}, abs(factor))
        for other in sorted(self.columns.pop(follower, ())):
            self._substitute(other, follower, own, parts)
        self.rows[follower], self.parts[follower] = own, parts
        for leader in own:
            self.columns.setdefault(leader, set()).add(follower)

    def _substitute(self, other: int, leader: int, meaning: Row, parts: int) -> None:
        """In the row of `other`, put what `leader` follows from, which is so many `parts` of it, in its place."""
        row = self.rows[other]
        factor = row.pop(leader)
        if parts != 1:
            for figure in row:
                row[figure] *= parts
            self.parts[other] *= parts
        for figure, amount in meaning.items():
            total = row.get(figure, 0) + factor * amount
            if total:
                row[figure] = total
                self.columns.setdefault(figure, set()).add(other)
            else:
                del row[figure]
                self.columns[figure].discard(other)
        if self.parts[other] != 1:
            self.rows[other], self.parts[other] = _shortened(row, self.parts[other])

    def swap(self, follower: int, leader: int) -> None:
        """`leader` follows from now on, and `follower` leads."""
        row = self.rows.pop(follower)
        for figure in row:
            self.columns[figure].discard(follower)
        self._solve({**row, follower: -self.parts.pop(follower)}, leader)

    def followers(self, leader: int) -> dict[int, tuple[int, int]]:
        """What moves with `leader`, and how far: (so many, of so many parts)."""
        return {one: (self.rows[one][leader], self.parts[one]) for one in self.columns.get(leader, ())}


def _shortened(row: Row, parts: int) -> tuple[Row, int]:
    common = gcd(parts, *row.values()) if parts != 1 else 1
    if common == 1:
        return row, parts
    return {leader: amount // common for leader, amount in row.items()}, parts // common
