"""How places are shown: hours as people read them, lists, distances."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from flask import Flask

from foundation.i18n import _, language, text_direction
from places.hours.osm import parse
from places.hours.week import DAYS, WeeklyOpening
from places.importing.report import Trouble
from places.models import CareHomeKind, Level, Neighbourhood, Placement, SchoolKind, StructureKind
from places.words import CARE_HOME_KINDS, LEVELS, PLACEMENTS, SCHOOL_KINDS, STRUCTURE_KINDS, TROUBLES

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_COMMENT = re.compile(r'"[^"]*"')
_NOTATION = re.compile(rf"\b(?:{'|'.join((*DAYS, *_MONTHS, 'PH', 'SH', 'off', 'closed'))})\b")
_NOTATION_OR_COMMENT = re.compile(f"{_COMMENT.pattern}|{_NOTATION.pattern}")
_WORDS: dict[type[StrEnum], Mapping[Any, Any]] = {
    CareHomeKind: CARE_HOME_KINDS,
    Level: LEVELS,
    Placement: PLACEMENTS,
    SchoolKind: SCHOOL_KINDS,
    StructureKind: STRUCTURE_KINDS,
    Trouble: TROUBLES,
}


def register_filters(app: Flask) -> None:
    app.jinja_env.filters.update(week=week, place_word=word, thousands=thousands)
    app.jinja_env.globals.update(where=where)


def word(value: StrEnum) -> str:
    """The words of a kind, a level, a placement or a trouble."""
    return str(_WORDS[type(value)][value])


def thousands(number: int) -> str:
    """A number of people with the separators of the reader's language."""
    return str(format_decimal(number, locale=language()))


def where(neighbourhood: Neighbourhood | None, placement: Placement) -> str:
    """Name of the neighbourhood; else whether the place is outside, or nobody knows."""
    return neighbourhood.name if neighbourhood else word(placement)


def week(text: str) -> list[tuple[str, str]]:
    """(days, hours) lines of an opening-hours text; the place's own words when not all of it can be read."""
    hours = parse(text)
    if not text or hours.unread:
        return [(_("Hours given by the place:"), _own_words(text))] if text else []
    names = Locale.parse(language()).days["format"]["wide"]
    lines: dict[int, list[str]] = {}
    for opening in hours.openings:
        lines.setdefault(opening.weekday, []).append(_span(opening))
    shown = [(names[day], _in_order(spans)) for day, spans in lines.items()]
    return [*shown, (_("Public holidays"), _("closed"))] if hours.holidays_closed else shown


def _in_order(spans: list[str]) -> str:
    """The hours of a day: where one reads from the right, each is a piece of its own, and the first stands first."""
    if text_direction() == "ltr":
        return ", ".join(spans)
    return "\u200f" + "، ".join(f"\u2066{span}\u2069" for span in spans)


def _own_words(text: str) -> str:
    """`Jul Mo-Fr 09:00-12:00; SH off` with its days, months and holidays in the reader's language.

    A sentence is left as it is: only where nothing but the words of that notation stands are `Sa` and `We` days.
    """
    if re.search(r"[^\W\d]", _NOTATION.sub("", _COMMENT.sub("", text))):
        return text
    names = Locale.parse(language())
    words = {
        **{word: names.days["format"]["wide"][number] for number, word in enumerate(DAYS)},
        **{word: names.months["format"]["wide"][number] for number, word in enumerate(_MONTHS, 1)},
        **{"PH": _("public holidays"), "SH": _("school holidays"), "off": _("closed"), "closed": _("closed")},
    }
    return _NOTATION_OR_COMMENT.sub(lambda found: str(words.get(found[0], found[0])), text)


def _span(opening: WeeklyOpening) -> str:
    """No line ends within it: a word joiner stands after the dash, after which lines may end otherwise."""
    return f"{_clock(opening.start)}\u00a0–\u2060\u00a0{_clock(opening.end)}"


def _clock(minutes: int) -> str:
    """`9 h 05` in French, `9:05` elsewhere, as `foundation.i18n` writes instants."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}\u202fh\u202f{rest:02}" if language() == "fr" else f"{hours}:{rest:02}"
