"""What a revision changes: the figures that outsiders read in both versions, side by side. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reach.rules.dimensions import Dimension, Value
from reach.rules.frozen import Content
from reach.rules.suppression.tables import Figure


@dataclass(frozen=True)
class Changed:
    """A figure that is not the same; `line` says of whom, empty for the whole. None: not told."""

    indicator: str
    line: str
    before: int | None
    after: int | None


def changed(old: Content, new: Content) -> list[Changed]:
    """Of figures that both versions have, those that outsiders read differently; in a settled order."""
    shared = old.published.figures.keys() & new.published.figures.keys()
    found = [(figure, old.published.shown(figure), new.published.shown(figure)) for figure in shared]
    lines = [Changed(figure.indicator, _line(figure, new.names), was, now) for figure, was, now in found if was != now]
    return sorted(lines, key=lambda one: (one.indicator, one.line))


def _line(figure: Figure, names: Mapping[Dimension, Mapping[Value, str]]) -> str:
    place = sorted((by, value) for by, value in figure.place)
    words = [names.get(Dimension(by), {}).get(value, str(value)) for by, value in place if by in set(Dimension)]
    return ", ".join([f"{figure.span.first:%Y-%m-%d} – {figure.span.last:%Y-%m-%d}", *words])
