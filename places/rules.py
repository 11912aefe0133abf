"""Decisions about places: who may change one, what it must have, which colours can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foundation.errors import Forbidden, Refused
from foundation.i18n import _l
from places.clean.codes import clean_postcode, clean_siret
from places.clean.coordinates import ImpossiblePointError, Point, clean_point

MIN_CONTRAST = 4.5
LIGHT_PAPER, DARK_PAPER = "#fffdf9", "#1c232b"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: their account, and the structure they are bound to; None for the whole territory."""

    id: int | None
    structure_id: int | None = None


class NotYoursError(Forbidden):
    def __init__(self) -> None:
        super().__init__(_l("This place belongs to another structure. Ask a manager of the territory."))


class WholeTerritoryError(Forbidden):
    """What is of the whole territory is no structure's own."""

    def __init__(self) -> None:
        super().__init__(_l("Only the managers of the whole territory do this. Ask one of them."))


class BadPostcodeError(Refused):
    def __init__(self) -> None:
        super().__init__(_l("Write the five digits of the postcode."), "postcode")


class BadPointError(Refused):
    def __init__(self) -> None:
        super().__init__(
            _l("These coordinates are not in France. Write them like 47.2184 and -1.5536, or leave both empty."),
            "latitude",
        )


class BadSiretError(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This SIRET does not exist. Check its 14 digits, or leave it empty."), "siret")


class BadColourError(Refused):
    def __init__(self, field: str) -> None:
        super().__init__(_l("Write the colour like #0c5a55."), field)


class PaleColourError(Refused):
    """The town's colour would not be readable."""

    def __init__(self, ratio: float, field: str) -> None:
        super().__init__(
            _l(
                "This colour can not be read well enough: its contrast is %(ratio)s, and 4.5 is needed.",
                ratio=f"{ratio:.1f}",
            ),
            field,
        )


def check_scope(actor: Actor, structure_id: int | None) -> None:
    """A manager of one structure changes the places of that structure only.

    Raises:
        NotYoursError: when the place is another's, or nobody's.
    """
    if actor.structure_id is not None and actor.structure_id != structure_id:
        raise NotYoursError


def check_whole_territory(actor: Actor) -> None:
    """Imports, neighbourhoods, institutions and settings are of the whole territory.

    Raises:
        WholeTerritoryError: when the actor is bound to one structure.
    """
    if actor.structure_id is not None:
        raise WholeTerritoryError


def checked_postcode(text: str) -> str:
    """All five digits: a person who typed four forgot one, which need not be the first, as in a spreadsheet."""
    postcode = clean_postcode(text)
    if postcode is None or postcode != "".join(text.split()):
        raise BadPostcodeError
    return postcode


def checked_point(latitude: str, longitude: str) -> Point | None:
    try:
        return clean_point(latitude, longitude)
    except ImpossiblePointError:
        raise BadPointError from None


def checked_siret(text: str) -> str | None:
    siret = clean_siret(text)
    if siret is None:
        raise BadSiretError
    return siret or None


def checked_colour(text: str, paper: str, field: str) -> str:
    """A colour that can be read on `paper`, in lower case; empty stays empty.

    Raises:
        BadColourError: when it is not written as #rrggbb.
        PaleColourError: when its contrast with `paper` is under 4.5 (WCAG 2.2, 1.4.3).
    """
    colour = text.strip().lower()
    if not colour:
        return ""
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise BadColourError(field)
    ratio = contrast(colour, paper)
    if ratio < MIN_CONTRAST:
        raise PaleColourError(ratio, field)
    return colour


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours written as #rrggbb, from 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
