"""What rows of venues, schools and care homes have in common: an address, a point, a telephone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from places.clean.codes import clean_insee, clean_postcode, clean_siret
from places.clean.commune import clean_commune
from places.clean.contact import clean_emails, clean_phone
from places.clean.coordinates import ImpossiblePointError, clean_point
from places.clean.text import one_line
from places.importing.report import Remark, RowRefusedError, Trouble

Facts = dict[str, Any]


def read_point(latitude: Any, longitude: Any, remarks: list[Remark]) -> Facts:
    """The two columns of a point.

    Raises:
        RowRefusedError: when the coordinates are no place in France.
    """
    given = f"{one_line(latitude)}, {one_line(longitude)}"
    try:
        point = clean_point(latitude, longitude)
    except ImpossiblePointError:
        raise RowRefusedError(Trouble.BAD_COORDINATES, given) from None
    if point is None:
        remarks.append(Remark(Trouble.NO_COORDINATES))
        return {"latitude": None, "longitude": None}
    if point.swapped:
        remarks.append(Remark(Trouble.COORDINATES_SWAPPED, given))
    if point.projected:
        remarks.append(Remark(Trouble.COORDINATES_PROJECTED, given))
    return {"latitude": point.latitude, "longitude": point.longitude}


def read_siret(value: Any, remarks: list[Remark]) -> str:
    siret = clean_siret(value)
    if siret is None:
        remarks.append(Remark(Trouble.SIRET_WRONG, one_line(value)))
    return siret or ""


def read_phone(value: Any, postcode: str, remarks: list[Remark]) -> str:
    phone = clean_phone(value, postcode)
    if phone is None and one_line(value):
        remarks.append(Remark(Trouble.PHONE_UNREAD, one_line(value)))
    return phone or ""


def read_emails(value: Any, remarks: list[Remark]) -> list[str]:
    found, lost = clean_emails(value)
    remarks.extend(Remark(Trouble.EMAIL_UNREAD, text) for text in lost)
    return found


def read_insee(value: Any, remarks: list[Remark]) -> str:
    code = clean_insee(value) if one_line(value) else ""
    if code is None:
        remarks.append(Remark(Trouble.CODE_UNREAD, one_line(value), "insee_code"))
    return code or ""


def read_postcode(value: Any, remarks: list[Remark]) -> str:
    """Five digits or empty: a school or a care home is kept without."""
    code = clean_postcode(value) if one_line(value) else ""
    if code is None:
        remarks.append(Remark(Trouble.CODE_UNREAD, one_line(value), "postcode"))
    return code or ""


def check_lengths(facts: Mapping[str, Any], length_of: Callable[[str], int | None]) -> None:
    """PostgreSQL refuses a text that is longer than its column: refuse the row before, and say which.

    Raises:
        RowRefusedError: when a text is too long.
    """
    for column, value in facts.items():
        limit = length_of(column)
        if isinstance(value, str) and limit is not None and len(value) > limit:
            raise RowRefusedError(Trouble.TOO_LONG, value, column)


def commune_name(value: Any) -> str:
    name = one_line(value)
    return clean_commune(name) if name else ""
