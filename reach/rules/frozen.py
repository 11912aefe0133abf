"""A published report as it is kept: figures, names and definitions, written to JSON and read back the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from reach.rules import periods
from reach.rules.dimensions import Dimension, Value
from reach.rules.periods import Span
from reach.rules.suppression.release import Published
from reach.rules.suppression.tables import By, Figure, OfPlace

Plain = Mapping[str, tuple[float | None, float | None]]


@dataclass(frozen=True)
class FrozenArea:
    """A neighbourhood as it was on that day: a later census never changes a rate, nor a new border the map.

    `geometry` is GeoJSON with the corners that a map can show; None where nobody drew it, and in sheets.
    """

    id: int
    name: str
    population: int | None
    year: int | None
    is_priority: bool
    geometry: str | None = None


@dataclass(frozen=True)
class FrozenOutline:
    """A priority neighbourhood that is drawn over the map."""

    name: str
    geometry: str


@dataclass(frozen=True)
class FrozenHost:
    """A place, a school or a care home that is a blank.

    Attributes:
        neighbourhood: its name; empty where it is not known.
        last: ISO day of the last session before; empty when there was none, or where that is not the question.
    """

    name: str
    neighbourhood: str
    last: str = ""


@dataclass(frozen=True)
class FrozenBlanks:
    """What nothing reached. Of each kind, how many there are in all: blanks or not.

    Attributes:
        venues: without an opening in the period.
        schools: without a kit or a club until the day of the report.
        care_homes: without a session in the period.
    """

    venues: Sequence[FrozenHost]
    of_venues: int
    schools: Sequence[FrozenHost]
    of_schools: int
    care_homes: Sequence[FrozenHost]
    of_care_homes: int


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
        outlines: priority neighbourhoods that are no areas of their own.
        blanks: None of a structure, whose report asks for none.
        begins: the day of the first activity record ever: a span before it can not be compared with.
        beside: people for 1,000 inhabitants of the territory, as its own report of the span tells; None without one.
    """

    town: str
    scope: str
    published: Published
    plain: Plain
    names: Mapping[Dimension, Mapping[Value, str]]
    areas: Sequence[FrozenArea]
    definitions: Sequence[FrozenDefinition]
    edition: str
    outlines: Sequence[FrozenOutline] = ()
    blanks: FrozenBlanks | None = None
    begins: date | None = None
    beside: float | None = None


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
        "outlines": [asdict(one) for one in content.outlines],
        "blanks": content.blanks and asdict(content.blanks),
        "begins": content.begins and content.begins.isoformat(),
        "beside": content.beside,
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
        outlines=[FrozenOutline(**one) for one in kept["outlines"]],
        blanks=_blanks(kept["blanks"]) if kept["blanks"] else None,
        begins=date.fromisoformat(kept["begins"]) if kept["begins"] else None,
        beside=kept["beside"],
    )


def _blanks(kept: Mapping[str, Any]) -> FrozenBlanks:
    """Lists are of hosts, the rest are numbers."""
    told: dict[str, Any] = {
        key: [FrozenHost(**one) for one in value] if isinstance(value, list) else value for key, value in kept.items()
    }
    return FrozenBlanks(**told)


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
