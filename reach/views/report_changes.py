"""What a revision changes, in the words of the reader: one line a figure, as it was and as it is."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.i18n import _
from reach.rules.amounts import NOTHING, written
from reach.rules.frozen import Content
from reach.rules.indicators import Unit
from reach.rules.periods import Span
from reach.rules.publishing import NOT_TOLD
from reach.rules.revisions import INHABITANTS, Absent, Read, changed
from reach.views.open_data.dictionary import dictionary


@dataclass(frozen=True)
class Change:
    """In the reader's words; `of` says of when and of whom."""

    figure: str
    of: str
    before: str
    after: str


def changes(old: Content, new: Content, span: Span) -> list[Change]:
    """In the order of their names; where the two have the same, of their lines."""
    labels = _labels(new) | _labels(old)
    lines = [
        Change(labels.get(one.indicator, one.indicator), one.line, _said(one.before), _said(one.after))
        for one in changed(old, new, span)
    ]
    return sorted(lines, key=lambda one: (one.figure, one.of))


def _labels(content: Content) -> dict[str, str]:
    """What each indicator is called, in the words that were published."""
    return {row["indicateur"]: row["libelle"] for row in dictionary(content)} | {INHABITANTS: _("Inhabitants")}


def _said(read: Read) -> str:
    if read is Absent.LINE:
        return NOTHING
    return str(NOT_TOLD) if read is None else written(read, Unit.RATE if isinstance(read, float) else Unit.PEOPLE)
