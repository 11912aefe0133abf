"""The data dictionary: what each indicator of a version counts, in the words of the day on which it was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from activity.models import Theme
from activity.rules.labels import THEMES
from foundation.i18n import _, _l
from reach.queries.feature_figures import THEME
from reach.rules.frozen import Content, FrozenDefinition

HEADER = ("indicateur", "libelle", "definition", "compte", "ne_compte_pas", "source", "unite")
IN_WHOLE_NUMBERS: Mapping[str, tuple[str, Any]] = {
    "minutes": ("hours", _l("minutes")),
    "pupil_minutes": ("kit_hours", _l("minutes")),
    "cents": ("euros", _l("cents")),
}
"""Indicator of the files → the one that pages show of it, and the unit that makes it a whole number."""
BESIDE: Mapping[str, tuple[str, Any, Any]] = {
    "walk_ins": ("kept", _l("Walk-ins"), _l("People received without an appointment, on their day.")),
    "voucher_holders": ("euros", _l("Residents with a voucher"), _l("Those who had vouchers issued or used.")),
    "autonomy_told": ("autonomy", _l("Autonomy told twice"), _l("People of whom autonomy was told at two contacts.")),
    "autonomy_grew": ("autonomy", _l("Autonomy grew"), _l("Those of them who needed less help at the last contact.")),
}
"""What stands beside an indicator: the one whose records it is counted from, and its own words."""


def dictionary(content: Content) -> Iterator[tuple[str, ...]]:
    """Key, label, definition, what counts, what does not, from which records, unit of each indicator of the figures.

    Raises:
        KeyError: an indicator was published that nobody defined.
    """
    known = {one.key: one for one in content.definitions}
    for key in sorted({figure.indicator for figure in content.published.figures}):
        one = _defined(key, known)
        yield key, one.label, one.definition, one.counts, one.does_not_count, one.records, one.unit


def _defined(key: str, known: Mapping[str, FrozenDefinition]) -> FrozenDefinition:
    if key.startswith(THEME):
        theme = str(THEMES[Theme(key.removeprefix(THEME))])
        return replace(known["themes"], label=_("%(what)s: %(more)s", what=known["themes"].label, more=theme))
    if key in IN_WHOLE_NUMBERS:
        same, unit = IN_WHOLE_NUMBERS[key]
        return replace(known[same], unit=str(unit))
    if key in BESIDE:
        source, label, definition = BESIDE[key]
        return replace(known[source], label=str(label), definition=str(definition), counts="", does_not_count="")
    return known[key]
