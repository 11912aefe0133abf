"""What a revision changes, figure by figure: what outsiders read in both versions, side by side. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from foundation.i18n import _
from reach.rules import periods
from reach.rules.dimensions import LABELS, Dimension, Value
from reach.rules.frozen import Content, written
from reach.rules.periods import Span
from reach.rules.suppression.release import Published
from reach.rules.suppression.tables import Figure


class Absent(Enum):
    """In place of a figure: this version has no such line."""

    LINE = auto()


Read = float | None | Absent
"""What a version tells of a figure. None: it does not tell."""
INHABITANTS = "inhabitants"
"""In place of an indicator: of how many people a rate is worked out."""


@dataclass(frozen=True)
class Changed:
    """A figure that is not the same; `line` says of when and of whom, in the reader's words."""

    indicator: str
    line: str
    before: Read
    after: Read


def changed(old: Content, new: Content, span: Span) -> list[Changed]:
    """All that outsiders read differently in the two versions of the report of `span`; in a settled order.

    Lines that only one version has are among them, and inhabitants, since they change a rate.
    """
    lines = [*_counts(old, new), *_plain(old, new, span), *_inhabitants(old, new)]
    return [one for one in sorted(lines, key=lambda one: (one.indicator, one.line)) if one.before != one.after]


def says_the_same(old: Content, new: Content) -> bool:
    """Whether readers read nothing else in the new version: no figure, no name, no blank and no word.

    What is not told may be another number: that somebody corrected it, a version that says the same would tell.
    """
    return _readable(old) == _readable(new)


def _readable(content: Content) -> dict[str, Any]:
    """All of it as it is kept, with the figures as outsiders read them."""
    published = content.published
    return {**written(content), "published": {figure: published.shown(figure) for figure in published.figures}}


def _counts(old: Content, new: Content) -> Iterator[Changed]:
    names = _names(old, new)
    for figure in old.published.figures.keys() | new.published.figures.keys():
        yield Changed(
            figure.indicator, _line(figure, names), _read(old.published, figure), _read(new.published, figure)
        )


def _read(published: Published, figure: Figure) -> Read:
    return published.shown(figure) if figure in published.figures else Absent.LINE


def _plain(old: Content, new: Content, span: Span) -> Iterator[Changed]:
    """What tells of nobody, of the span and of the one before."""
    for key in old.plain.keys() | new.plain.keys():
        pairs = zip(_pair(old, key), _pair(new, key), strict=True)
        for (before, after), of in zip(pairs, (span, span.before), strict=True):
            yield Changed(key, periods.said(of), before, after)


def _pair(content: Content, key: str) -> tuple[Read, Read]:
    return content.plain.get(key, (Absent.LINE, Absent.LINE))


def _inhabitants(old: Content, new: Content) -> Iterator[Changed]:
    was, now = ({area.id: area for area in one.areas} for one in (old, new))
    for id_ in was.keys() | now.keys():
        yield Changed(
            INHABITANTS, (now.get(id_) or was[id_]).name,
            was[id_].population if id_ in was else Absent.LINE, now[id_].population if id_ in now else Absent.LINE,
        )  # fmt: skip


def _names(old: Content, new: Content) -> Mapping[Dimension, Mapping[Value, str]]:
    """Of both versions; where they differ, as the new one calls it."""
    return {by: {**old.names.get(by, {}), **new.names.get(by, {})} for by in old.names.keys() | new.names.keys()}


def _line(figure: Figure, names: Mapping[Dimension, Mapping[Value, str]]) -> str:
    words = [
        _("%(what)s: %(more)s", what=LABELS[Dimension(by)], more=names.get(Dimension(by), {}).get(value, str(value)))
        for by, value in sorted(figure.place, key=lambda one: (one[0].value, str(one[1])))
        if by in set(Dimension)
    ]
    return ", ".join([periods.said(figure.span), *words])
