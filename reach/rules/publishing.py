"""What outsiders read of figures: the mark of what is not told, and what is worked out of what is told, never of more.

Whatever is published beside counts (rates, shares, means, classes of a map, bars, the order of lines) is made of the
counts that are shown. Made of true ones, a rate with one decimal is the count that it hides, and so is a length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Final, TypeVar

from babel.numbers import format_decimal

from foundation.i18n import _, _l, language
from reach.rules import rates
from reach.rules.suppression.picture import SMALL

NOT_TOLD: Final = _l("n.c.")
"""The one mark of every figure that is not told: another one for the small ones would tell which they are."""
MEANING: Final = _l(
    "n.c.: not communicated, so that nobody can be recognised. The figure concerns fewer than %(small)s "
    "people, or would allow such a figure to be worked out.",
    small=SMALL,
)
"""Stands under what bears the mark; beside nothing that does not."""

Line = TypeVar("Line")


def told(count: int | None, before: int | None = None) -> str:
    """A count as outsiders read it, in the reader's language: `1 234`, or the mark.

    `before` is what an earlier version of the same report shows of it, for what a revision does not tell: known anyway.
    """
    if count is not None:
        return str(format_decimal(count, locale=language()))
    if before is not None:
        return str(_("%(figure)s (as first published)", figure=told(before)))
    return str(NOT_TOLD)


def explained(lines: Iterable[Sequence[str]], *notes: str) -> str:
    """What the mark means, where one of the lines or of the notes under them bears it; else nothing."""
    mark = str(NOT_TOLD)
    return str(MEANING) if any(mark in words for words in (*chain.from_iterable(lines), *notes)) else ""


def per_thousand(people: int | None, inhabitants: int | None) -> float | None:
    """A reach rate; None where the people are not told or nobody knows how many live there."""
    return None if people is None else rates.per_thousand(people, inhabitants)


def share(part: int | None, whole: int | None) -> float | None:
    """From 0 to 1; None where either is not told: of the other, it would tell the one."""
    return None if part is None or whole is None else rates.share(part, whole)


def mean(total: int | None, count: int | None) -> float | None:
    """`total` for each of `count`, as minutes a contact; None where either is not told, or of nothing."""
    return None if total is None or not count else total / count


def shown_only(figures: Mapping[Line, int | None]) -> dict[Line, int]:
    """The lines that are told, for what is worked out of many: an equity figure, the ends of the classes of a map."""
    return {line: value for line, value in figures.items() if value is not None}


def ordered(lines: Mapping[Line, int | None], name: Callable[[Line], str]) -> list[Line]:
    """Largest first; those that are not told come last, by name: their place would tell how large they are."""
    return sorted(lines, key=lambda line: (lines[line] is None, -(lines[line] or 0), name(line)))
