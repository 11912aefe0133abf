"""What can be worked out from what: the sums between figures of several tables, indicators, spans and reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, pairwise

from reach.rules.periods import Span
from reach.rules.suppression.tables import AMONG, AT_LEAST, MADE_OF, NOT_WITHIN, UNION_OF, By, Figure, Hierarchy


@dataclass(frozen=True)
class Link:
    """`whole` is made of `parts`, all of them if `complete`; else there is a rest, which is a count of its own.

    `by` is the dimension that parts it, if it is one.
    """

    whole: Figure
    parts: tuple[Figure, ...]
    complete: bool
    by: By | None = None


@dataclass(frozen=True)
class Overlap:
    """Two spans, or two counts, that overlap: together they tell as much as `union` and what they have in common."""

    one: Figure
    other: Figure
    union: Figure
    common: Figure


def links(
    figures: Mapping[Figure, int], splits: Iterable[tuple[Figure, By]], hierarchies: Sequence[Hierarchy]
) -> Iterator[Link]:
    """All that is known to hold between figures that are there."""
    yield from _by_dimension(figures, set(splits))
    yield from _by_hierarchy(figures, hierarchies)
    yield from _by_indicator(figures)
    yield from _among(figures)
    yield from _loose(figures)
    for spans in _by_span(figures).values():
        yield from _nested(spans)


def slacks(figures: Mapping[Figure, int]) -> Iterator[tuple[Figure, Figure]]:
    """(figure, another that is never more)."""
    for figure in figures:
        less = AT_LEAST.get(figure.indicator)
        if less and figure.counting(less) in figures:
            yield figure, figure.counting(less)


def _by_dimension(figures: Mapping[Figure, int], splits: set[tuple[Figure, By]]) -> Iterator[Link]:
    parts: dict[tuple[Figure, By], list[Figure]] = defaultdict(list)
    for figure in figures:
        for dimension in sorted(dict(figure.place)):  # sets have another order in each process.
            whole = figure.without(dimension)
            if whole in figures:
                parts[whole, dimension].append(figure)
    for (whole, dimension), found in parts.items():
        yield Link(whole, tuple(found), complete=(whole, dimension) in splits, by=dimension)


def _loose(figures: Mapping[Figure, int]) -> Iterator[Link]:
    """What lies within something wider with nothing between the two, as the young of one place in all of a year."""
    for figure in figures:
        if not figure.place or any(figure.without(dimension) in figures for dimension, _value in figure.place):
            continue
        for other in figures:
            within = other.indicator == figure.indicator and other.place < figure.place
            if within and (other.span == figure.span or _within_count(figure, other)):
                yield Link(other, (figure,), complete=False)


def _within_count(figure: Figure, other: Figure) -> bool:
    return figure.indicator not in NOT_WITHIN and _within(figure.span, other.span)


def _by_hierarchy(figures: Mapping[Figure, int], hierarchies: Sequence[Hierarchy]) -> Iterator[Link]:
    for hierarchy in hierarchies:
        for figure in figures:
            value = dict(figure.place).get(hierarchy.coarse)
            if value is None or hierarchy.fine in dict(figure.place):
                continue
            bare = figure.without(hierarchy.coarse)
            fine = hierarchy.parts(value)
            found = tuple(one for one in (bare.at(hierarchy.fine, each) for each in fine) if one in figures)
            if found:
                yield Link(figure, found, complete=len(found) == len(fine))


def _by_indicator(figures: Mapping[Figure, int]) -> Iterator[Link]:
    for figure in figures:
        for made_of in MADE_OF.get(figure.indicator, ()):
            found = tuple(one for one in map(figure.counting, made_of) if one in figures)
            if found:
                yield Link(figure, found, complete=len(found) == len(made_of))


def _among(figures: Mapping[Figure, int]) -> Iterator[Link]:
    """Each part by itself: who is in none of it is a count."""
    for figure in figures:
        for indicator in (*AMONG.get(figure.indicator, ()), *UNION_OF.get(figure.indicator, ())):
            if figure.counting(indicator) in figures:
                yield Link(figure, (figure.counting(indicator),), complete=False)


def _by_span(figures: Iterable[Figure]) -> dict[tuple[str, object], list[Figure]]:
    groups: dict[tuple[str, object], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.indicator, figure.place].append(figure)
    return groups


def _nested(figures: list[Figure]) -> Iterator[Link]:
    """Spans within longer ones: a year is its quarters, or three of them and a rest.

    Each longest span within, with those before and after it: what lies within one of these is told of it in its turn.
    """
    spans = {figure.span: figure for figure in figures}
    for whole in figures:
        if len(spans) == 1:
            return
        inner = sorted(span for span in spans if span != whole.span and _within(span, whole.span))
        longest = [span for span in inner if not any(span != other and _within(span, other) for other in inner)]
        for row in sorted({_row(span, inner) for span in longest}):
            complete = _is_whole(row, whole.span)
            if complete or whole.indicator not in NOT_WITHIN:
                yield Link(whole, tuple(spans[span] for span in row), complete)


def _within(span: Span, other: Span) -> bool:
    return other.first <= span.first and span.last <= other.last


def _row(span: Span, inner: Sequence[Span]) -> tuple[Span, ...]:
    """The span with as many others before and after it as do not overlap: the nearest first, of these the longest."""
    row = [span]
    while later := [one for one in inner if one.first > row[-1].last]:
        row.append(min(later, key=lambda one: (one.first, -one.days)))
    while sooner := [one for one in inner if one.last < row[0].first]:
        row.insert(0, max(sooner, key=lambda one: (one.last, one.days)))
    return tuple(row)


def _is_whole(row: Sequence[Span], whole: Span) -> bool:
    joined = all(one.last + timedelta(days=1) == other.first for one, other in pairwise(row))
    return joined and row[0].first == whole.first and row[-1].last == whole.last


def overlaps(figures: Mapping[Figure, int]) -> Iterator[Overlap]:
    """January to June, April to September, and January to September: what April to June comes to follows.

    So do, of those who have one thing or the other, those who have both.
    """
    for union in figures:
        if union.indicator in UNION_OF:
            first, second = map(union.counting, UNION_OF[union.indicator])
            if first in figures and second in figures:
                yield Overlap(first, second, union, union.counting(f"{union.indicator}:both"))
    for group in _by_span(figures).values():
        spans = {figure.span: figure for figure in group}
        for one, other in combinations(sorted(spans), 2):
            if one.first < other.first <= one.last < other.last and Span(one.first, other.last) in spans:
                common = spans[one].during(Span(other.first, one.last))
                yield Overlap(spans[one], spans[other], spans[Span(one.first, other.last)], common)
