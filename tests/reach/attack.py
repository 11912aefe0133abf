"""Somebody who reads what is published and tries to work out what is not. Shares no code with what hides it.

Knows every figure that is shown in any report, every sum that holds, that no count is below nothing, and that what is
hidden may be anything. Tries elimination over the fractions, then bounds, then every whole number that is left.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Sum = tuple[Mapping[Hashable, int], int]
"""({figure: factor}, what they come to)."""


@dataclass
class Attack:
    """`shown` figures and the `sums` that hold; all others are counts that are not told, `signed` ones of any sign."""

    shown: Mapping[Hashable, int]
    sums: Sequence[Sum]
    signed: frozenset[Hashable] = frozenset()

    def open_sums(self) -> list[tuple[dict[Hashable, Fraction], Fraction]]:
        """The sums, with what is shown taken over to the other side."""
        result = []
        for terms, total in self.sums:
            rest = Fraction(total - sum(factor * self.shown[one] for one, factor in terms.items() if one in self.shown))
            left = {one: Fraction(factor) for one, factor in terms.items() if one not in self.shown}
            if left:
                result.append((left, rest))
        return result

    def eliminated(self) -> dict[Hashable, Fraction]:
        """The hidden figures that follow from what is shown: by adding and subtracting, in every way there is."""
        solved: list[tuple[Hashable, dict[Hashable, Fraction], Fraction]] = []
        for terms, rest in self.open_sums():
            for lead, row, right in solved:
                if lead in terms:
                    terms, rest = _less(terms, rest, row, right, terms[lead])  # noqa: PLW2901
            if terms:
                lead = next(iter(terms))
                row = {one: factor / terms[lead] for one, factor in terms.items()}
                right = rest / terms[lead]
                solved = [
                    (old, *_less(other, its, row, right, other[lead])) if lead in other else (old, other, its)
                    for old, other, its in solved
                ]
                solved.append((lead, row, right))
        return {lead: right for lead, row, right in solved if len(row) == 1}

    def bounds(self, given: Mapping[Hashable, int] | None = None) -> dict[Hashable, tuple[int, int]] | None:
        """(least, most) of each hidden count as sum after sum narrows them; None if `given` can not be."""
        sums = self.open_sums()
        most = (
            max([abs(total) for _terms, total in self.sums] + [abs(value) for value in self.shown.values()] + [20]) * 2
        )
        found = {one: (-most if one in self.signed else 0, most) for terms, _rest in sums for one in terms}
        found |= {one: (value, value) for one, value in (given or {}).items()}
        changed = True
        while changed:
            changed = False
            for terms, rest in sums:
                for one, factor in terms.items():
                    low, high = _between(terms, rest, one, factor, found)
                    least, at_most = found[one]
                    least, at_most = max(least, low), min(at_most, high)
                    if least > at_most:
                        return None
                    changed = changed or (least, at_most) != found[one]
                    found[one] = (least, at_most)
        return found

    def possible(self, given: Mapping[Hashable, int], tries: int = 4000) -> bool:
        """Whether any whole numbers at all fit what is shown, with some `given`: all are tried, one after the other.

        True when it gives up, which is what an attacker then has to believe.
        """
        left = [tries]

        def search(fixed: dict[Hashable, int]) -> bool:
            left[0] -= 1
            found = self.bounds(fixed)
            if found is None or left[0] < 0:
                return found is not None
            free = [(high - low, repr(one), one) for one, (low, high) in found.items() if low < high]
            if not free:
                return True
            one = min(free, key=lambda each: each[:2])[2]
            low, high = found[one]
            return any(search({**fixed, one: value}) for value in range(low, high + 1))

        return search(dict(given))

    def can_be(self, one: Hashable, values: Sequence[int]) -> set[int]:
        """Which of `values` the figure may have, for all that is published."""
        return {value for value in values if self.possible({one: value})}


def _less(
    terms: Mapping[Hashable, Fraction],
    rest: Fraction,
    row: Mapping[Hashable, Fraction],
    right: Fraction,
    times: Fraction,
) -> tuple[dict[Hashable, Fraction], Fraction]:
    left = {one: terms.get(one, Fraction(0)) - times * row.get(one, Fraction(0)) for one in [*terms, *row]}
    return {one: factor for one, factor in left.items() if factor}, rest - times * right


def _between(
    terms: Mapping[Hashable, Fraction],
    rest: Fraction,
    one: Hashable,
    factor: Fraction,
    found: Mapping[Hashable, tuple[int, int]],
) -> tuple[int, int]:
    """What is left for one figure of a sum when the others are as low and as high as they can be."""
    ends = [
        sorted((times * found[other][0], times * found[other][1])) for other, times in terms.items() if other != one
    ]
    low, high = sorted(((rest - sum(end[1] for end in ends)) / factor, (rest - sum(end[0] for end in ends)) / factor))
    return -(-low.numerator // low.denominator), high.numerator // high.denominator
