"""What a report says, figure by figure: tables, and how coarse values are made of fine ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reach.rules import periods
from reach.rules.dimensions import Dimension, Value
from reach.rules.figures import Cube
from reach.rules.outcome_keys import ANSWERS, BY_ANSWER, BY_OUTCOME, BY_REFERRAL, REFERRED
from reach.rules.periods import Span


class OfPlace(StrEnum):
    """Dimensions of the place where people were received, which otherwise speak of where they live."""

    PRIORITY = "place_priority"
    COMMUNE = "place_commune"


By = Dimension | OfPlace
Place = frozenset[tuple[By, Value]]
"""Of whom, where and when a figure tells: {(age band, 12-17), (neighbourhood, 3)}; all of the territory if empty."""

MADE_OF: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "people": (("first_timers", "returning"),),
    "contacts": (("named_contacts", "anonymous"),),
    ANSWERS: (tuple(BY_ANSWER.values()),),
    REFERRED: (tuple(BY_OUTCOME.values()), tuple(BY_REFERRAL.values())),
}
"""Indicators that are sums of others, in one way or in two, so that the last one can be worked out from the rest."""
AMONG: Mapping[str, tuple[str, ...]] = {
    "autonomy_told": ("autonomy_grew",),
    "kept": ("prescribed_kept",),
    "noshow": ("prescribed_noshow",),
    "named_contacts": (ANSWERS,),
}
"""Indicators of whom some others count a part each: who is left is a count of its own, which follows from the two."""
UNION_OF: Mapping[str, tuple[str, str]] = {"voucher_holders": ("device_vouchers", "training_vouchers")}
"""Who is in one, in the other, or in both: how many are in both, or in one alone, follows from the three.

Vouchers are read as their people: hardly anybody is given two of one kind in one period.
"""
AT_LEAST: Mapping[str, str] = {"named_contacts": "people"}
"""Who is counted as often as they came, and who is counted once: the first is never less than the second."""
NOT_WITHIN = frozenset({"returning"})
"""Not within the same count of a longer span: who returned in March may be new in the year."""


@dataclass(frozen=True)
class Figure:
    """One figure, wherever it is printed: the same one in two tables is one."""

    indicator: str
    span: Span
    place: Place = frozenset()

    def at(self, dimension: By, value: Value) -> Figure:
        return Figure(self.indicator, self.span, self.place | {(dimension, value)})

    def without(self, dimension: By) -> Figure:
        return Figure(self.indicator, self.span, frozenset(one for one in self.place if one[0] is not dimension))

    def counting(self, indicator: str) -> Figure:
        return Figure(indicator, self.span, self.place)

    def during(self, span: Span) -> Figure:
        return Figure(self.indicator, span, self.place)


@dataclass(frozen=True)
class Table:
    """Figures of one indicator in one span, by some dimensions, with all margins.

    Attributes:
        indicator: its key; what may be worked out from what is known for those of `MADE_OF`.
        by: the dimensions, none for a single figure; months only of a span that is more than one.
        cells: (a value of each dimension, in order) → figure; None in place of a value stands for all of them, so that
            `(None,) * len(by)` is the total. Each value that there is has its margin, also one that counts none: what
            is left out would tell that nobody was there. Crossings that are left out are none.
        where: the filters of the table.
        about: the indicator that counts whom it tells of, where its own figures are none of people: hours are hidden
            when they are about fewer than 11 contacts. A table of that indicator has to be in the same release.
        of_nobody: what they count did not take place, as the report says elsewhere: no session, no attendance. Such a
            zero is no small number of people, and is told.
    """

    indicator: str
    span: Span
    by: tuple[By, ...]
    cells: Mapping[tuple[Value | None, ...], int]
    where: Place = frozenset()
    about: str | None = None
    of_nobody: bool = False

    def __post_init__(self) -> None:
        if (None,) * len(self.by) not in self.cells:
            raise ValueError(f"a table of {self.indicator} without its total")
        if self.of_nobody and any(self.cells.values()):
            raise ValueError(f"a table of {self.indicator} that counts somebody where there was nobody")

    @classmethod
    def of_cube(
        cls, indicator: str, span: Span, by: By, values: Iterable[Value], cube: Cube, *, of: Dimension, where: Place
    ) -> Table:
        """Lines of a cube, as `by`, of its dimension `of`: every one of `values`, also those that nobody is in.

        Raises:
            ValueError: the cube counts something in a value that is left out.
        """
        cells: dict[tuple[Value | None, ...], int] = {
            (value,): getattr(cube.of(of, value), indicator) for value in values
        }
        left_out = {value for value in cube.by[of] if (value,) not in cells}
        if left_out:
            raise ValueError(f"values left out of a table of {indicator}: {sorted(map(str, left_out))[:5]}")
        return cls(indicator, span, (by,), {**cells, (None,): getattr(cube.total, indicator)}, where)

    def values(self) -> list[list[Value]]:
        """The values of each dimension, as their margins name them."""
        return [
            [key[place] for key in self.cells if key[place] is not None and key.count(None) == len(key) - 1]  # type: ignore[misc]
            for place in range(len(self.by))
        ]

    def figure(self, key: Iterable[Value | None]) -> Figure:
        """The figure in a cell. A month of a table is a span: the same figure as in the report of that month."""
        found = {one: value for one, value in zip(self.by, key, strict=True) if value is not None}
        return Figure(
            self.indicator, self._span(found.pop(Dimension.MONTH, None)), self.where | frozenset(found.items())
        )

    def _span(self, month: Value | None) -> Span:
        if month is None:
            return self.span
        whole = periods.read(str(month))
        return Span(max(whole.first, self.span.first), min(whole.last, self.span.last))

    def figures(self) -> dict[Figure, int]:
        """All its figures, crossings that nobody is in included."""
        keys: list[tuple[Value | None, ...]] = [()]
        for values in self.values():
            keys = [(*key, value) for key in keys for value in (None, *values)]
        unknown = set(self.cells) - set(keys)
        if unknown:
            raise ValueError(f"values without a margin in a table of {self.indicator}: {sorted(map(str, unknown))[:5]}")
        return {self.figure(key): self.cells.get(key, 0) for key in keys}

    def splits(self) -> set[tuple[Figure, By]]:
        """(figure, dimension by which all of it is told)."""
        return {
            (figure, dimension)
            for figure in self.figures()
            for dimension in self.by
            if dimension is not Dimension.MONTH and dimension not in dict(figure.place)
        }


@dataclass(frozen=True)
class Hierarchy:
    """Each value of `fine` lies within one of `coarse`: neighbourhoods in communes, places of structures.

    `within` names every value of `fine`, those that are not known too.
    """

    fine: By
    coarse: By
    within: Mapping[Value, Value] = field(hash=False)

    def parts(self, value: Value) -> list[Value]:
        return [fine for fine, coarse in self.within.items() if coarse == value]
