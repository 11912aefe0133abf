"""Other truths that would print the same page: what shows that a figure can not be worked out.

From the true figures one hidden figure is driven up or down, others give way so that all sums and all that is shown
stay as they are, and none falls below nothing: the simplex method, begun at the truth instead of at a corner, in whole
numbers. Where it can not go on, the cheapest shown figure that would let it is hidden too. (It solves the attacker's
problem of Fischetti and Salazar, and hides while it does.)
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from math import gcd, lcm

from reach.rules.suppression.picture import Cell
from reach.rules.suppression.tableau import Tableau

BEGINNINGS = 3
"""How often a walk that ends in a corner begins anew: what follows what has changed, and other ways lead on."""

World = dict[int, int]
"""What the figures would be, of those that would be others."""


class Walker:
    """Hidden figures, and walks among the truths that would print the same page."""

    def __init__(self, cells: list[Cell], tableau: Tableau, hidden: set[int], open_: AbstractSet[int]) -> None:
        """Figures are numbered as in `cells`. `open_` are those that may be hidden; others are shown for good."""
        self.cells = cells
        self.tableau = tableau
        self.hidden = hidden
        self.open = set(open_)
        self.now: dict[int, int] = {}

    def walk(self, figure: int, goal: int, known: AbstractSet[int] = frozenset()) -> World | None:
        """A world in which `figure` is at `goal` or beyond; None if nothing that may be hidden lets it be there.

        `known` stay as they are: whoever reads knows them of their own.
        """
        way = 1 if goal > self.cells[figure].value else -1
        for _beginning in range(BEGINNINGS):
            self.now = {}
            self._let_follow(figure)
            there = self._go(figure, goal, way, known)
            while not there and self._hide_one_more(figure, way):
                there = self._go(figure, goal, way, known)
            if there:
                return {other: value for other, value in self.now.items() if value != self.cells[other].value}
        return None

    def _let_follow(self, figure: int) -> None:
        """Let something else lead, so that what moves the figure can be chosen; if nothing follows it, it is free."""
        ranks = [
            (parts != abs(factor), len(self.tableau.rows[one]), one)
            for one, (factor, parts) in self.tableau.followers(figure).items()
        ]
        if ranks:
            self.tableau.swap(min(ranks)[2], figure)

    def _at(self, figure: int) -> int:
        return self.now.get(figure, self.cells[figure].value)

    def _go(self, figure: int, goal: int, way: int, known: AbstractSet[int]) -> bool:
        """Go on as long as hidden figures give way; whether the goal was reached.

        In whole numbers no rule keeps the method from going round for certain, so that it is given up after some steps.
        """
        patience, idle = 20 + len(self.hidden) // 4, set(known)
        for step in range(4 * patience):
            if way * (self._at(figure) - goal) >= 0:
                return True
            leader, direction = self._leader(figure, way, idle, in_order=step > patience)
            if leader is None:
                return False
            if self._move(figure, goal, leader, direction, known):
                idle = set(known)
            else:
                idle.add(leader)
        return False

    def _leader(self, figure: int, way: int, idle: AbstractSet[int], *, in_order: bool) -> tuple[int | None, int]:
        """A hidden figure whose move brings `figure` nearer, and the direction; none of `idle`, which can not move.

        The one whose steps are finest and that moves fewest others; after many steps the first one `in_order`, which is
        what keeps the simplex method from going round (Bland's rule).
        """
        if figure not in self.tableau.rows:
            return figure, way
        row = self.tableau.rows[figure]
        able = [one for one in row.keys() & self.hidden - idle if way * row[one] > 0 or self._can_fall(one)]
        if not able:
            return None, 0
        leader = min(able) if in_order else min(able, key=self._effort)
        return leader, way if row[leader] > 0 else -way

    def _effort(self, leader: int) -> tuple[int, int, int]:
        """How coarse the steps of a leader are, and how many others it moves."""
        column = self.tableau.columns.get(leader, set())
        return lcm(*{self.tableau.parts[one] for one in column}), len(column), leader

    def _can_fall(self, figure: int) -> bool:
        return self.cells[figure].signed or self._at(figure) > 0

    def _move(self, figure: int, goal: int, leader: int, direction: int, known: AbstractSet[int]) -> bool:
        """Move `leader` until the goal is there, or something that may not give way any more; that then leads.

        In steps that keep everything whole. Whether anything changed.
        """
        moves = {leader: (1, 1), **self.tableau.followers(leader)}
        step = lcm(*(parts // gcd(factor, parts) for factor, parts in moves.values()))
        gain = abs(moves[figure][0]) * step // moves[figure][1]
        steps, blocking, smooth = -(-abs(goal - self._at(figure)) // gain), None, True
        for other in sorted(moves):
            factor, parts = moves[other]
            limit = self._limit(other, direction * factor * step // parts, known)
            if limit is not None and (limit < steps or (limit == steps and not smooth and abs(factor) == parts)):
                steps, blocking, smooth = limit, other, abs(factor) == parts
        if steps:
            for other, (factor, parts) in moves.items():
                self.now[other] = self._at(other) + direction * steps * (factor * step // parts)
        if blocking is not None and blocking not in {leader, figure}:
            self.tableau.swap(blocking, leader)
        elif not steps:
            return self._refine(leader, figure)
        return True

    def _refine(self, leader: int, figure: int) -> bool:
        """Let a follower that makes the steps of `leader` coarse lead in its place; whether there is one."""
        moves = self.tableau.followers(leader)
        coarse = [
            (abs(factor), len(self.tableau.rows[one]), one)
            for one, (factor, parts) in moves.items()
            if one != figure and factor % parts
        ]
        if coarse:
            self.tableau.swap(min(coarse)[2], leader)
        return bool(coarse)

    def _limit(self, figure: int, change: int, known: AbstractSet[int]) -> int | None:
        """How many steps can be gone until `figure`, which changes so much at each, stops them; None for ever."""
        if figure in known or figure not in self.hidden:
            return 0
        if change > 0 or self.cells[figure].signed:
            return None
        return self._at(figure) // -change

    def _hide_one_more(self, figure: int, way: int) -> bool:
        """Hide the cheapest shown figure that lets `figure` go on; False if there is none."""
        row = self.tableau.rows.get(figure, {})
        would = [one for one in row if one in self.open and (way * row[one] > 0 or self.cells[one].value)]
        would = would or sorted(self._around(row))
        if not would:
            return False
        self.hide(min(would, key=self._loss))
        return True

    def _around(self, row: Mapping[int, int]) -> set[int]:
        """Shown figures that would make room for those that stop the leaders of a row."""
        stopped = {one for leader in row.keys() & self.hidden for one in self.tableau.columns.get(leader, ())}
        return {leader for one in stopped for leader in self.tableau.rows[one]} & self.open

    def _loss(self, figure: int) -> tuple[bool, int, int]:
        """Those that set something free at once come first; then the smallest."""
        return bool(self._shown_followers(figure)), self.cells[figure].cost, figure

    def _shown_followers(self, leader: int) -> list[int]:
        return [one for one in self.tableau.columns.get(leader, ()) if one not in self.hidden]

    def hide(self, figure: int) -> None:
        """Hide a shown figure. What follows from shown ones alone is made to follow from hidden ones."""
        self.open.discard(figure)
        self.hidden.add(figure)
        fixed = self._shown_followers(figure)
        if fixed:
            follower = min(
                fixed,
                key=lambda one: (
                    abs(self.tableau.rows[one][figure]) != self.tableau.parts[one],
                    len(self.tableau.rows[one]),
                    one,
                ),
            )
            self.tableau.swap(follower, figure)
