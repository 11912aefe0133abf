"""A published report as it is kept: figures, names and definitions, written to JSON and read back the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reach.rules import periods
from reach.rules.dimensions import Dimension, Value
from reach.rules.periods import Span
from reach.rules.suppression.release import Published
from reach.rules.suppression.tables import By, Figure, OfPlace

Plain = Mapping[str, tuple[float | None, float | None]]


@dataclass(frozen=True)
class FrozenArea:
    """A neighbourhood as it was on that day: a later census never changes a rate."""

    id: int
    name: str
    population: int | None
    year: int | None
    is_priority: bool


@dataclass(frozen=True)
class FrozenDefinition:
    """The words of an indicator on that day, in the language of the report."""

    key: str
    label: str
    definition: str
    counts: str
    does_not_count: str
    records: str
    unit: str


@dataclass(frozen=True)
class Content:
    """All that a report says.

    Attributes:
        town: the territory's name.
        scope: the sentence that says whose figures these are.
        published: the figures that are counts of people, with what outsiders are not shown.
        plain: indicator → (figure, figure of the span before): what tells nothing of people, such as seats offered.
        names: of each dimension, value → what it is called, in the order of lines.
        edition: of the definitions: the same words have the same one.
    """

    town: str
    scope: str
    published: Published
    plain: Plain
    names: Mapping[Dimension, Mapping[Value, str]]
    areas: Sequence[FrozenArea]
    definitions: Sequence[FrozenDefinition]
    edition: str


def written(content: Content) -> dict[str, Any]:
    """`content` as JSON can say it."""
    return {
        "town": content.town,
        "scope": content.scope,
        "published": _published(content.published),
        "plain": {key: list(pair) for key, pair in content.plain.items()},
        "names": [[dimension.value, list(map(list, names.items()))] for dimension, names in content.names.items()],
        "areas": [asdict(area) for area in content.areas],
        "definitions": [asdict(one) for one in content.definitions],
        "edition": content.edition,
    }


def read(kept: Mapping[str, Any]) -> Content:
    """What `written` wrote."""
    return Content(
        town=kept["town"],
        scope=kept["scope"],
        published=read_published(kept["published"]),
        plain={key: (now, before) for key, (now, before) in kept["plain"].items()},
        names={Dimension(key): {value: words for value, words in pairs} for key, pairs in kept["names"]},
        areas=[FrozenArea(**area) for area in kept["areas"]],
        definitions=[FrozenDefinition(**one) for one in kept["definitions"]],
        edition=kept["edition"],
    )


def _published(published: Published) -> dict[str, Any]:
    """Each figure with its value and marks: h hidden, s small, g given away by earlier reports."""
    marks = (("h", published.hidden), ("s", published.small), ("g", published.given_away))
    figures = sorted(published.figures, key=_order)
    return {
        "figures": [
            [*_figure(figure), published.figures[figure], "".join(mark for mark, which in marks if figure in which)]
            for figure in figures
        ],
        "splits": sorted(([*_figure(figure), by.value] for figure, by in published.splits), key=repr),
    }


def read_published(kept: Mapping[str, Any]) -> Published:
    """The figures alone: what the next release is protected against."""
    figures: dict[Figure, int] = {}
    marked: dict[str, set[Figure]] = {"h": set(), "s": set(), "g": set()}
    for indicator, span, place, value, marks in kept["figures"]:
        figure = _read_figure(indicator, span, place)
        figures[figure] = value
        for mark in marks:
            marked[mark].add(figure)
    splits = frozenset((_read_figure(*rest), read_by(by)) for *rest, by in kept["splits"])
    return Published(figures, frozenset(marked["h"]), frozenset(marked["s"]), splits, frozenset(marked["g"]))


def _figure(figure: Figure) -> list[Any]:
    return [figure.indicator, periods.written(figure.span), sorted([by.value, value] for by, value in figure.place)]


def _order(figure: Figure) -> tuple[str, Span, str]:
    return figure.indicator, figure.span, repr(_figure(figure)[2])


def _read_figure(indicator: str, span: str, place: Sequence[tuple[str, Value]]) -> Figure:
    return Figure(indicator, periods.read(span), frozenset((read_by(by), value) for by, value in place))


def read_by(text: str) -> By:
    """Raises: ValueError"""
    return OfPlace(text) if text in set(OfPlace) else Dimension(text)
